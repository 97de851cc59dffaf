"""What the journal says that somebody did: how often, and for how long."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation

import loket
from loket.cases import services as cases
from loket.journal.models import Entry
from loket.kernel.events import Event
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce.rules import work
from loket.workforce.rules.work import Act, Line
from tests.factories import cases as factory

DAY = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
RECORDED = {work.AT_COUNTER, work.IN_MEETING}


def act(minutes: float, name: str, subject: str = "case:A") -> Act:
    return Act(DAY + timedelta(minutes=minutes), name, subject)


def of(*acts: Act) -> tuple[Line, ...]:
    return work.lines(acts, since=DAY)


def subclasses(event: type[Event]) -> set[type[Event]]:
    return {event}.union(*(subclasses(below) for below in event.__subclasses__()))


def test_every_name_is_of_a_real_event_and_every_kind_has_a_label():
    for path in Path(loket.__file__).parent.glob("*/events.py"):
        import_module(f"loket.{path.parent.name}.events")
    names = {event.name for event in subclasses(Event) - {Event} if "name" in vars(event)}
    assert work.READ - names == set()
    assert set(work.UNTOLD) - set(work.COUNTED) == set()
    assert {*work.COUNTED.values(), *RECORDED} == set(work.KINDS)
    assert set(work.COUNTED.values()) & RECORDED == set()
    assert work.NOT_OF_ONESELF - set(work.COUNTED) == set()
    assert set(work.KINDS) & set(work.OWN_KINDS) == set()


def test_looking_asking_and_ones_own_affairs_are_no_work():
    private = {"absence.asked", "absence.reason_read", "incident.viewed", "case.viewed"}
    own = {"attendance.clocked", "attendance.appealed", "swap.asked", "swap.answered"}
    assert work.READ & (private | own | {"work.submitted", "meeting.answered"}) == set()


def test_work_takes_from_the_claim_to_the_step():
    assert of(act(480, "case.claimed"), act(492, "case.verified")) == (
        Line("case_checked", 1, 12),
    )


def test_taking_over_begins_work_too():
    assert of(act(480, "case.taken_over"), act(485, "case.refused")) == (
        Line("case_refused", 1, 5),
    )


def test_without_a_beginning_one_minute_counts():
    assert of(act(480, "case.signed"), act(500, "circular.enacted", "circular:B")) == (
        Line("case_signed", 1, 1),
        Line("circular_enacted", 1, 1),
    )


def test_many_signed_at_once_take_one_minute_together():
    acts = [act(480, "case.signed", f"case:{n}") for n in range(40)]
    assert of(*acts) == (Line("case_signed", 40, 1),)


def test_no_step_counts_for_longer_than_an_hour():
    assert of(act(480, "case.claimed"), act(700, "case.verified")) == (
        Line("case_checked", 1, 60),
    )


def test_a_case_given_back_is_not_being_worked_on():
    acts = (act(480, "case.claimed"), act(481, "case.released"), act(500, "case.noted"))
    assert of(*acts) == (Line("case_noted", 1, 1),)


def test_a_note_does_not_end_the_work():
    acts = (act(480, "case.claimed"), act(485, "case.noted"), act(495, "case.verified"))
    assert of(*acts) == (Line("case_checked", 1, 10), Line("case_noted", 1, 5))


def test_overlapping_work_belongs_to_what_was_begun_last():
    acts = (
        act(480, "case.claimed"),
        act(490, "case.claimed", "case:B"),
        act(500, "case.returned", "case:B"),
        act(510, "case.verified"),
    )
    assert of(*acts) == (Line("case_checked", 1, 20), Line("case_returned", 1, 10))


def test_work_begun_before_midnight_counts_from_midnight():
    assert of(act(-20, "case.claimed"), act(10, "case.verified")) == (
        Line("case_checked", 1, 10),
    )
    assert of(act(-20, "case.claimed"), act(-5, "case.verified")) == ()


def test_minutes_of_the_kinds_add_up_to_the_day():
    acts = (
        act(480, "case.claimed"), act(481.4, "case.verified"),
        act(490, "case.claimed", "case:B"), act(491.4, "case.returned", "case:B"),
        act(500, "case.claimed", "case:C"), act(501.4, "case.refused", "case:C"),
    )  # fmt: skip
    assert [line.minutes for line in of(*acts)] == [2, 1, 1]


@pytest.fixture
def worked(version, ayu, budi, dewi, at) -> None:
    """Let Budi check, return and note in a day; and Dewi note once."""
    first, second = factory.case(ayu, at=at), factory.case(ayu, at=at, child_name="Sari")
    cases.claim(case=first, actor=budi, at=at)
    cases.add_note(case=first, words="Lengkap.", actor=budi, at=at + timedelta(minutes=4))
    fields = {"child_nik": "3174045002260002"}
    cases.move(
        case=first, action="verify", fields=fields, actor=budi, at=at + timedelta(minutes=10)
    )
    cases.claim(case=second, actor=budi, at=at + timedelta(minutes=12))
    cases.add_note(case=second, words="Kurang.", actor=dewi, at=at + timedelta(minutes=13))
    cases.release(case=second, actor=budi, at=at + timedelta(minutes=15))


def test_counts_equal_the_journals_figures(worked, kelurahan, budi, dewi, at):
    for actor in (budi, dewi):
        lines = queries.work_day(account=people.account_of(actor), on=ON, at=at).counted
        entries = Entry.objects.filter(actor=actor.ref, name__in=work.COUNTED)
        assert sum(line.count for line in lines) == entries.count() > 0
        for line in lines:
            names = [name for name, kind in work.COUNTED.items() if kind == line.kind]
            assert line.count == entries.filter(name__in=names).count()
    mine = queries.work_day(account=people.account_of(budi), on=ON, at=at).counted
    assert mine == (Line("case_checked", 1, 6), Line("case_noted", 1, 4))


def test_another_day_and_another_person_have_none_of_it(worked, ayu, budi, citra, at):
    earlier = date(2026, 3, 1)
    before = queries.work_day(account=people.account_of(budi), on=earlier, at=at)
    other = queries.work_day(account=people.account_of(citra), on=ON, at=at)
    assert (before.counted, other.counted) == ((), ())


def test_closing_an_office_for_a_positive_case_is_not_told(kelurahan, budi, at):
    for reason in ("positive_case", "flood"):
        Entry.objects.create(
            at=at, name="office.closed", subject=f"closure:{reason}", actor=budi.ref,
            actor_name="Budi", facts={"reason": reason},
        )  # fmt: skip
    day = queries.work_day(account=people.account_of(budi), on=ON, at=at)
    assert day.counted == (Line("closure", 1, 1),)


def written(actor, at, name, subject, **facts) -> None:
    Entry.objects.create(
        at=at, name=name, subject=subject, actor=actor.ref, actor_name=actor.name, facts=facts
    )


def test_every_name_is_counted_once_as_the_journal_has_it(budi, citra, at):
    """Each name a different number of times: no kind can stand in for another."""
    for place, name in enumerate(work.COUNTED):
        for turn in range(place % 3 + 1):
            written(budi, at, name, f"x:{place}-{turn}", account=citra.ref, reason="flood")
    lines = queries.work_day(account=people.account_of(budi), on=ON, at=at).counted
    figures = Counter(Entry.objects.filter(actor=budi.ref).values_list("name", flat=True))
    assert set(figures) == set(work.COUNTED)
    assert sum(line.count for line in lines) == figures.total()
    for line in lines:
        names = [name for name, kind in work.COUNTED.items() if kind == line.kind]
        assert line.count == sum(figures[name] for name in names)


def test_ones_own_leave_is_no_work_and_others_are(budi, citra, at):
    for name in work.NOT_OF_ONESELF:
        written(budi, at, name, "absence:A", account=budi.ref)
        written(budi, at, name, "absence:B", account=citra.ref, kind="leave")
    day = queries.work_day(account=people.account_of(budi), on=ON, at=at)
    assert day.counted == (Line("absence_decided", 2, 1),)


def test_tracing_is_counted_and_names_nobody(budi, citra, at):
    written(budi, at, "incident.reported", "incident:A", unit="31", contacts=3)
    written(budi, at, "incident.person_traced", citra.ref, since="2026-02-20")
    (line,) = queries.work_day(account=people.account_of(budi), on=ON, at=at).counted
    assert line.as_json() == {"kind": "tracing", "count": 2, "minutes": 1}
    with translation.override("id"):
        assert line.label == "tugas penelusuran"
