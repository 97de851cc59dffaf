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
    facts, blocks = graph.facts, graph.blocks
    seats = np.full(facts.sets_of.shape, NOWHERE, dtype=np.int64)
    is_in = np.zeros(facts.sets_of.shape, dtype=bool)
    is_in[blocks.rows, blocks.columns] = flow[blocks.coming] > 0
    owners, kept = graph.tail[blocks.keeping] - graph.numbers.kept, _kept_seats(facts)
    for arc in np.flatnonzero(flow[blocks.keeping]).tolist():
        d, i, _told = facts.kept[owners[arc]]
        seats[i, d] = kept[arc]
        is_in[i, d] = False
    rows, columns = np.nonzero(is_in)
    classes = graph.classes.of[rows, columns]
    order = np.lexsort((rows, classes))
    rows, columns, classes = rows[order], columns[order], classes[order]
    # Within a class the first go to the pool and the rest to desks.
    target = _targets(graph, flow)
    seats[rows, columns] = target
    serving = target < 0
    pools = -1 - target[serving]
    rows, columns = rows[serving], columns[serving]
    order = np.lexsort((rows, pools))
    seats[rows[order], columns[order]] = np.repeat(blocks.need, flow[blocks.serving])
    return seats


def _targets(graph: Graph, flow: Ints) -> Ints:
    """Return where those of each class go, class by class: ``-1 - pool``, or a desk."""
    blocks, numbers = graph.blocks, graph.numbers
    choosing, sitting = flow[blocks.choosing], flow[blocks.sitting]
    pools = -1 - (graph.head[blocks.choosing] - numbers.pools)
    targets = np.concatenate([np.repeat(pools, choosing), np.repeat(blocks.desk, sitting)])
    owners = np.concatenate([
        np.repeat(graph.tail[blocks.choosing], choosing),
        np.repeat(graph.tail[blocks.sitting], sitting),
    ])  # fmt: skip
    return targets[np.argsort(owners, kind="stable")]


def _kept_seats(facts: Facts) -> list[int]:
    return [seat for _d, _i, seats in facts.kept for seat in seats]


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
