"""Every case that a circular moves: the same list before and after, of one's own units."""

from __future__ import annotations

from datetime import date

import pytest

from loket.cases.models import Case, DueMove
from loket.kernel import codes
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Change, Simulation
from loket.policies.rules.lists import MovedCase
from tests.conftest import VILLAGE, employ
from tests.factories import cases as factory
from tests.factories import policies as law

from .conftest import STOPPED, THREE_DAYS

POINT, FAR = f"{VILLAGE}-DUKCAPIL", "31.73.01.1001-DUKCAPIL"
OLD, NEW = "2026-03-05", "2026-03-10"


@pytest.fixture
def filed(version, ayu, at) -> list[Case]:
    """File more cases than are shown as examples, in two cities."""
    factory.case(
        ayu, at=at, child_name="Jauh", address={"region": "31.73.01.1001", "street": "Jl. 1"}
    )
    near = factory.case(ayu, at=at)
    Case.objects.bulk_create(copy_of(near) for _ in range(52))
    return list(Case.objects.select_related("unit").order_by("unit__code", "code"))


def copy_of(case: Case) -> Case:
    copied = Case.objects.get(pk=case.pk)
    copied.pk, copied.code, copied.duplicate_key = None, codes.new(), ""
    return copied


@pytest.fixture
def drafted(eka, at):
    return law.draft(law.written(STOPPED, effective=THREE_DAYS), actor=eka, at=at)


def test_the_list_of_a_simulation_is_that_of_its_enactment(filed, drafted, eka, gita, at):
    made = policies.simulate(circular=drafted, actor=eka, at=at)
    assert not DueMove.objects.exists()
    policies.enact(circular=drafted, simulation=made, actor=gita, at=at)
    change = Change.objects.get(kind="enacted")

    rows = list(queries.moved_cases(Simulation.objects.get(), actor=gita))
    assert rows == list(queries.moved_cases(change, actor=gita))
    assert rows == [MovedCase(c.code, c.unit.code, "TEST-BIRTH", OLD, NEW) for c in filed]
    assert rows == [
        MovedCase(m.case.code, m.case.unit.code, m.case.service_code, str(m.was), str(m.now))
        for m in DueMove.objects.order_by("case__unit__code", "case__code")
    ]
    assert len(rows) == made.impact["cases"]["moved"] == 54
    assert bytes(change.cases_gz) == bytes(made.cases_gz)


def test_who_decides_on_some_units_sees_their_cases(filed, drafted, eka, budi, at):
    made = policies.simulate(circular=drafted, actor=eka, at=at)
    branch = Unit.objects.get(code="31.73-DUKCAPIL")
    hana = employ("hana", "Hana Putri", branch, "executive", "Kepala", at)

    assert [row.unit for row in queries.moved_cases(made, actor=hana)] == [FAR]
    assert list(queries.moved_cases(made, actor=budi)) == []


def test_where_nothing_moves_there_is_no_list(filed, eka, at):
    row = law.draft(law.written(), actor=eka, at=at)

    made = policies.simulate(circular=row, actor=eka, at=at)

    assert made.cases_gz is None
    assert list(queries.moved_cases(made, actor=eka)) == []


def test_a_revocation_lists_what_goes_back(filed, drafted, eka, gita, at):
    made = policies.simulate(circular=drafted, actor=eka, at=at)
    circular = policies.enact(circular=drafted, simulation=made, actor=gita, at=at)
    policies.revoke(
        circular=circular, revoked_from=circular.starts_at, reason="Keliru", actor=gita, at=at
    )

    back = queries.moved_cases(Change.objects.get(kind="revoked"), actor=gita)
    assert {(row.was, row.now) for row in back} == {(NEW, OLD)}
    assert set(Case.objects.values_list("due_on", flat=True)) == {date(2026, 3, 5)}
