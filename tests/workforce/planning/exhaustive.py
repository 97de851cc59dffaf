"""Every roster there is, for problems so small that they can all be tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from loket.workforce.rules.problem import Day, Member, Problem, Span, Turn

Cell = tuple[str, str, int, str] | None
"""Shift, counter, number of the need (-1: a desk) and room."""


def least(problem: Problem, *, is_repair: bool) -> tuple[int, int, int, int]:
    """Return the best objective: pinned, uncovered, changes, unfairness."""
    live = [d for d in problem.days if not _is_frozen(problem, d)]
    by_day = [list(_days(problem, day)) for day in live]
    told = [turn.on for turn in problem.published]

    def worth(choice: tuple[dict[str, Cell], ...]) -> tuple[int, int, int, int]:
        pinned = uncovered = changed = 0
        come = Counter(
            turn.member
            for turn in problem.published
            if any(day.on == turn.on for day in problem.days if _is_frozen(problem, day))
        )
        for day, cells in zip(live, choice, strict=True):
            pinned += sum(
                _is_wanted(problem, m, day) and not cells[m.key] for m in problem.members
            )
            uncovered += _uncovered(day, cells)
            turns = {Turn(day.on, c[0], c[1], key) for key, c in cells.items() if c}
            if told and min(told) <= day.on <= max(told):
                changed += len(turns ^ {t for t in problem.published if t.on == day.on})
            come.update(key for key, cell in cells.items() if cell)
        unfair = sum((m.carried + come[m.key]) ** 2 for m in problem.members)
        return (pinned, uncovered, changed, unfair)

    def rank(w: tuple[int, int, int, int]) -> tuple[int, ...]:
        return w if is_repair else (w[0], w[1], w[3], w[2])

    return min((worth(choice) for choice in product(*by_day)), key=rank)


def _is_frozen(problem: Problem, day: Day) -> bool:
    return problem.frozen_before is not None and day.on < problem.frozen_before


def _locks(problem: Problem, member: Member, day: Day) -> list:
    return [k for k in problem.locks if (k.member, k.on) == (member.key, day.on)]


def _is_wanted(problem: Problem, member: Member, day: Day) -> bool:
    locks = _locks(problem, member, day)
    if any(not lock.is_in for lock in locks):
        return False
    return bool(locks) or (day.on in member.pinned and day.on not in member.away)


def _uncovered(day: Day, cells: dict[str, Cell]) -> int:
    at = Counter(cell[2] for cell in cells.values() if cell)
    present = sum(1 for cell in cells.values() if cell)
    return 10 * max(0, day.least - present) + sum(
        need.weight * (need.people - at[k]) for k, need in enumerate(day.needs)
    )


def _cells(problem: Problem, member: Member, day: Day) -> list[Cell]:
    if day.on in member.away:
        return [None]
    names = {span.name for span in day.shifts}
    found: list[Cell] = [
        (need.shift, need.counter, k, need.room)
        for k, need in enumerate(day.needs)
        if need.shift in names and (not need.skill or need.skill in member.skills)
    ]
    found += [(span.name, "", -1, member.room) for span in day.shifts]
    for lock in _locks(problem, member, day):
        found = [
            cell
            for cell in found
            if lock.is_in and lock.shift in {None, cell[0]} and lock.counter in {None, cell[1]}
        ]
    return [None, *found]


def _days(problem: Problem, day: Day) -> Iterator[dict[str, Cell]]:
    keys = [member.key for member in problem.members]
    for cells in product(*(_cells(problem, member, day) for member in problem.members)):
        if _holds(day, [cell for cell in cells if cell]):
            yield dict(zip(keys, cells, strict=True))


def _holds(day: Day, cells: list[Cell]) -> bool:
    at = Counter(cell[2] for cell in cells)
    if any(at[k] > need.people for k, need in enumerate(day.needs)):
        return False
    if day.most is not None and len(cells) > day.most:
        return False
    spans = {span.name: _minutes(span) for span in day.shifts}
    for moment, _end in spans.values():
        here = [c for c in cells if spans[c[0]][0] <= moment < spans[c[0]][1]]
        if day.most_at_once is not None and len(here) > day.most_at_once:
            return False
        rooms = Counter(cell[3] for cell in here)
        if any(rooms[room] > limit for room, limit in day.rooms.items()):
            return False
    return True


def _minutes(span: Span) -> tuple[int, int]:
    since, until = (t.hour * 60 + t.minute for t in (span.since, span.until))
    return since, until if until > since else until + 1440
