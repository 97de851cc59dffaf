"""Applicants whose date moved: told once, with the reason, in batches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from loket.cases import services as cases
from loket.cases.models import Case, DueMove
from loket.jobs.models import Job
from loket.messaging.models import Message
from loket.policies import services as policies
from tests.factories import cases as factory
from tests.factories import policies as law

from .conftest import STOPPED, THREE_DAYS

OLD, NEW = date(2026, 3, 5), date(2026, 3, 10)


def due() -> list[date]:
    return list(Case.objects.order_by("pk").values_list("due_on", flat=True))


def tell(at: datetime) -> list[int]:
    """Tell of every edition, batch by batch; return how many were told each time."""
    queued = list(Job.objects.filter(task=cases.rescheduling.TELL).order_by("pk"))
    return [
        cases.tell_due_moves(**job.arguments["kwargs"], actor=factory.SYSTEM, at=at)
        for job in queued
    ]


def test_an_applicant_is_told_once_with_the_reason(case, enact, at):
    circular = enact()

    assert tell(at) == [1]
    assert tell(at) == [0, 0]
    message = Message.objects.get(notice="due_moved")
    assert message.address == "ayu@warga.example"
    for words in (
        "5 Maret 2026",
        "10 Maret 2026",
        str(circular),
        f"/circulars/{circular.code}/",
    ):
        assert words in message.body
    assert DueMove.objects.get().told_at == at


def test_who_was_moved_twice_hears_of_one_move(case, enact, at):
    enact()
    later = enact(
        number="03/SE/2026", effective={"from": date(2026, 3, 9), "through": date(2026, 3, 9)}
    )

    assert sum(tell(at)) == 1
    body = Message.objects.get(notice="due_moved").body
    assert "5 Maret 2026" in body
    assert "11 Maret 2026" in body
    assert str(later) in body
    assert set(DueMove.objects.values_list("told_at", flat=True)) == {at}


def test_nobody_is_told_of_a_date_that_came_back(case, enact, gita, at):
    circular = enact()
    policies.revoke(
        circular=circular, revoked_from=circular.starts_at, reason="Keliru", actor=gita, at=at
    )

    assert sum(tell(at)) == 0
    assert not Message.objects.filter(notice="due_moved").exists()


def test_many_are_told_in_batches(version, enact, at, monkeypatch):
    factory.file_many(5, at=at)
    monkeypatch.setattr(cases.informing, "BATCH", 2)
    enact()

    told = []
    while (jobs := Job.objects.filter(task=cases.rescheduling.TELL).count()) > len(told):
        last = Job.objects.filter(task=cases.rescheduling.TELL).order_by("pk")[len(told)]
        kwargs = last.arguments["kwargs"]
        told.append(cases.tell_due_moves(**kwargs, actor=factory.SYSTEM, at=at))

    assert (told, jobs) == ([2, 2, 1, 0], 4)
    assert Message.objects.filter(notice="due_moved").count() == 5


@pytest.fixture
def work() -> Callable[[datetime], None]:
    """Return what does the jobs that are due at a moment, each once, as the worker does."""
    done: set[int] = set()

    def do(at: datetime) -> None:
        due = Job.objects.filter(task=cases.rescheduling.TELL, run_at__lte=at)
        while job := due.exclude(pk__in=done).order_by("run_at", "pk").first():
            cases.tell_due_moves(**job.arguments["kwargs"], actor=factory.SYSTEM, at=at)
            done.add(job.pk)

    return do


def applicants_told(case: Case) -> int:
    return Message.objects.filter(notice="due_moved", subject=case.subject).count()


def test_a_shut_office_is_one_letter_however_long_it_stays_shut(case, dewi, work, at):
    morning = datetime.fromisoformat("2026-03-03T08:00:00+07:00")
    form = law.closure(**{"from": morning, "reason": "blackout", "basis": "SOP 4"})
    closure = policies.close(form=form, actor=dewi, at=morning)
    for day in range(1, 10):
        now = morning + timedelta(days=day)
        policies.note_overruns(actor=factory.SYSTEM, at=now)
        cases.carry_due_dates(actor=factory.SYSTEM, at=now)
        work(now)
    assert applicants_told(case) == 0
    assert Case.objects.get().promised_on == OLD

    end = morning + timedelta(days=9)
    policies.reopen(closure=closure, at_moment=end, actor=dewi, at=end)
    work(end + cases.rescheduling.PATIENCE)

    move = DueMove.objects.get()
    assert (move.was, move.now) == (OLD, Case.objects.get().due_on)
    assert applicants_told(case) == 1


def test_a_minimum_is_told_and_what_is_longer_once_more(case, dewi, at):
    morning = datetime.fromisoformat("2026-03-03T08:00:00+07:00")
    closure = policies.close(form=law.closure(**{"from": morning}), actor=dewi, at=morning)
    told = Case.objects.get().due_on
    assert told > OLD
    for day in (3, 4, 5):
        policies.note_overruns(actor=factory.SYSTEM, at=morning + timedelta(days=day))
        cases.carry_due_dates(actor=factory.SYSTEM, at=morning + timedelta(days=day))
    assert DueMove.objects.get().now == told
    assert Case.objects.get().promised_on == told

    end = morning + timedelta(days=7)
    for kind in closure.required:
        policies.record(
            closure=closure, kind=kind, done_at=end, words="Selesai", actor=dewi, at=end
        )
    policies.reopen(closure=closure, at_moment=end, actor=dewi, at=end)

    final = Case.objects.get().due_on
    moves = DueMove.objects.order_by("edition")
    assert [(m.was, m.now) for m in moves] == [(OLD, told), (told, final)]


@pytest.mark.parametrize(("gap", "first", "last"), [(6, 0, 0), (12, 1, 1)])
def test_enacting_and_revoking_again_and_again_is_one_letter(
    case, eka, gita, work, at, gap, first, last
):
    """Within some minutes nobody hears of it; else of the first, and of the end next day."""
    now = at
    for number in range(5):
        circular = law.enact(
            law.written(STOPPED, number=f"0{number + 2}/SE/2026", effective=THREE_DAYS),
            author=eka, actor=gita, at=now,
        )  # fmt: skip
        work(now := now + timedelta(minutes=gap))
        policies.revoke(
            circular=circular, revoked_from=circular.starts_at, reason="Keliru",
            actor=gita, at=now,
        )  # fmt: skip
        work(now := now + timedelta(minutes=gap))
    work(now + timedelta(hours=1))
    assert DueMove.objects.count() == 10
    assert applicants_told(case) == first

    work(at + timedelta(days=1))
    assert applicants_told(case) == first + last
    assert not DueMove.objects.filter(told_at=None).exists()
    work(at + timedelta(days=3))
    assert applicants_told(case) == first + last


def test_what_was_sent_again_meanwhile_is_not_told_an_older_date(case, enact, at):
    enact()
    Case.objects.update(due_on=date(2026, 3, 11))  # As sending it again does.

    assert cases.tell_due_moves(
        edition=DueMove.objects.get().edition, again=True, actor=factory.SYSTEM, at=at
    ) == 0  # fmt: skip
    assert DueMove.objects.get().told_at == at
    assert applicants_told(case) == 0
