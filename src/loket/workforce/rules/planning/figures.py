"""What a roster is worth, counted from its seats alone."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.graphs import LEAST_WEIGHS
from loket.workforce.rules.planning.layouts import bounds
from loket.workforce.rules.planning.numbering import ints, table
from loket.workforce.rules.planning.seating import NOWHERE, lacking
from loket.workforce.rules.problem import Day, Objective, Problem, Turn

LONGEST_RUN = 5
WINDOW_DAYS = 14
NEVER = -10_000


def objective(facts: Facts, seats: Ints, *, is_repair: bool) -> Objective:
    """Count each level of what is minimised."""
    is_in = seats != NOWHERE
    weights = table([[need.weight for need in layout.needs] for layout in facts.layouts])
    least = ints([day.least for day in facts.days]) - is_in.sum(axis=0)
    uncovered = LEAST_WEIGHS * int(np.maximum(least, 0).sum())
    if facts.days:
        uncovered += int((weights[facts.layout_of] * lacking(facts, seats)).sum())
    return Objective(
        pinned=int((facts.wanted & ~is_in).sum()),
        uncovered=uncovered,
        changes=changes(facts, seats),
        unfairness=int(((facts.start + is_in.sum(axis=1)) ** 2).sum()),
        is_stability_first=is_repair,
    )


def changes(facts: Facts, seats: Ints) -> int:
    """Count the turns that differ from what people were told."""
    kept = sum(int(seats[i, d]) in told for d, i, told in facts.kept)
    come = int((seats[:, facts.is_told] != NOWHERE).sum())
    return facts.told - kept + come - kept


def presence(problem: Problem, turns: tuple[Turn, ...]) -> Bools:
    """Return who comes on which day of the problem, past days among them."""
    row = {member.key: i for i, member in enumerate(problem.members)}
    column = {day.on: d for d, day in enumerate(problem.days)}
    found = np.zeros((len(row), len(column)), dtype=bool)
    for turn in turns:
        if turn.member in row and turn.on in column:
            found[row[turn.member], column[turn.on]] = True
    return found


def long_runs(is_in: Bools) -> int:
    """Count windows in which somebody comes on more than five working days in a row."""
    size = LONGEST_RUN + 1
    if is_in.shape[1] < size or not len(is_in):
        return 0
    windows = np.lib.stride_tricks.sliding_window_view(is_in, size, axis=1)
    return int(windows.all(axis=2).sum())


def contacts(problem: Problem, turns: tuple[Turn, ...]) -> float:
    """Return how many distinct colleagues were met in the trailing 14 days, on the mean.

    Met is who was in the same room at the same moment; where no room is known, in the unit.
    """
    count = len(problem.members)
    if not count or not problem.days:
        return 0.0
    row = {member.key: i for i, member in enumerate(problem.members)}
    by_day: dict[object, list[Turn]] = defaultdict(list)
    for turn in turns:
        if turn.member in row:
            by_day[turn.on].append(turn)
    first = problem.days[0].on
    last_met = np.full((count, count), NEVER, dtype=np.int16)
    met = 0
    for day in problem.days:
        at = (day.on - first).days
        for some, others in _meetings(problem, day, by_day[day.on], row):
            last_met[ints(some)[:, None], others] = at
            last_met[ints(others)[:, None], some] = at
        np.fill_diagonal(last_met, NEVER)
        met += int(np.count_nonzero(last_met > at - WINDOW_DAYS))
    return met / (count * len(problem.days))


def _meetings(
    problem: Problem, day: Day, turns: list[Turn], row: dict[str, int]
) -> list[tuple[list[int], list[int]]]:
    """Return groups of members that met each other on a day."""
    room_at = {(need.shift, need.counter): need.room for need in day.needs}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for turn in turns:
        member = row[turn.member]
        room = problem.members[member].room
        room = room_at.get((turn.shift, turn.counter), room) if turn.counter else room
        groups[room, turn.shift].append(member)
    spans = {span.name: bounds(span) for span in day.shifts}
    found = []
    for (room, shift), some in groups.items():
        for (other_room, other), others in groups.items():
            if room == other_room and shift <= other and _overlap(spans, shift, other):
                found.append((some, others))
    return found


def _overlap(spans: dict[str, tuple[int, int]], one: str, other: str) -> bool:
    if one == other or one not in spans or other not in spans:
        return one == other
    return spans[one][0] < spans[other][1] and spans[other][0] < spans[one][1]
