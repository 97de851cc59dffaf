"""Against HiGHS, at the size of a kelurahan."""

from __future__ import annotations

import pytest
from bench.offices import office

from loket.workforce.rules import planning
from tests.workforce.planning import oracle


@pytest.mark.parametrize(
    ("seed", "staff", "days", "shares"),
    [
        (1, 20, 10, (0.5, 0.25)),
        (2, 22, 8, (0.25, 0.1)),
        (3, 15, 10, (0.5,)),
        (4, 26, 6, (0.1,)),
    ],
)
def test_highs_finds_nothing_better(
    seed: int, staff: int, days: int, shares: tuple[float, ...]
) -> None:
    problem = office(staff, days, seed=seed, shares=shares)
    found = planning.plan(problem)
    assert found.is_proven
    worth = found.objective
    assert (worth.pinned, worth.uncovered, worth.unfairness) == oracle.best(problem)
