"""Against all rosters that there are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from loket.workforce.rules import planning
from loket.workforce.rules.planning.layouts import is_chained
from loket.workforce.rules.problem import Problem
from tests.workforce.planning import exhaustive
from tests.workforce.planning.problems import figures, recounted, tiny


@given(problem=tiny(), is_repair=st.booleans())
@settings(max_examples=120, deadline=None)
def test_nothing_better_exists(problem: Problem, is_repair: bool) -> None:
    found = planning.plan(problem, is_repair=is_repair)
    best = exhaustive.least(problem, is_repair=is_repair)
    assert figures(found.objective) == recounted(problem, found)
    if found.is_proven:
        assert figures(found.objective) == best
    else:
        assert any(is_chained(day) for day in problem.days)


@given(problem=tiny(), is_repair=st.booleans())
@settings(max_examples=80, deadline=None)
def test_shortages_add_up(problem: Problem, is_repair: bool) -> None:
    found = planning.plan(problem, is_repair=is_repair)
    weights = {
        (day.on, need.shift, need.counter): need.weight
        for day in problem.days
        for need in day.needs
    }
    lacking = [s for s in found.shortages if s.kind in {"pinned", "lock"}]
    assert sum(s.missing for s in lacking) == found.objective.pinned
    assert all(len(s.members) == s.missing for s in lacking)
    uncovered = sum(
        s.missing * (10 if s.kind == "least" else weights[s.on, s.shift, s.counter])
        for s in found.shortages
        if s.kind in {"least", "counter"}
    )
    assert uncovered == found.objective.uncovered
