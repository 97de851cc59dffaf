"""The calendar of one's own turns and meetings, for who knows its secret."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from loket.kernel.errors import NotAllowed, NotFound
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Feed, Meeting, Participant, Roster, RosterDay, Turn
from loket.workforce.rules import calendars
from tests.factories import rosters as factory
from tests.factories.rosters import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani(kelurahan, at):
    """Return somebody with a published turn on Monday, and one in a draft on Tuesday."""
    room = factory.office(kelurahan)
    account = factory.member(kelurahan, "Ani", "counter")
    counter = factory.counter(kelurahan, "A", room=room)
    for on, state in ((MONDAY, "published"), (TUESDAY, "draft")):
        roster = Roster.objects.create(
            unit=kelurahan, starts_on=on, ends_on=on + timedelta(days=1), state=state,
            planned_at=at, planned_by="tests",
        )  # fmt: skip
        Turn.objects.create(
            roster=roster, account=account, on=on, shift="Sif 1", counter=counter, room=room,
            starts_at=datetime(on.year, on.month, on.day, 0, 30, tzinfo=UTC),
            ends_at=datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC), changed_at=at,
        )  # fmt: skip
        if state == "published":
            RosterDay.objects.create(unit=kelurahan, on=on, roster=roster)
    return account


def read(secret, at):
    return Calendar.from_ical(queries.feed(secret=secret, at=at))


def test_a_calendar_has_the_turns_that_hold(ani, at):
    secret = workforce.make_feed(actor=factory.actor(ani, at=at), at=at)

    [event] = read(secret, at).walk("VEVENT")

    assert event.decoded("dtstart") == datetime(2026, 3, 9, 0, 30, tzinfo=UTC)  # 07:30 there
    assert event.decoded("dtend") == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert event["summary"] == "Loket A (Sif 1)"
    assert event["location"] == "R1, Satpel Pejaten Barat"
    assert event["uid"] == calendars.uid("turn", ani.pk, MONDAY)
    assert event.decoded("last-modified") == at
    assert event["status"] == "CONFIRMED"


def test_calendars_ask_again_each_hour(ani, at):
    secret = workforce.make_feed(actor=factory.actor(ani, at=at), at=at)

    lines = queries.feed(secret=secret, at=at).decode().split("\r\n")

    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} < set(lines)


def test_a_turn_keeps_its_name_and_counts_its_versions(ani, at):
    secret = workforce.make_feed(actor=factory.actor(ani, at=at), at=at)
    [before] = read(secret, at).walk("VEVENT")
    Turn.objects.filter(on=MONDAY).update(changed_at=at + timedelta(minutes=1))

    [after] = read(secret, at).walk("VEVENT")

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]


def test_only_a_digest_is_kept_and_a_new_address_ends_the_old_one(ani, at):
    actor = factory.actor(ani, at=at)
    first = workforce.make_feed(actor=actor, at=at)
    second = workforce.make_feed(actor=actor, at=at)

    assert first != second
    assert Feed.objects.get().digest not in (first, second)
    assert read(second, at)
    for secret in (first, "", "x" * 43):
        with pytest.raises(NotFound):
            queries.feed(secret=secret, at=at)
    workforce.drop_feed(actor=actor, at=at)
    assert queries.feed_of(account=ani) is None
    with pytest.raises(NotFound):
        queries.feed(secret=second, at=at)


def test_who_left_has_no_calendar_and_a_visitor_makes_none(ani, at):
    from loket.kernel.access import Actor

    secret = workforce.make_feed(actor=factory.actor(ani, at=at), at=at)
    Account.objects.update(is_active=False)

    with pytest.raises(NotFound):
        queries.feed(secret=secret, at=at)
    with pytest.raises(NotAllowed):
        workforce.make_feed(actor=Actor.visitor(), at=at)


def test_meetings_to_which_one_is_invited_are_in_it(ani, kelurahan, at):
    other = factory.member(kelurahan, "Bayu")
    for title, person, state in (
        ("Apel pagi", ani, "called"), ("Batal", ani, "cancelled"), ("Tanpa Ani", other, "called"),
    ):  # fmt: skip
        meeting = Meeting.objects.create(
            unit=kelurahan, organiser=other, title=title, starts_at=at + timedelta(days=1),
            ends_at=at + timedelta(days=1, hours=1), called_at=at, state=state,
            link="https://rapat.example/abc",
        )  # fmt: skip
        Participant.objects.create(meeting=meeting, account=person)
    secret = workforce.make_feed(actor=factory.actor(ani, at=at), at=at)

    found = {e["summary"]: e["status"] for e in read(secret, at).walk("VEVENT")}

    assert found == {
        "Loket A (Sif 1)": "CONFIRMED",
        "Apel pagi": "CONFIRMED",
        "Batal": "CANCELLED",
    }
