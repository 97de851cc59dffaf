"""Who comes: answered, changed, asked again, told to calendars, and forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from loket.jobs import services as jobs
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.messaging.models import Message
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Participant, Stay
from loket.workforce.rules.meetings import MeetingForm
from loket.workforce.tasks import meetings as tasks
from tests.conftest import employ
from tests.factories import rosters as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani(team, at):
    return factory.actor(team[0], at=at)


@pytest.fixture
def form(room, team, at):
    return MeetingForm(
        title="Rapat pagi",
        agenda="Antrean",
        starts_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=1),
        provider="jitsi",
        room=room.code,
        participants=frozenset(person.pk for person in team),
    )


@pytest.fixture
def meeting(kelurahan, form, dewi, at):
    return workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)


def answer(meeting, actor, said, at, words="", sequence=0):
    return workforce.answer_meeting(
        meeting=meeting, answer=said, words=words, sequence=sequence, actor=actor, at=at
    )


def answers(meeting) -> dict[int, str]:
    return dict(meeting.participants.values_list("account_id", "answer"))


def asked(address: str) -> tuple[str, str, int]:
    """Return what the newest invitation asks of somebody: answer, whether asked, version."""
    message = Message.objects.filter(address=address).order_by("id").last()
    (event,) = Calendar.from_ical(message.calendar).walk("VEVENT")
    guest = event["ATTENDEE"].params
    return guest["PARTSTAT"], guest["RSVP"], int(event["SEQUENCE"])


def test_the_last_answer_counts_and_its_words_stay_out_of_the_journal(meeting, ani, team, at):
    answer(meeting, ani, "no", at, words="  Dinas ke   kecamatan ")
    mine = meeting.participants.get(account=team[0])
    assert (mine.answer, mine.answer_words, mine.answered_at) == (
        "no", "Dinas ke kecamatan", at,
    )  # fmt: skip
    answer(meeting, ani, "link", at + timedelta(hours=1))
    mine.refresh_from_db()
    assert (mine.answer, mine.answer_words) == ("link", "")
    facts = Entry.objects.filter(name="meeting.answered", actor=ani.ref).order_by("id")
    path = meeting.unit.path
    assert list(facts.values_list("facts", flat=True)) == [
        {"unit": path, "answer": "no"},
        {"unit": path, "answer": "link"},
    ]


def test_who_calls_it_comes_and_the_others_have_not_answered(meeting, team, head):
    assert answers(meeting) == {head.pk: "room", **dict.fromkeys((p.pk for p in team), "")}


def test_what_is_no_answer(kelurahan, meeting, form, ani, citra, dewi, at):
    for said in ("", "perhaps", "absent"):
        with pytest.raises(Invalid) as refused:
            answer(meeting, ani, said, at)
        assert list(refused.value.fields) == ["answer"]
    for words in ("x" * 201, "x\u202ey"):
        with pytest.raises(Invalid) as refused:
            answer(meeting, ani, "no", at, words=words)
        assert list(refused.value.fields) == ["words"]
    with pytest.raises(NotAllowed):
        answer(meeting, citra, "no", at)
    for changes, said in (({"room": ""}, "room"), ({"provider": ""}, "link")):
        other = workforce.call_meeting(
            unit=kelurahan, form=replace(form, **changes), actor=dewi, at=at
        )
        with pytest.raises(Invalid):
            answer(other, ani, said, at)


def test_nobody_answers_once_it_began_or_was_cancelled(meeting, form, ani, dewi, at):
    with pytest.raises(Conflict):
        answer(meeting, ani, "room", meeting.starts_at)
    answer(meeting, ani, "room", meeting.starts_at - timedelta(minutes=1))
    workforce.cancel_meeting(meeting=meeting, sequence=0, actor=dewi, at=at)
    with pytest.raises(Conflict):
        answer(meeting, ani, "no", at, sequence=1)


def test_another_time_or_place_asks_again_and_another_title_does_not(
    meeting, form, team, ani, head, dewi, at
):
    answer(meeting, ani, "no", at, words="Cuti")
    titled = replace(form, title="Rapat siang")
    workforce.change_meeting(meeting=meeting, form=titled, sequence=0, actor=dewi, at=at)
    assert answers(meeting)[team[0].pk] == "no"
    with pytest.raises(Conflict):  # read before it changed
        answer(meeting, ani, "room", at)
    for sequence, changes in enumerate(
        ({"ends_at": form.ends_at + timedelta(hours=1)}, {"room": ""}), start=1
    ):
        answer(meeting, ani, "link", at, sequence=sequence)
        titled = replace(titled, **changes)
        workforce.change_meeting(
            meeting=meeting, form=titled, sequence=sequence, actor=dewi, at=at
        )
        assert answers(meeting)[team[0].pk] == ""
        assert answers(meeting)[head.pk] == ("room" if titled.room else "link")
    assert not Participant.objects.exclude(answer_words="").exists()


def test_the_calendar_asks_who_has_not_answered_and_knows_who_has(
    meeting, form, team, ani, head, dewi, at
):
    jobs.work(at=at)
    assert asked(team[0].email) == ("NEEDS-ACTION", "TRUE", 0)
    assert asked(head.email) == ("ACCEPTED", "FALSE", 0)
    body = Message.objects.get(address=team[0].email).body
    assert "Will you come? Please answer here" in body
    assert f"/desk/meetings/{meeting.code}/" in body
    assert "Will you come?" not in Message.objects.get(address=head.email).body
    answer(meeting, ani, "no", at)
    titled = replace(form, title="Rapat siang")
    workforce.change_meeting(meeting=meeting, form=titled, sequence=0, actor=dewi, at=at)
    jobs.work(at=at)
    assert asked(team[0].email) == ("DECLINED", "FALSE", 1)
    assert asked(team[1].email) == ("NEEDS-ACTION", "TRUE", 1)
    moved = replace(titled, ends_at=form.ends_at + timedelta(hours=1))
    workforce.change_meeting(meeting=meeting, form=moved, sequence=1, actor=dewi, at=at)
    jobs.work(at=at)
    assert asked(team[0].email) == ("NEEDS-ACTION", "TRUE", 2)
    workforce.cancel_meeting(meeting=meeting, sequence=2, actor=dewi, at=at)
    jobs.work(at=at)
    assert asked(team[0].email) == ("NEEDS-ACTION", "FALSE", 3)


def test_who_has_no_email_is_asked_by_phone(kelurahan, form, team, dewi, at, settings):
    Account.objects.filter(pk=team[0].pk).update(email="")
    meeting = workforce.call_meeting(unit=kelurahan, form=form, actor=dewi, at=at)
    jobs.work(at=at)
    body = Message.objects.get(channel="sms").body
    assert body.endswith(
        f"Will you come? Answer: {settings.PUBLIC_URL}/desk/meetings/{meeting.code}/"
    )


def test_who_declined_was_absent_unless_somebody_says_otherwise(
    meeting, team, ani, dewi, at, room
):
    answer(meeting, ani, "no", at)
    answer(meeting, factory.actor(team[1], at=at), "no", at)
    answer(meeting, factory.actor(team[2], at=at), "room", at)
    workforce.write_minutes(
        meeting=meeting, minutes="", presence={team[1].pk: "room"}, actor=dewi,
        at=meeting.ends_at,
    )  # fmt: skip
    noted = dict(meeting.participants.values_list("account_id", "presence"))
    assert [noted[person.pk] for person in team] == ["absent", "room", ""]
    assert [stay.account_id for stay in Stay.objects.all()] == [team[1].pk]


def test_why_is_forgotten_when_it_is_over(meeting, ani, team, at, monkeypatch):
    answer(meeting, ani, "no", at, words="Dinas luar")
    for moment, words in (
        (meeting.ends_at - timedelta(minutes=1), "Dinas luar"),
        (meeting.ends_at, ""),
    ):
        monkeypatch.setattr(tasks.clock, "now", lambda moment=moment: moment)
        tasks.forget_words.func()
        mine = meeting.participants.get(account=team[0])
        assert (mine.answer, mine.answer_words) == ("no", words)


def test_who_is_away_is_told_by_kind_and_only_of_the_unit(
    kelurahan, elsewhere, meeting, team, at, django_assert_num_queries
):
    day = meeting.starts_at.date()
    next_day = day + timedelta(days=1)
    for person, kind in zip(team, ("home", "leave", "travel"), strict=True):
        factory.away(person, day, next_day, kind=kind)
    stranger = factory.member(elsewhere, "Lina")
    factory.away(stranger, day, next_day, kind="leave")
    Participant.objects.create(meeting=meeting, account=stranger)
    found = {team[0].pk: "home", team[1].pk: "leave", team[2].pk: "travel"}
    everybody = [*found, stranger.pk]
    with django_assert_num_queries(2):
        assert queries.away_from(meeting, everybody) == found
    assert queries.away(everybody, unit=kelurahan, since=day, until=next_day) == found
    assert queries.away(everybody, unit=kelurahan, since=next_day, until=day) == {}
    assert queries.own_away(meeting, account=stranger.pk) == "leave"


def test_only_own_meetings_press(meeting, kelurahan, dewi, ani, at):
    above = employ("hana", "Hana Wulan", kelurahan.parent, "head", "Camat", at)
    day = timedelta(days=1)
    begins = meeting.starts_at

    def pressing(actor, until):
        return list(queries.pressing_meetings(actor=actor, at=at, until=until))

    assert pressing(ani, at) == [(meeting.code, "Rapat pagi", begins, True)]
    assert pressing(dewi, at) == []
    assert pressing(dewi, at + 2 * day) == [(meeting.code, "Rapat pagi", begins, False)]
    assert pressing(above, at + 2 * day) == []
    assert queries.coming_meetings(actor=above, at=at).get() == meeting
    workforce.cancel_meeting(meeting=meeting, sequence=0, actor=dewi, at=at)
    assert pressing(ani, at + 2 * day) == []
