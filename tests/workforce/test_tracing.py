"""Who was in the same room: as rules, against brute force, and from what is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.organisation.models import Place, Room
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import queries, services
from loket.workforce.models import Absence, Roster, RosterDay, Stay, Turn
from loket.workforce.rules import tracing
from loket.workforce.rules.tracing import Stretch
from tests.conftest import employ

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


def moment(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    """Return a moment by the clocks of Jakarta."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


EVENING = moment(18)

# The rules alone.

stretches = st.lists(
    st.builds(
        lambda account, room, start, length: Stretch(
            account,
            room,
            (START + start * MINUTE).date(),
            START + start * MINUTE,
            START + (start + length) * MINUTE,
            "clock",
        ),
        st.integers(1, 5),
        st.integers(1, 3),
        st.integers(0, 300),
        st.integers(1, 90),
    ),
    max_size=12,
)


def minutes_together(me: int, all_: list[Stretch], office_of: dict[int, int]) -> dict[int, int]:
    """Count minute by minute who was in the same place."""
    found: dict[int, int] = {}
    for number in range(400):
        now = START + number * MINUTE
        there = {
            (s.account, office_of.get(s.room, s.room))
            for s in all_
            if s.starts_at <= now < s.ends_at
        }
        mine = {place for account, place in there if account == me}
        for account in {account for account, place in there if place in mine} - {me}:
            found[account] = found.get(account, 0) + 1
    return found


@pytest.mark.parametrize("office_of", [{}, {1: 10, 2: 10, 3: 11}])
@given(all_=stretches)
@settings(max_examples=150, deadline=None)
def test_contacts_are_those_that_counting_minutes_finds(all_, office_of):
    own = [each for each in all_ if each.account == 1]
    found = tracing.contacts(own, all_, office_of=office_of)
    expected = minutes_together(1, all_, office_of)
    assert {contact.account: contact.minutes for contact in found} == expected
    assert [c.minutes for c in found] == sorted((c.minutes for c in found), reverse=True)


def stretch(account, since, until, *, room=1, source="clock"):
    return Stretch(account, room, since.date(), since, until, source)


def test_close_is_fifteen_minutes_of_one_day():
    own = [stretch(1, moment(8), moment(16)), stretch(1, moment(8, day=3), moment(16, day=3))]
    others = [
        stretch(2, moment(8), moment(8, 14)),
        stretch(2, moment(8, day=3), moment(8, 14, day=3)),
        stretch(3, moment(8), moment(8, 10)),
        stretch(3, moment(9), moment(9, 5)),
    ]
    broken, longer = sorted(tracing.contacts(own, others), key=lambda c: -c.account)
    window = {"since": MONDAY, "until": MONDAY + 2 * DAY}
    assert (longer.minutes, longer.is_close(**window)) == (28, False)
    assert (broken.minutes, broken.is_close(**window)) == (15, True)
    assert not broken.is_close(since=MONDAY + DAY, until=MONDAY + 2 * DAY)
    assert longer.is_close(**window, minutes=0)
    assert longer.last_on == MONDAY + DAY


def test_a_meeting_within_the_day_is_counted_once():
    own = [
        stretch(1, moment(8), moment(16)),
        stretch(1, moment(10), moment(11), room=2, source="meeting"),
    ]
    others = [
        stretch(2, moment(8), moment(16)),
        stretch(2, moment(10), moment(11), room=2, source="meeting"),
    ]
    [found] = tracing.contacts(own, others)
    assert found.minutes == 8 * 60
    assert [(o.room, o.minutes, o.source) for o in found.occasions] == [
        (1, 480, "clock"),
        (2, 60, "meeting"),
    ]


def test_what_was_only_planned_says_so():
    own = [stretch(1, moment(8), moment(12))]
    others = [stretch(2, moment(8), moment(12), source="turn")]
    [found] = tracing.contacts(own, others)
    assert found.occasions[0].source == "turn"


# What is stored.


@pytest.fixture
def room(kelurahan):
    place = Place.objects.create(code="G-1", name="Gedung", address="Jl. Melati")
    return Room.objects.create(
        code="R-1", name="Ruang pelayanan", place=place, unit=kelurahan, floor="1", capacity=9
    )


@pytest.fixture
def other_room(room):
    return Room.objects.create(
        code="R-2", name="Ruang rapat", place=room.place, unit=room.unit, floor="1", capacity=9
    )


@pytest.fixture
def fitri(kelurahan, at):
    return employ("fitri", "Fitri Handayani", kelurahan, "officer", "Petugas", at)


def stay(actor, room, since, until, *, on=MONDAY, source="clock"):
    key = f"{actor.ref}-{room.code}-{since:%d%H%M}-{source}"
    return Stay.objects.create(
        account=people.account_of(actor), room=room, on=on, starts_at=since, ends_at=until,
        source=source, source_key=key,
    )  # fmt: skip


def turn(actor, room, *, on=MONDAY, holds=True, at=START):
    roster = Roster.objects.create(
        unit=room.unit, starts_on=on, ends_on=on + DAY, state="published", planned_at=at,
        planned_by="tests",
    )  # fmt: skip
    if holds:
        RosterDay.objects.create(unit=room.unit, on=on, roster=roster)
    return Turn.objects.create(
        roster=roster, account=people.account_of(actor), on=on, shift="", starts_at=moment(8),
        ends_at=moment(16), room=room, changed_at=at,
    )  # fmt: skip


def met(actor, *, since=MONDAY, until=MONDAY + 2 * DAY, at=None, **more):
    account = people.account_of(actor)
    found = queries.contacts(account.pk, since=since, until=until, at=at or EVENING, **more)
    names = {a.pk: a.username for a in Account.objects.all()}
    return {names[c.account]: (c.minutes, c.occasions[0].source) for c in found}


def test_contacts_come_from_stays_of_the_same_room_and_day(budi, dewi, fitri, room, other_room):
    stay(budi, room, moment(8), moment(12))
    stay(dewi, room, moment(10), moment(16))
    stay(fitri, other_room, moment(8), moment(16))
    assert met(budi) == {"dewi": (120, "clock")}
    assert met(fitri) == {}
    assert met(fitri, whole_office=True) == {"budi": (240, "clock"), "dewi": (360, "clock")}
    assert met(budi, since=MONDAY + DAY) == {}


def test_stays_across_midnight_meet_those_of_the_next_day(budi, dewi, room):
    stay(budi, room, moment(22), moment(6, day=3))
    stay(dewi, room, moment(5, day=3), moment(13, day=3), on=MONDAY + DAY)
    assert met(budi, at=moment(18, day=3)) == {"dewi": (60, "clock")}
    assert met(dewi, at=moment(18, day=3)) == {"budi": (60, "clock")}


def test_an_open_stay_lasts_until_now_and_no_longer_than_sixteen_hours(budi, dewi, room):
    stay(budi, room, moment(8), None)
    stay(dewi, room, moment(9), None)
    assert met(budi, at=moment(10)) == {"dewi": (60, "clock")}
    assert met(budi, at=moment(8, day=5)) == {"dewi": (15 * 60, "clock")}


def test_who_did_not_clock_counts_where_their_turn_was(budi, dewi, fitri, room, other_room):
    stay(budi, room, moment(8), moment(12))
    turn(dewi, room)
    assert met(budi) == {"dewi": (240, "turn")}
    assert met(dewi) == {"budi": (240, "turn")}
    # Dewi clocked elsewhere after all, or was away: her turn says nothing then.
    here = stay(dewi, other_room, moment(8), moment(9))
    assert met(budi) == {}
    here.delete()
    Absence.objects.create(
        account=people.account_of(dewi), kind="leave", starts_on=MONDAY, ends_on=MONDAY + DAY,
        state="granted", asked_at=START, asked_by="tests",
    )  # fmt: skip
    assert met(budi) == {}
    assert met(dewi) == {}


def test_a_turn_of_a_roster_that_does_not_hold_is_nothing(budi, dewi, room):
    stay(budi, room, moment(8), moment(12))
    turn(dewi, room, holds=False)
    assert met(budi) == {}


def test_turns_to_come_are_no_contacts_yet(budi, dewi, room):
    stay(budi, room, moment(6), None)
    turn(dewi, room)
    assert met(budi, at=moment(7)) == {}
    assert met(budi, at=moment(9)) == {"dewi": (60, "turn")}


def test_a_visitor_met_who_was_in_the_room(budi, dewi, room):
    stay(budi, room, moment(8), moment(9, 30))
    stay(dewi, room, moment(12), moment(13))
    found = queries.met_in_room(room, starts_at=moment(9), ends_at=moment(10), at=moment(18))
    assert [(c.account, c.minutes) for c in found] == [(people.account_of(budi).pk, 30)]


def test_one_question_asks_the_database_few_times(budi, dewi, fitri, room, other_room):
    for day in range(5):
        on = MONDAY + day * DAY
        for who in (budi, dewi, fitri):
            stay(who, room, moment(8, day=2 + day), moment(16, day=2 + day), on=on)
    turn(employ("hadi", "Hadi", room.unit, "officer", "Petugas", START), room)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        found = queries.contacts(
            people.account_of(budi).pk, since=MONDAY, until=MONDAY + 9 * DAY,
            at=moment(8, day=12),
        )  # fmt: skip
    assert len(found) == 3
    assert len(seen) == 9


def test_stays_are_ended_and_forgotten(budi, dewi, room, system):
    open_one = stay(budi, room, moment(8), None)
    old = stay(dewi, room, moment(8), moment(9), on=MONDAY - 30 * DAY)
    at = moment(8, day=3)
    assert services.end_open_stays(actor=system, at=moment(23)) == 0
    assert services.end_open_stays(actor=system, at=at) == 1
    open_one.refresh_from_db()
    assert open_one.ends_at == moment(8) + timedelta(hours=16)
    assert services.purge_stays(actor=system, at=at) == 1
    assert list(Stay.objects.values_list("pk", flat=True)) == [open_one.pk]
    assert old.pk != open_one.pk


def test_stays_of_exactly_the_period_are_kept(dewi, room, system, settings):
    settings.TRACING_DAYS = 28
    stay(dewi, room, moment(8), moment(9), on=MONDAY - 28 * DAY)
    assert services.purge_stays(actor=system, at=moment(12)) == 0
    assert services.purge_stays(actor=system, at=moment(12, day=3)) == 1
