"""Meetings: called, changed, cancelled, written down; who sees them, who is told, who was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from loket.jobs import services as jobs
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.messaging.models import Message
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Meeting, Stay
from loket.workforce.rules import calendars
from loket.workforce.rules.meetings import MeetingForm
from tests.factories import rosters as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(room, team, at):
    return MeetingForm(
        title="Rapat pagi",
        agenda="1. Antrean\n2. Jadwal",
        starts_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=1),
        provider="jitsi",
        room=room.code,
        participants=frozenset(person.pk for person in team),
    )


@pytest.fixture
def meeting(kelurahan, form, dewi, at):
    return workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)


def messages() -> list[tuple[str, str]]:
    rows = Message.objects.filter(notice__startswith="meeting_").order_by("id")
    return list(rows.values_list("notice", "address"))


def invitation(message: Message) -> tuple[str, object]:
    calendar = Calendar.from_ical(message.calendar)
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def test_everybody_is_invited_once_with_an_entry_for_the_calendar(meeting, team, head, at):
    jobs.work(at=at)
    everybody = [head.email, *(person.email for person in team)]
    assert sorted(messages()) == sorted(("meeting_called", email) for email in everybody)
    message = Message.objects.get(address=team[0].email)
    assert message.title == "Meeting: Rapat pagi"
    assert "Tuesday, 3 March 2026, 16.00–17.00" in message.body
    method, event = invitation(message)
    assert method == "REQUEST"
    assert str(event["UID"]) == calendars.uid("meeting", meeting.code)
    assert (int(event["SEQUENCE"]), event["DTSTART"].dt) == (0, meeting.starts_at)
    assert str(event["ATTENDEE"]) == f"mailto:{team[0].email}"
    assert str(event["ORGANIZER"]) == f"mailto:{head.email}"
    assert meeting.link in str(event["LOCATION"])
    assert not any(person.email in message.calendar for person in team[1:])
    jobs.work(at=at)
    assert len(messages()) == 4


def test_what_was_done_is_in_the_journal(meeting, dewi):
    entry = Entry.objects.get(name="meeting.called")
    assert (entry.subject, entry.actor) == (meeting.subject, dewi.ref)
    assert entry.facts["people"] == 4


def test_a_change_tells_those_who_stay_those_who_come_and_those_who_go(
    meeting, form, team, head, kelurahan, dewi, at
):
    jobs.work(at=at)
    Message.objects.all().delete()
    new = factory.member(kelurahan, "Kirana")
    invited = frozenset({team[0].pk, team[1].pk, new.pk})
    later = replace(form, participants=invited, ends_at=form.ends_at + timedelta(hours=1))
    changed = workforce.change_meeting(
        meeting=meeting, form=later, sequence=0, actor=dewi, at=at
    )
    assert (changed.sequence, changed.ends_at) == (1, later.ends_at)
    jobs.work(at=at)
    assert sorted(messages()) == sorted(
        [
            ("meeting_called", new.email),
            ("meeting_cancelled", team[2].email),
            ("meeting_changed", head.email),
            ("meeting_changed", team[0].email),
            ("meeting_changed", team[1].email),
        ]
    )
    method, event = invitation(Message.objects.get(address=team[2].email))
    assert (method, str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCEL", "CANCELLED", 1)
    method, event = invitation(Message.objects.get(address=team[0].email))
    assert (method, int(event["SEQUENCE"])) == ("REQUEST", 1)


def test_two_people_cannot_overwrite_each_other(meeting, form, dewi, at):
    workforce.change_meeting(meeting=meeting, form=form, sequence=0, actor=dewi, at=at)
    with pytest.raises(Conflict):
        workforce.change_meeting(meeting=meeting, form=form, sequence=0, actor=dewi, at=at)
    with pytest.raises(Conflict):
        workforce.cancel_meeting(meeting=meeting, sequence=0, actor=dewi, at=at)


def test_what_changed_again_is_told_once(meeting, form, dewi, head, at):
    workforce.change_meeting(meeting=meeting, form=form, sequence=0, actor=dewi, at=at)
    jobs.work(at=at)
    assert {notice for notice, _ in messages()} == {"meeting_changed"}


def test_a_cancelled_meeting_is_withdrawn_and_cannot_come_back(meeting, form, dewi, at):
    jobs.work(at=at)
    workforce.cancel_meeting(meeting=meeting, sequence=0, actor=dewi, at=at)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("cancelled", 1)
    jobs.work(at=at)
    assert [notice for notice, _ in messages()].count("meeting_cancelled") == 4
    with pytest.raises(Conflict):
        workforce.change_meeting(meeting=meeting, form=form, sequence=1, actor=dewi, at=at)
    with pytest.raises(Conflict):
        workforce.write_minutes(
            meeting=meeting, minutes="x", presence={}, actor=dewi, at=at + timedelta(days=2)
        )


def test_a_meeting_by_zoom_follows_every_change(kelurahan, zoom, form, dewi, at):
    form = replace(form, provider="zoom")
    meeting = workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)
    assert meeting.link == "https://us02web.zoom.us/j/85746065000?pwd=abc"
    later = replace(form, title="Rapat siang")
    workforce.change_meeting(meeting=meeting, form=later, sequence=0, actor=dewi, at=at)
    jobs.work(at=at)
    assert zoom.meetings["85746065000"]["topic"] == "Rapat siang"
    workforce.change_meeting(
        meeting=meeting, form=replace(later, provider="jitsi"), sequence=1, actor=dewi, at=at
    )
    jobs.work(at=at)
    assert zoom.meetings == {}
    assert meeting.link.startswith("https://meet.jit.si/loket-")


def test_a_provider_that_makes_no_link_stops_the_call(kelurahan, zoom, form, dewi, at):
    zoom.failing = (500, {})
    with pytest.raises(Invalid) as refused:
        workforce.call_meeting(
            unit=kelurahan, form=replace(form, provider="zoom"), actor=dewi, at=at
        )
    assert list(refused.value.fields) == ["provider"]
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"agenda": "x" * 4001}, "agenda"),
        ({"participants": frozenset()}, "participants"),
        ({"participants": frozenset({999_999})}, "participants"),
        ({"provider": "", "room": ""}, "provider"),
        ({"room": "nowhere"}, "room"),
    ],
)
def test_what_is_missing_or_wrong(kelurahan, form, dewi, at, changes, field):
    with pytest.raises(Invalid) as refused:
        workforce.call_meeting(unit=kelurahan, form=replace(form, **changes), actor=dewi, at=at)
    assert list(refused.value.fields) == [field]


def test_times_that_make_no_sense(kelurahan, form, dewi, at):
    for changes, field in (
        ({"starts_at": at, "ends_at": at + timedelta(hours=1)}, "starts"),
        ({"ends_at": form.starts_at}, "ends"),
        ({"ends_at": form.starts_at + timedelta(hours=13)}, "ends"),
    ):
        with pytest.raises(Invalid) as refused:
            workforce.call_meeting(
                unit=kelurahan, form=replace(form, **changes), actor=dewi, at=at
            )
        assert list(refused.value.fields) == [field]


def test_a_room_holds_as_many_as_it_holds_unless_there_is_a_link(
    kelurahan, room, form, dewi, at
):
    room.capacity = 3
    room.save(update_fields=["capacity"])
    workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)
    with pytest.raises(Invalid) as refused:
        workforce.call_meeting(
            unit=kelurahan, form=replace(form, provider=""), actor=dewi, at=at
        )
    assert refused.value.fields == {
        "room": ["R1 holds 3 people, but 4 would come: add a link."]
    }


def test_who_may(kelurahan, form, meeting, team, citra, at):
    guest = factory.actor(team[0], at=at)
    for who in (guest, citra):
        with pytest.raises(NotAllowed):
            workforce.call_meeting(unit=kelurahan, form=form, actor=who, at=at)
        with pytest.raises(NotAllowed):
            workforce.change_meeting(meeting=meeting, form=form, sequence=0, actor=who, at=at)
        with pytest.raises(NotAllowed):
            workforce.cancel_meeting(meeting=meeting, sequence=0, actor=who, at=at)
        with pytest.raises(NotAllowed):
            workforce.write_minutes(meeting=meeting, minutes="", presence={}, actor=who, at=at)
    assert queries.meeting(code=meeting.code, actor=guest) == meeting
    assert list(queries.coming_meetings(actor=guest, at=at)) == [meeting]
    assert list(queries.coming_meetings(actor=citra, at=at)) == []
    with pytest.raises(NotFound):
        queries.meeting(code=meeting.code, actor=citra)


def test_minutes_and_presence_reach_tracing_and_can_be_corrected(
    meeting, room, team, head, dewi, at
):
    with pytest.raises(Conflict):
        workforce.write_minutes(meeting=meeting, minutes="x", presence={}, actor=dewi, at=at)
    after = meeting.ends_at + timedelta(minutes=5)
    came = {team[0].pk: "room", team[1].pk: "link", team[2].pk: "absent", head.pk: "room"}
    workforce.write_minutes(
        meeting=meeting, minutes="Antrean pendek.", presence=came, actor=dewi, at=after
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.minutes) == ("held", "Antrean pendek.")

    def stays() -> list[tuple[object, ...]]:
        rows = Stay.objects.order_by("account_id")
        return list(rows.values_list("account_id", "room", "on", "starts_at", "ends_at"))

    where = (room.pk, date(2026, 3, 3), meeting.starts_at, meeting.ends_at)
    assert stays() == sorted([(head.pk, *where), (team[0].pk, *where)])
    assert set(Stay.objects.values_list("source", "source_key")) == {
        ("meeting", meeting.subject)
    }
    workforce.write_minutes(
        meeting=meeting,
        minutes="Antrean pendek.",
        presence={team[0].pk: "link"},
        actor=dewi,
        at=after,
    )
    assert stays() == [(head.pk, *where)]
    assert Entry.objects.filter(name="meeting.minuted").count() == 2
    assert list(queries.past_meetings(actor=dewi, at=after)) == [meeting]


def test_nobody_was_in_a_room_that_there_was_not(kelurahan, form, team, dewi, at):
    meeting = workforce.call_meeting(
        unit=kelurahan, form=replace(form, room=""), actor=dewi, at=at
    )
    given = {"meeting": meeting, "actor": dewi, "at": meeting.ends_at}
    with pytest.raises(Invalid):
        workforce.write_minutes(minutes="", presence={team[0].pk: "room"}, **given)
    with pytest.raises(Invalid) as refused:
        workforce.write_minutes(minutes="x" * 20_001, presence={}, **given)
    assert list(refused.value.fields) == ["minutes"]


def test_whom_a_unit_invites(kelurahan, team, head, at):
    today = date(2026, 3, 2)
    everybody = queries.invitable(kelurahan, on=today)
    assert [m.account_id for m in everybody] == [*(p.pk for p in team), head.pk]
    assert [m.account_id for m in queries.leaders(kelurahan, on=today)] == [head.pk]
    above = kelurahan.parent
    assert [m.account_id for m in queries.leaders(above, on=today)] == [head.pk]


def test_who_has_no_email_is_told_by_phone_without_a_calendar(kelurahan, form, team, dewi, at):
    Account.objects.filter(pk=team[0].pk).update(email="")
    workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)
    jobs.work(at=at)
    message = Message.objects.get(channel="sms")
    assert message.calendar == ""
    assert message.body.startswith('Loket: meeting "Rapat pagi"')
