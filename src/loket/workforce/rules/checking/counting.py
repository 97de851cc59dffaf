"""What a plan achieves, counted from its turns alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from loket.workforce.rules.problem import Objective, Problem, Shortage, Turn

from .broken import Broken
from .checker import check
from .days import is_frozen

LEAST_WEIGHS = 10
"""What one person less than the daily minimum counts for."""


def objective(
    problem: Problem,
    turns: Iterable[Turn],
    *,
    stability_first: bool,
    broken: Iterable[Broken] | None = None,
) -> Objective:
    """Return the objective of these turns. ``broken``: what was checked of them already."""
    turns = tuple(turns)
    broken = check(problem, turns) if broken is None else broken
    lacking = [one for one in broken if one.is_lacking]
    weights = {(d.on, n.counter, n.shift): n.weight for d in problem.days for n in d.needs}
    return Objective(
        pinned=sum(one.rule in {"pinned", "lock"} for one in lacking),
        uncovered=sum(_missing(one, weights) for one in lacking),
        changes=_changes(problem, turns),
        unfairness=_unfairness(problem, turns),
        is_stability_first=stability_first,
    )


def shortages(broken: Iterable[Broken]) -> Counter[tuple[object, ...]]:
    """Return what is lacking, one by one: day, kind, shift, counter, member or number."""
    found: Counter[tuple[object, ...]] = Counter()
    for one in broken:
        if one.rule in {"pinned", "lock"}:
            found[one.on, "in", "", "", one.members[0]] += 1
        elif one.is_lacking:
            found[one.on, one.rule, one.shift, one.counter, one.allowed - one.found] += 1
    return found


def told(shortages_: Iterable[Shortage]) -> Counter[tuple[object, ...]]:
    """Return the shortages that a plan admits, in the same form."""
    found: Counter[tuple[object, ...]] = Counter()
    for one in shortages_:
        if one.kind in {"pinned", "lock"}:
            found.update((one.on, "in", "", "", member) for member in one.members)
        else:
            found[one.on, one.kind, one.shift, one.counter, one.missing] += 1
    return found


def told_days(problem: Problem) -> frozenset[date]:
    """Return the days to come between the first and the last one that was published."""
    days = [turn.on for turn in problem.published]
    return frozenset(
        day.on
        for day in problem.days
        if days and min(days) <= day.on <= max(days) and not is_frozen(problem, day.on)
    )


def started(problem: Problem) -> dict[str, int]:
    """Return the turns that each member brings along: carried, and those of frozen days."""
    frozen = {day.on for day in problem.days if is_frozen(problem, day.on)}
    past = Counter(turn.member for turn in problem.published if turn.on in frozen)
    return {member.key: member.carried + past[member.key] for member in problem.members}


def _missing(one: Broken, weights: Mapping[tuple[date, str, str], int]) -> int:
    missing = one.allowed - one.found
    if one.rule == "least":
        return LEAST_WEIGHS * missing
    if one.rule == "counter":
        return weights[one.on, one.counter, one.shift] * missing
    return 0


def _changes(problem: Problem, turns: Iterable[Turn]) -> int:
    days = told_days(problem)
    before = {turn for turn in problem.published if turn.on in days}
    return len(before ^ {turn for turn in turns if turn.on in days})


def _unfairness(problem: Problem, turns: Iterable[Turn]) -> int:
    live = {day.on for day in problem.days if not is_frozen(problem, day.on)}
    own = Counter(turn.member for turn in turns if turn.on in live)
    return sum((start + own[key]) ** 2 for key, start in started(problem).items())
