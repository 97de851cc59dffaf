"""The pages about meetings: called, seen, changed, cancelled, written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from loket.organisation import queries as organisation
from loket.workforce import services as workforce
from loket.workforce.models import Meeting, Stay
from loket.workforce.rules.meetings import MeetingForm
from tests.desk.conftest import AtWork
from tests.factories import rosters as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(kelurahan):
    return factory.office(kelurahan)


@pytest.fixture
def team(kelurahan):
    return factory.staff(kelurahan, 3)


@pytest.fixture
def desk(at_work: AtWork, dewi) -> Client:
    return at_work(dewi)


@pytest.fixture
def called(kelurahan, room, team, dewi, at):
    """Return a way to call a meeting that begins after some hours."""

    def call(title: str = "Rapat pagi", hours: int = 24) -> Meeting:
        form = MeetingForm(
            title=title,
            agenda="Antrean",
            starts_at=at + timedelta(hours=hours),
            ends_at=at + timedelta(hours=hours + 1),
            provider="jitsi",
            room=room.code,
            participants=frozenset(person.pk for person in team),
        )
        return workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)

    return call


def typed(kelurahan, at, **changes) -> dict[str, object]:
    day = organisation.today(kelurahan, at=at) + timedelta(days=2)
    return {
        "title": "Rapat siang", "agenda": "Jadwal", "on.day": day.day, "on.month": day.month,
        "on.year": day.year, "starts": "13:00", "ends": "14:30", "provider": "jitsi",
        "room": "", "who": "staff", **changes,
    }  # fmt: skip


def test_a_meeting_of_the_whole_unit_is_called(desk, kelurahan, room, team, dewi, at):
    assert desk.get("/desk/meetings/new/").status_code == 200
    answer = desk.post("/desk/meetings/new/", typed(kelurahan, at, room=room.code))
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/meetings/{meeting.code}/")
    zone = organisation.zone(kelurahan)
    assert f"{meeting.starts_at.astimezone(zone):%H:%M}" == "13:00"
    assert meeting.participants.count() == 4
    page = desk.get(answer["Location"]).content.decode()
    assert meeting.link in page
    assert "Ani" in page


def test_only_those_who_are_ticked_are_invited(desk, kelurahan, room, team, at):
    chosen = typed(kelurahan, at, who="chosen", participants=[team[1].pk])
    desk.post("/desk/meetings/new/", chosen)
    meeting = Meeting.objects.get()
    invited = set(meeting.participants.values_list("account_id", flat=True))
    assert invited == {team[1].pk, meeting.organiser_id}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "f-title"),
        ({"on.day": "32"}, "f-on"),
        ({"starts": "half past"}, "f-starts"),
        ({"ends": "12:00"}, "f-ends"),
        ({"provider": "none"}, "f-provider"),
        ({"who": "chosen"}, "f-participants"),
    ],
)
def test_what_is_wrong_leads_to_its_field_and_nothing_typed_is_lost(
    desk, kelurahan, room, team, at, changes, field
):
    answer = desk.post("/desk/meetings/new/", typed(kelurahan, at, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert "Jadwal" in page
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_little_for_many_as_for_one(
    desk, called, rows, django_assert_num_queries
):
    for number in range(rows):
        called(f"Rapat {number}", hours=24 + number)
    desk.get("/desk/meetings/")
    with django_assert_num_queries(7):
        page = desk.get("/desk/meetings/").content.decode()
    assert page.count("Rapat 0") == 1


def test_participants_see_it_and_others_do_not(at_work, called, team, citra, at):
    meeting = called()
    guest = at_work(factory.actor(team[0], at=at))
    page = guest.get(f"/desk/meetings/{meeting.code}/")
    assert page.status_code == 200
    assert reverse("desk:meeting-change", args=[meeting.code]) not in page.content.decode()
    assert guest.get("/desk/meetings/new/").status_code == 403
    assert guest.get(f"/desk/meetings/{meeting.code}/change/").status_code == 403
    for act in ("cancel", "minutes"):
        assert guest.post(f"/desk/meetings/{meeting.code}/{act}/").status_code == 403
    stranger = at_work(citra)
    assert stranger.get(f"/desk/meetings/{meeting.code}/").status_code == 404
    assert stranger.get(f"/desk/meetings/{meeting.code}.ics").status_code == 404
    assert meeting.title not in stranger.get("/desk/meetings/").content.decode()


def test_its_entry_for_a_calendar(desk, called):
    answer = desk.get(f"/desk/meetings/{called().code}.ics")
    assert answer["Content-Type"] == "text/calendar"
    assert b"SUMMARY:Rapat pagi" in answer.content


def test_it_is_changed_and_cancelled(desk, called, kelurahan, team, at):
    meeting = called()
    page = desk.get(f"/desk/meetings/{meeting.code}/change/").content.decode()
    assert page.count(" checked") == 6  # four people, the provider, and that they are ticked
    changed = typed(kelurahan, at, who="chosen", participants=[team[0].pk], sequence=0)
    assert desk.post(f"/desk/meetings/{meeting.code}/change/", changed).status_code == 303
    meeting.refresh_from_db()
    assert (meeting.title, meeting.sequence) == ("Rapat siang", 1)
    answer = desk.post(f"/desk/meetings/{meeting.code}/change/", changed)
    assert answer.status_code == 409
    answer = desk.post(f"/desk/meetings/{meeting.code}/cancel/", {"sequence": 1})
    assert answer.status_code == 303
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    assert meeting.link not in desk.get(answer["Location"]).content.decode()


def test_minutes_and_who_was_there(desk, called, team, at):
    meeting = called()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=at - timedelta(hours=2), ends_at=at - timedelta(hours=1)
    )
    page = desk.get(f"/desk/meetings/{meeting.code}/").content.decode()
    assert f'name="presence-{team[0].pk}"' in page
    given = {"minutes": "Antrean pendek.", f"presence-{team[0].pk}": "room"}
    answer = desk.post(f"/desk/meetings/{meeting.code}/minutes/", given)
    assert answer.status_code == 303
    assert [stay.account_id for stay in Stay.objects.all()] == [team[0].pk]
    assert "Antrean pendek." in desk.get(answer["Location"]).content.decode()
    answer = desk.post(f"/desk/meetings/{meeting.code}/minutes/", {"minutes": "x" * 20_001})
    assert answer.status_code == 422


def test_minutes_before_it_begins_are_refused(desk, called):
    answer = desk.post(f"/desk/meetings/{called().code}/minutes/", {"minutes": "x"})
    assert answer.status_code == 422
