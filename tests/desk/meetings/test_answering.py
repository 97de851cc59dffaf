"""Who comes, on the page: answered by those invited, read by who calls, hints of who is away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.organisation import queries as organisation
from loket.workforce import services as workforce
from loket.workforce.models import Meeting, Participant
from loket.workforce.rules.meetings import MeetingForm
from tests.factories import rosters as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(kelurahan):
    return factory.office(kelurahan)


@pytest.fixture
def team(kelurahan):
    return factory.staff(kelurahan, 3)


@pytest.fixture
def meeting(kelurahan, room, team, dewi, at):
    form = MeetingForm(
        title="Rapat pagi",
        starts_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=1),
        provider="jitsi",
        room=room.code,
        participants=frozenset(person.pk for person in team),
    )
    return workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)


@pytest.fixture
def guest(at_work, team, at):
    return at_work(factory.actor(team[0], at=at))


def typed(kelurahan, at, **changes) -> dict[str, object]:
    day = organisation.today(kelurahan, at=at) + timedelta(days=2)
    return {
        "title": "Rapat siang", "agenda": "Jadwal", "on.day": day.day, "on.month": day.month,
        "on.year": day.year, "starts": "13:00", "ends": "14:30", "provider": "jitsi",
        "room": "", "who": "staff", **changes,
    }  # fmt: skip


def test_an_answer_is_given_and_changed(guest, at_work, meeting, team, dewi):
    path = f"/desk/meetings/{meeting.code}/"
    assert "mohon dijawab" in guest.get("/desk/meetings/").content.decode()
    page = guest.get(path).content.decode()
    assert page.count('name="answer"') == 3
    given = {"answer": "no", "words": "Dinas di kecamatan", "sequence": 0}
    answer = guest.post(f"{path}answer/", given)
    assert (answer.status_code, answer["Location"]) == (303, path)
    assert "Dinas di kecamatan" in guest.get(path).content.decode()
    assert "mohon dijawab" not in guest.get("/desk/meetings/").content.decode()
    read = at_work(dewi).get(path)
    assert "Dinas di kecamatan" in read.content.decode()
    assert [(str(said), n) for said, n in read.context["counts"]] == [
        ("hadir", 1), ("tidak dapat hadir", 1), ("belum menjawab", 2),
    ]  # fmt: skip
    assert guest.post(f"{path}answer/", {"answer": "link", "sequence": 0}).status_code == 303
    assert Participant.objects.get(account=team[0]).answer == "link"


def test_the_first_page_asks_until_it_is_answered(guest, meeting):
    asks = "Apakah Anda hadir? Rapat: Rapat pagi"
    assert asks in guest.get("/desk/").content.decode()
    guest.post(f"/desk/meetings/{meeting.code}/answer/", {"answer": "room", "sequence": 0})
    assert asks not in guest.get("/desk/").content.decode()


def test_others_who_are_invited_read_no_answers(guest, at_work, meeting, team, at):
    path = f"/desk/meetings/{meeting.code}/"
    guest.post(f"{path}answer/", {"answer": "no", "words": "Dinas", "sequence": 0})
    page = at_work(factory.actor(team[1], at=at)).get(path).content.decode()
    assert "Ani" in page
    assert "Dinas" not in page
    assert "tidak dapat hadir</strong>" not in page


def test_what_is_wrong_keeps_what_was_typed(guest, meeting):
    path = f"/desk/meetings/{meeting.code}/answer/"
    refused = guest.post(path, {"words": "Dinas di kecamatan", "sequence": 0})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'href="#f-answer"' in page
    assert "Dinas di kecamatan" in page
    stale = guest.post(path, {"answer": "no", "words": "Dinas luar", "sequence": 7})
    assert stale.status_code == 422
    assert "Dinas luar" in stale.content.decode()


def test_strangers_cannot_answer(at_work, meeting, citra):
    path = f"/desk/meetings/{meeting.code}/answer/"
    assert at_work(citra).post(path, {"answer": "no", "sequence": 0}).status_code == 404


def test_it_has_begun(guest, meeting, at):
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=at - timedelta(minutes=5))
    path = f"/desk/meetings/{meeting.code}/"
    assert 'name="answer"' not in guest.get(path).content.decode()
    refused = guest.post(f"{path}answer/", {"answer": "no", "sequence": 0})
    assert refused.status_code == 422


def test_who_is_away_is_told_before_anybody_is_invited(at_work, kelurahan, team, dewi, at):
    factory.office(kelurahan)
    desk, day = at_work(dewi), organisation.today(kelurahan, at=at) + timedelta(days=2)
    factory.away(team[0], day, day + timedelta(days=1), kind="leave")
    given = typed(kelurahan, at)
    first = desk.post("/desk/meetings/new/", given)
    assert first.status_code == 422
    assert first.context["away"] == ["Ani: cuti"]
    assert not Meeting.objects.exists()
    again = desk.post("/desk/meetings/new/", {**given, "looked": first.context["looked"]})
    assert again.status_code == 303
    page = desk.get(again["Location"]).content.decode()
    assert "pada hari itu: cuti" in page


def test_another_day_is_looked_at_again(at_work, kelurahan, meeting, team, dewi, at):
    desk, day = at_work(dewi), organisation.today(kelurahan, at=at) + timedelta(days=2)
    factory.away(team[0], day, day + timedelta(days=1), kind="travel")
    path = f"/desk/meetings/{meeting.code}/change/"
    shown = desk.get(path)
    given = typed(kelurahan, at, sequence=0, looked=shown.context["looked"])
    assert desk.post(path, given).context["away"] == ["Ani: dinas luar"]
    assert desk.post(path, {**given, "looked": day.isoformat()}).status_code == 303


def test_who_is_invited_sees_that_they_are_away(guest, meeting, team):
    day = organisation.today(meeting.unit, at=meeting.starts_at)
    factory.away(team[0], day, day + timedelta(days=1), kind="home")
    assert str(guest.get(f"/desk/meetings/{meeting.code}/").context["own_away"]) == (
        "tidak boleh ke kantor"
    )


def test_minutes_begin_with_what_was_answered(guest, at_work, meeting, team, dewi, at):
    path = f"/desk/meetings/{meeting.code}/"
    guest.post(f"{path}answer/", {"answer": "no", "sequence": 0})
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=at - timedelta(hours=2), ends_at=at - timedelta(hours=1)
    )
    people = at_work(dewi).get(path).context["people"]
    values = {each["participant"].account_id: each["value"] for each in people}
    assert [values[person.pk] for person in team] == ["absent", "", ""]
    assert sorted(values.values()) == ["", "", "absent", "room"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_little_for_many_as_for_one(
    at_work, kelurahan, room, team, dewi, at, rows, django_assert_num_queries
):
    form = MeetingForm(
        title="Rapat", starts_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=1), provider="jitsi", room=room.code,
        participants=frozenset(person.pk for person in team[:rows]),
    )  # fmt: skip
    meeting = workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)
    desk, path = at_work(dewi), f"/desk/meetings/{meeting.code}/"
    desk.get(path)
    with django_assert_num_queries(9):
        desk.get(path)
