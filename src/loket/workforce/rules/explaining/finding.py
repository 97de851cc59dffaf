"""Find irreducible reasons by deletion: what can be left out of a clash is left out of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from loket.workforce.rules.problem import Problem

from .facts import Facts, can_do, demand_of, facts_of
from .reasons import Demand, Limit, Reason


def explain(problem: Problem, on: date) -> tuple[Reason, ...]:
    """Return why a day cannot be staffed whole; nothing if it can.

    Each reason is irreducible, and no demand is in two of them. Without all demands that
    are in some reason, the rest of the day can be staffed. Posts that cannot all be there,
    even if no counter were open, are a reason before anything else: they come first in a plan.
    """
    if all(day.on != on for day in problem.days):
        return ()
    facts = facts_of(problem, on)
    left, within = list(facts.demands), _all(facts.limits)
    reasons = []
    while not facts.can(left, within):
        stay = [demand for demand in left if demand.member]
        demands, limits = _irreducible(facts, left if facts.can(stay, within) else stay)
        reasons.append(_reason(problem, facts, demands, limits))
        left = [demand for demand in left if demand not in demands]
    return tuple(reasons)


def _irreducible(facts: Facts, left: list[Demand]) -> tuple[list[Demand], list[Limit]]:
    """Leave out limits first, so that a lack of people is not blamed on a cap; then what
    weighs least. One need that nobody can meet is a reason by itself."""
    for demand in reversed(left):
        if not facts.can([demand], {}):
            return [demand], []
    limits = _fewest(facts, left, facts.limits)
    demands = list(left)
    for demand in left:
        rest = [other for other in demands if other != demand]
        if not facts.can(rest, _all(limits)):
            demands = rest
    # Fewer demands may clash with fewer limits.
    return demands, _fewest(facts, demands, limits)


def _fewest(facts: Facts, demands: list[Demand], limits: Iterable[Limit]) -> list[Limit]:
    kept = list(limits)
    for limit in tuple(kept):
        fewer = [other for other in kept if other != limit]
        if not facts.can(demands, _all(fewer)):
            kept = fewer
    return kept


def _all(limits: Iterable[Limit]) -> dict[Limit, int]:
    return {limit: limit.people for limit in limits}


def _reason(
    problem: Problem, facts: Facts, demands: list[Demand], limits: list[Limit]
) -> Reason:
    needs = [need for need in facts.day.needs if demand_of(need) in demands]
    fit = [m for m in problem.members if any(can_do(m, need) for need in needs)]
    on = facts.day.on
    away = tuple(m.key for m in fit if on in m.away)
    out = {lock.member for lock in problem.locks if lock.on == on and not lock.is_in}
    return Reason(
        on=on,
        demands=tuple(sorted(demands)),
        limits=tuple(sorted(limits)),
        needed=tuple(_needed(facts, demands, limits, one) for one in sorted(limits)),
        missing=0 if limits else _missing(facts, demands),
        able=tuple(m.key for m in fit if facts.kind_of[m.key][3]),
        away=away,
        kept_out=tuple(m.key for m in fit if m.key in out and m.key not in away),
        cited=tuple(_cited(facts, demands, limits)),
    )


def _needed(
    facts: Facts, demands: Sequence[Demand], limits: Sequence[Limit], raised: Limit
) -> int:
    """Return what one limit would have to be, the others staying."""
    within, most = _all(limits), raised.people + _people(demands)
    wider = range(raised.people + 1, most)
    # What a limit lets through, a wider one does too.
    found = bisect_left(
        wider, x=True, key=lambda people: facts.can(demands, within | {raised: people})
    )
    return raised.people + 1 + found


def _missing(facts: Facts, demands: Sequence[Demand]) -> int:
    """Return how many more people who can do everything make up for who is missing.

    Nobody makes up for a person who was locked in by name: then it is 0.
    """
    most = _people(demands)
    if not facts.can(demands, {}, spare=most):
        return 0
    more = range(1, most)
    return 1 + bisect_left(
        more, x=True, key=lambda people: facts.can(demands, {}, spare=people)
    )


def _people(demands: Iterable[Demand]) -> int:
    return sum(demand.people for demand in demands)


def _cited(facts: Facts, demands: Iterable[Demand], limits: Iterable[Limit]) -> Iterable[str]:
    parts = [f"room:{limit.room}" if limit.room else limit.kind for limit in limits]
    parts += [demand.kind for demand in demands]
    cited = facts.day.cited
    return dict.fromkeys(article for part in parts for article in cited.get(part, ()))
