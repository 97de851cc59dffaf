"""Applicants whose date moved: told once, with the reason, in batches."""

from __future__ import annotations

from datetime import date, datetime

from loket.cases import services as cases
from loket.cases.models import Case, DueMove
from loket.jobs.models import Job
from loket.messaging.models import Message
from loket.policies import services as policies
from tests.factories import cases as factory

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


def test_what_was_filed_by_the_old_law_meanwhile_is_put_right(case, enact, at):
    circular = enact()
    # As if its transaction had begun before the circular and ended after it.
    Case.objects.update(due_on=OLD)
    DueMove.objects.all().delete()

    assert tell(at) == [1]
    assert due() == [NEW]
    assert DueMove.objects.get().subject == circular.subject
