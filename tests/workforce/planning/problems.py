"""Small problems, and what must hold of every answer to one."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta

from hypothesis import strategies as st

from loket.workforce.rules.problem import (
    Day,
    Lock,
    Member,
    Need,
    Objective,
    Plan,
    Problem,
    Span,
    Turn,
)  # fmt: skip

FIRST = date(2020, 9, 14)
WHOLE = Span("", time(7, 30), time(16, 0))
MORNING = Span("morning", time(7, 30), time(11, 30))
NOON = Span("noon", time(12, 0), time(16, 0))
MIDDLE = Span("middle", time(10, 0), time(14, 0))
SHIFTS = ((WHOLE,), (MORNING, NOON), (MORNING, MIDDLE), (MIDDLE, NOON, MORNING))


def on(n: int) -> date:
    """Return the n-th day."""
    return FIRST + timedelta(days=n)


def unit(*members: Member, days: tuple[Day, ...], **more: object) -> Problem:
    """Return a problem."""
    return Problem("U1", days, members, **more)  # type: ignore[arg-type] -- as the caller says


def person(n: int, *skills: str, **more: object) -> Member:
    """Return a member."""
    return Member(f"account:{n}", frozenset(skills), **more)  # type: ignore[arg-type] -- as the caller says


def day(n: int, *needs: Need, shifts: tuple[Span, ...] = (WHOLE,), **more: object) -> Day:
    """Return a day."""
    return Day(on(n), shifts, needs, **more)  # type: ignore[arg-type] -- as the caller says


def figures(objective: Objective) -> tuple[int, int, int, int]:
    """Return the levels by themselves."""
    return (
        objective.pinned,
        objective.uncovered,
        objective.changes,
        objective.unfairness,
    )


def recounted(problem: Problem, plan: Plan) -> tuple[int, int, int, int]:
    """Count an objective from the turns alone, where no counter has two needs."""
    pinned = uncovered = 0
    live = [
        d for d in problem.days if not problem.frozen_before or d.on >= problem.frozen_before
    ]
    for each in live:
        here = [turn for turn in plan.turns if turn.on == each.on]
        at = Counter((turn.shift, turn.counter) for turn in here)
        uncovered += 10 * max(0, each.least - len(here))
        uncovered += sum(n.weight * (n.people - at[n.shift, n.counter]) for n in each.needs)
        for member in problem.members:
            locks = [k for k in problem.locks if (k.member, k.on) == (member.key, each.on)]
            is_pinned = each.on in member.pinned and each.on not in member.away
            wanted = all(k.is_in for k in locks) and (bool(locks) or is_pinned)
            pinned += wanted and all(turn.member != member.key for turn in here)
    told = [turn.on for turn in problem.published]
    days = {d.on for d in live if told and min(told) <= d.on <= max(told)}
    before, after = (
        {turn for turn in turns if turn.on in days} for turns in (problem.published, plan.turns)
    )
    come = Counter(turn.member for turn in plan.turns)
    unfair = sum((m.carried + come[m.key]) ** 2 for m in problem.members)
    return (pinned, uncovered, len(before ^ after), unfair)


@st.composite
def tiny(draw: st.DrawFn) -> Problem:
    """Return a problem whose rosters can all be tried."""
    number = st.integers(0, 3)
    days = []
    for n in range(draw(st.integers(1, 2))):
        shifts = draw(st.sampled_from(SHIFTS))
        needs = tuple(
            Need(
                f"L{k}",
                draw(st.sampled_from(("", "a", "b"))),
                draw(st.integers(1, 2)),
                draw(st.sampled_from([span.name for span in shifts])),
                draw(st.integers(1, 9)),
                draw(st.sampled_from(("", "R1", "R2"))),
            )
            for k in range(draw(st.integers(0, 2)))
        )
        days.append(
            Day(
                on(n), shifts, needs,
                most=draw(st.none() | number),
                most_at_once=draw(st.none() | number),
                least=draw(number),
                rooms=draw(st.dictionaries(st.sampled_from(("R1", "R2")), st.integers(0, 2))),
            )
        )  # fmt: skip
    dates = st.frozensets(st.sampled_from([each.on for each in days]))
    members = tuple(
        Member(
            f"account:{n}",
            draw(st.frozensets(st.sampled_from("ab"))),
            away=draw(dates) if draw(st.booleans()) else frozenset(),
            pinned=draw(dates) if draw(st.booleans()) else frozenset(),
            carried=draw(number),
            room=draw(st.sampled_from(("", "R1", "R2"))),
        )
        for n in range(draw(st.integers(0, 3)))
    )
    return _with_decisions(draw, Problem("U1", tuple(days), members))


def _with_decisions(draw: st.DrawFn, problem: Problem) -> Problem:
    if not problem.members:
        return problem
    cells = st.sampled_from([(m.key, d) for m in problem.members for d in problem.days])
    locks, published = [], set()
    for key, each in draw(st.lists(cells, max_size=2, unique_by=lambda c: (c[0], c[1].on))):
        shift = draw(st.sampled_from([None, *(span.name for span in each.shifts)]))
        counter = draw(st.sampled_from([None, "", *(need.counter for need in each.needs)]))
        locks.append(Lock(key, each.on, draw(st.booleans()), shift, counter))
    for key, each in draw(st.lists(cells, max_size=4, unique_by=lambda c: (c[0], c[1].on))):
        seats = [(span.name, "") for span in each.shifts]
        seats += [(need.shift, need.counter) for need in each.needs]
        published.add(Turn(each.on, *draw(st.sampled_from(seats)), key))
    frozen = draw(st.sampled_from([None, None, FIRST, on(1)]))
    return Problem(
        "U1", problem.days, problem.members, tuple(locks), frozenset(published), frozen,
        teams=draw(st.integers(0, 3)), block=draw(st.sampled_from(("day", "week", "fortnight"))),
    )  # fmt: skip
