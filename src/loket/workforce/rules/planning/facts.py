"""A problem as arrays: who could take which seats on which day, and what they were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

import numpy as np
import numpy.typing as npt

from loket.workforce.rules.planning.layouts import Layout, Seats, laid_out
from loket.workforce.rules.problem import Day, Lock, Problem, Turn

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Facts:
    """Rows are members, columns live days."""

    problem: Problem
    days: tuple[Day, ...]
    """Days that can still be decided."""
    layouts: tuple[Layout, ...]
    layout_of: Ints
    """Day to layout."""
    sets: tuple[Seats, ...]
    """The distinct sets of seats that somebody may take."""
    sets_of: Ints
    """Member and day to a set of seats; -1: cannot come."""
    rooms_of: Ints
    """Member and layout to the place of their own room among those with a limit; -1: none."""
    wanted: Bools
    """Pinned or locked in."""
    locked: Bools
    """Locked in."""
    start: Ints
    """Carried turns, and those on days that are past."""
    is_told: Bools
    """Day: whether people were told anything about it."""
    kept: tuple[tuple[int, int, tuple[int, ...]], ...]
    """Day, member, and the seats that keep what they were told; in this order."""
    told: int
    """How many turns people were told of on those days."""
    past: tuple[Turn, ...]
    """Turns that stay as they were published."""

    def layout(self, day: int) -> Layout:
        """Return how a day looks."""
        return self.layouts[int(self.layout_of[day])]


def read(problem: Problem, *, is_joined: bool) -> Facts:
    """Bring a problem into arrays."""
    live, past = _live(problem)
    layouts, layout_of = _layouts(live, is_joined=is_joined)
    column = {day.on: d for d, day in enumerate(live)}
    row = {member.key: i for i, member in enumerate(problem.members)}
    numbered: dict[Seats, int] = {}
    sets_of = _free_sets(problem, layouts, layout_of, numbered)
    wanted = np.zeros(sets_of.shape, dtype=bool)
    for i, member in enumerate(problem.members):
        _mark(wanted, i, (column[on] for on in member.pinned & column.keys()), value=True)
        away = [column[on] for on in member.away & column.keys()]
        _mark(wanted, i, away, value=False)
        sets_of[i, away] = -1
    locked = np.zeros(sets_of.shape, dtype=bool)
    found = Facts(
        problem=problem, days=live, layouts=layouts, layout_of=layout_of, sets=(),
        sets_of=sets_of, rooms_of=_rooms(problem, layouts), wanted=wanted, locked=locked,
        start=_start(problem, row, past),
        is_told=np.zeros(len(live), dtype=bool), kept=(), told=0, past=past,
    )  # fmt: skip
    _lock(found, numbered, row, column)
    return _with_told(found, tuple(numbered), row, column)


def _live(problem: Problem) -> tuple[tuple[Day, ...], tuple[Turn, ...]]:
    before = problem.frozen_before
    if before is None:
        return problem.days, ()
    frozen = {day.on for day in problem.days if day.on < before}
    past = tuple(sorted(turn for turn in problem.published if turn.on in frozen))
    return tuple(day for day in problem.days if day.on not in frozen), past


def _layouts(days: Iterable[Day], *, is_joined: bool) -> tuple[tuple[Layout, ...], Ints]:
    """Return the distinct layouts, and which each day has."""
    seen: dict[object, int] = {}
    layouts: list[Layout] = []
    found = []
    for day in days:
        # Days mostly share the same tuples; then it is not needed to compare what is in them.
        same = (id(day.shifts), id(day.needs), *sorted(day.rooms))
        if same not in seen:
            looks = (day.shifts, day.needs, tuple(sorted(day.rooms)))
            if looks not in seen:
                seen[looks] = len(layouts)
                layouts.append(laid_out(day, is_joined=is_joined))
            seen[same] = seen[looks]
        found.append(seen[same])
    return tuple(layouts), np.array(found, dtype=np.int64)


def _free_sets(
    problem: Problem,
    layouts: tuple[Layout, ...],
    layout_of: Ints,
    numbered: dict[Seats, int],
) -> Ints:
    """Return what each member may take on each day if present, before what is decided."""
    by_layout = np.full((len(problem.members), len(layouts)), -1, dtype=np.int64)
    for at, layout in enumerate(layouts):
        relevant = {need.skill for need in layout.needs}
        known: dict[frozenset[str], int] = {}
        for i, member in enumerate(problem.members):
            key = member.skills & relevant
            if key not in known:
                known[key] = _number(layout.seats_for(key), numbered)
            by_layout[i, at] = known[key]
    return by_layout[:, layout_of]


def _rooms(problem: Problem, layouts: tuple[Layout, ...]) -> Ints:
    places = [{room: at for at, room in enumerate(layout.rooms)} for layout in layouts]
    found = [[at.get(member.room, -1) for at in places] for member in problem.members]
    return np.array(found, dtype=np.int64).reshape(len(problem.members), len(layouts))


def _number(seats: Seats, numbered: dict[Seats, int]) -> int:
    """Return the number of a set of seats; -1: it is empty."""
    return numbered.setdefault(seats, len(numbered)) if any(seats) else -1


def _mark(table: Bools, i: int, days: Iterable[int], *, value: bool) -> None:
    table[i, list(days)] = value


def _start(problem: Problem, row: dict[str, int], past: tuple[Turn, ...]) -> Ints:
    start = np.array([member.carried for member in problem.members], dtype=np.int64)
    for turn in past:
        if turn.member in row:
            start[row[turn.member]] += 1
    return start


def _lock(
    facts: Facts,
    numbered: dict[Seats, int],
    row: dict[str, int],
    column: dict[date, int],
) -> None:
    """Leave to those about whom something was decided by hand only what that allows."""
    by_cell: dict[tuple[int, int], list[Lock]] = defaultdict(list)
    for lock in facts.problem.locks:
        if lock.member in row and lock.on in column:
            by_cell[row[lock.member], column[lock.on]].append(lock)
    seats_of = list(numbered)
    for (i, d), locks in by_cell.items():
        is_in = all(lock.is_in for lock in locks)
        facts.wanted[i, d] = facts.locked[i, d] = is_in
        if facts.sets_of[i, d] >= 0:
            seats = facts.layout(d).allowed(seats_of[facts.sets_of[i, d]], locks)
            facts.sets_of[i, d] = _number(seats, numbered)
            seats_of = list(numbered) if len(numbered) > len(seats_of) else seats_of


def _with_told(
    facts: Facts,
    sets: tuple[Seats, ...],
    row: dict[str, int],
    column: dict[date, int],
) -> Facts:
    """Add what was published about days that can still be decided."""
    published = facts.problem.published
    if not published:
        return replace(facts, sets=sets)
    first, last = (edge(turn.on for turn in published) for edge in (min, max))
    by_cell: dict[tuple[int, int], list[Turn]] = defaultdict(list)
    told = 0
    for turn in published:
        if turn.on in column:
            told += 1
            if turn.member in row:
                by_cell[column[turn.on], row[turn.member]].append(turn)
    kept = []
    for (d, i), turns in sorted(by_cell.items()):
        if facts.sets_of[i, d] >= 0:
            seats = facts.layout(d).told(chain(*sets[facts.sets_of[i, d]]), turns)
            if seats:
                kept.append((d, i, seats))
    is_told = np.array([first <= day.on <= last for day in facts.days], dtype=bool)
    return replace(facts, sets=sets, is_told=is_told, kept=tuple(kept), told=told)
