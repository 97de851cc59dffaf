"""Clocks that stand still until further notice: dates carried along, one move told at the end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case, DueMove
from loket.desk.cases import tables
from loket.jobs.models import Job
from loket.policies import services as policies
from loket.policies.models import Change
from tests.factories import cases as factory
from tests.factories import policies as law

OPEN_ENDED = {"from": date(2026, 3, 4), "until_evaluated": True}
SUSPENDED = {"kind": "suspension", "article": "2", "scope": {"services": ["TEST-BIRTH"]}}
OLD = date(2026, 3, 5)
LATER = datetime.fromisoformat("2026-03-09T10:00:00+07:00")
"""The Monday after the Wednesday on which the clock stopped."""


def due() -> list[tuple[date, date | None]]:
    return list(Case.objects.order_by("pk").values_list("due_on", "promised_on"))


def carry(at: datetime) -> int:
    return cases.carry_due_dates(actor=factory.SYSTEM, at=at)


@pytest.mark.parametrize("provision", [None, SUSPENDED])
def test_a_date_is_carried_along_in_silence(case, enact, at, provision):
    enact(*[provision] if provision else [], effective=OPEN_ENDED)
    assert due() == [(OLD, None)]
    assert carry(at) == 0

    assert carry(LATER) == 1

    # One day had counted; the second and the third come after today.
    assert due() == [(date(2026, 3, 11), OLD)]
    assert queries.clock(case=Case.objects.get(), at=LATER).due_on == date(2026, 3, 11)
    assert (carry(LATER), DueMove.objects.count()) == (0, 0)
    assert not Job.objects.filter(task=cases.rescheduling.TELL).exists()
    assert carry(LATER + timedelta(days=1)) == 1
    assert due() == [(date(2026, 3, 12), OLD)]


def test_the_end_is_one_move_from_the_date_that_was_known(case, enact, gita, at):
    circular = enact(effective=OPEN_ENDED)
    carry(LATER - timedelta(days=3))
    carry(LATER)
    policies.revoke(
        circular=circular, revoked_from=LATER, reason="Dievaluasi", actor=gita, at=LATER
    )

    now = date(2026, 3, 11)
    assert due() == [(now, None)]
    move = DueMove.objects.get()
    assert (move.was, move.now, move.edition) == (
        OLD,
        now,
        Change.objects.latest("number").number,
    )
    assert [line.name for line in queries.timeline(case=case)].count(queries.DUE_MOVED) == 1
    assert cases.tell_due_moves(edition=move.edition, actor=factory.SYSTEM, at=LATER) == 1
    assert carry(LATER + timedelta(days=9)) == 0


def test_an_end_that_undoes_all_of_it_is_no_move(case, enact, gita, at):
    circular = enact(effective=OPEN_ENDED)
    carry(LATER)
    policies.revoke(
        circular=circular,
        revoked_from=circular.starts_at,
        reason="Keliru",
        actor=gita,
        at=LATER,
    )

    assert (due(), DueMove.objects.count()) == ([(OLD, None)], 0)


def test_another_circular_meanwhile_moves_in_silence_too(case, enact, at, eka, gita):
    enact(effective=OPEN_ENDED)
    carry(LATER)
    written = law.written(
        {"kind": "clock", "extended_by": 2, "article": "5"}, number="03/SE/2026",
        effective={"from": date(2026, 3, 9), "through": date(2026, 4, 30)},
    )  # fmt: skip
    law.enact(written, author=eka, actor=gita, at=LATER, reason="Mendesak")

    assert due() == [(date(2026, 3, 13), OLD)]
    assert not DueMove.objects.exists()


def test_a_retroactive_stop_is_told_and_then_carried_along(case, eka, gita, at):
    written = law.written(
        {"kind": "clock", "suspended": True, "article": "4"}, effective=OPEN_ENDED
    )
    friday = at + timedelta(days=4)
    law.enact(written, author=eka, actor=gita, at=friday, reason="Mendesak")

    told = date(2026, 3, 10)
    assert [(m.was, m.now) for m in DueMove.objects.all()] == [(OLD, told)]
    assert due() == [(told, None)]
    carry(LATER)
    assert due() == [(date(2026, 3, 11), told)]


def test_sending_again_is_told_a_date_of_its_own(case, ayu, budi, enact, at):
    enact(effective=OPEN_ENDED)
    carry(LATER)
    cases.claim(case=case, actor=budi, at=LATER)
    cases.move(
        case=case, action="return", reason="unreadable", questions=("child_name",),
        actor=budi, at=LATER,
    )  # fmt: skip
    back = queries.own(code=case.code, actor=ayu)
    cases.mend(case=back, question="child_name", raw="Melati", actor=ayu, at=LATER)
    cases.resubmit(case=back, actor=ayu, at=LATER)

    assert [known for _now, known in due()] == [None]


def test_only_what_the_circular_stops_is_carried_along(case, ayu, enact, at):
    factory.case(
        ayu, at=at, child_name="Jauh", address={"region": "31.73.01.1001", "street": "Jl. 1"}
    )
    closed = factory.case(ayu, at=at, child_name="Batal")
    cases.withdraw(case=closed, actor=ayu, at=at)
    scope = {"units": [case.unit.code]}
    enact({"kind": "clock", "suspended": True, "article": "4", "scope": scope},
          effective=OPEN_ENDED)  # fmt: skip

    assert carry(LATER) == 1
    assert due() == [(date(2026, 3, 11), OLD), (OLD, None), (OLD, None)]


def test_nothing_is_late_while_its_clock_stands_still(case, enact, gita, budi, at):
    """Not even before the date was carried along: lists, lookup and page agree."""
    circular = enact(effective=OPEN_ENDED)

    def late(at: datetime) -> tuple[bool, bool, bool]:
        [row] = tables.rows(tables.Wanted(), actor=budi, at=at).rows
        fresh = Case.objects.get()
        face = queries.clock(case=fresh, at=at)
        return row["is_late"], queries.is_late(fresh, at=at), face.is_late(at.date())

    assert late(LATER) == (False, False, False)
    carry(LATER)
    assert late(LATER) == (False, False, False)
    policies.revoke(
        circular=circular, revoked_from=LATER, reason="Dievaluasi", actor=gita, at=LATER
    )
    assert late(LATER + timedelta(days=2)) == (False, False, False)
    assert late(LATER + timedelta(days=3)) == (True, True, True)


def test_a_law_that_changes_meanwhile_is_left_to_its_own_change(case, enact, at, monkeypatch):
    enact(effective=OPEN_ENDED)
    numbers = iter([1, 2])
    monkeypatch.setattr(cases.drifting.policies, "edition", lambda: next(numbers))

    assert carry(LATER) == 0
    assert due() == [(OLD, None)]


def test_many_are_carried_along_in_batches_and_few_queries(version, enact, at, monkeypatch):
    factory.file_many(7, at=at)
    enact(effective=OPEN_ENDED)
    with CaptureQueriesContext(connection) as at_once:
        assert carry(LATER) == 7
    monkeypatch.setattr("loket.cases.queries.recounting.BATCH", 2)
    with CaptureQueriesContext(connection) as in_parts:
        assert carry(LATER + timedelta(days=1)) == 7

    assert len(at_once) <= 25
    assert len(in_parts) <= 50
    assert {now for now, _known in due()} == {date(2026, 3, 12)}
