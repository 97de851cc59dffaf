"""Who sits where: from a flow to seats, and from seats to turns."""

from __future__ import annotations

from collections import Counter

import numpy as np

from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.graphs import Graph
from loket.workforce.rules.problem import Lacking, Shortage, Turn

NOWHERE = -1


def seated(graph: Graph, flow: Ints) -> Ints:
    """Return the seat of each member on each day; ``NOWHERE``: not in the office."""
    facts = graph.facts
    rows, columns = graph.coming_of
    is_in = flow[graph.coming] > 0
    seats = np.full(facts.sets_of.shape, NOWHERE, dtype=np.int64)
    target = graph.head[graph.coming].copy()
    _keep(graph, flow, seats, target, is_in)
    moved = is_in & (seats[rows, columns] == NOWHERE)
    # Arcs to seats lie class by class, so that both lists of a class have the same length.
    order = np.lexsort((rows[moved], target[moved]))
    taken = np.repeat(_local_seats(graph), flow[graph.seating])
    seats[rows[moved][order], columns[moved][order]] = taken
    return seats


def _keep(graph: Graph, flow: Ints, seats: Ints, target: Ints, is_in: Bools) -> None:
    """Seat those who keep what they were told, and send the others of them to their class."""
    facts = graph.facts
    if not facts.kept:
        return
    at = graph.tail[graph.keeping] - graph.numbers.kept
    local = [seat for _d, _i, kept in facts.kept for seat in kept]
    for arc in np.flatnonzero(flow[graph.keeping]):
        d, i, _kept = facts.kept[int(at[arc])]
        seats[i, d] = local[int(arc)]
    told = np.flatnonzero(is_in & (target >= graph.numbers.kept))
    begin = graph.keeping.start - len(facts.kept)
    target[told] = graph.head[begin + target[told] - graph.numbers.kept]


def _local_seats(graph: Graph) -> Ints:
    """Return the number within its day of the seat at the end of each arc to one."""
    facts = graph.facts
    return np.array(
        [seat for at in graph.class_set for seat in facts.sets[int(at)]], dtype=np.int64
    )


def turns(facts: Facts, seats: Ints) -> tuple[Turn, ...]:
    """Return all turns in order, those of the past among them."""
    found = list(facts.past)
    keys = [member.key for member in facts.problem.members]
    for d, day in enumerate(facts.days):
        layout = facts.layout(d)
        column = seats[:, d]
        rows = np.flatnonzero(column != NOWHERE)
        places = {seat: layout.turn_at(seat) for seat in np.unique(column[rows]).tolist()}
        placed = zip(column[rows].tolist(), rows.tolist(), strict=True)
        here = sorted((*places[seat], keys[row]) for seat, row in placed)
        found += [Turn(day.on, shift, counter, key) for shift, counter, key in here]
    found.sort(key=lambda turn: turn.on)
    return tuple(found)


def shortages(facts: Facts, seats: Ints) -> tuple[Shortage, ...]:
    """Return what the seats leave unmet."""
    found: list[Shortage] = []
    keys = [member.key for member in facts.problem.members]
    for d, day in enumerate(facts.days):
        column = seats[:, d]
        absent = facts.wanted[:, d] & (column == NOWHERE)
        kinds: tuple[tuple[Lacking, Bools], ...] = (
            ("pinned", ~facts.locked[:, d]), ("lock", facts.locked[:, d]),
        )  # fmt: skip
        for kind, mask in kinds:
            who = tuple(keys[i] for i in np.flatnonzero(absent & mask).tolist())
            if who:
                found.append(Shortage(day.on, kind, "", "", len(who), who))
        present = int((column != NOWHERE).sum())
        if present < day.least:
            found.append(Shortage(day.on, "least", "", "", day.least - present))
        missing: Counter[tuple[str, str]] = Counter()
        taken = np.bincount(column[column >= 0], minlength=len(day.needs)).tolist()
        for k, need in enumerate(day.needs):
            missing[need.shift, need.counter] += max(0, need.people) - taken[k]
        found += [
            Shortage(day.on, "counter", shift, counter, people)
            for (shift, counter), people in missing.items()
            if people > 0
        ]
    return tuple(sorted(found))
