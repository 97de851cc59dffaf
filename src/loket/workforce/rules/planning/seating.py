"""Who sits where: from a flow to seats, and from seats to turns."""

from __future__ import annotations

from collections import Counter

import numpy as np

from loket.workforce.rules.planning.arcs import Graph
from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.numbering import ints
from loket.workforce.rules.problem import Lacking, Shortage, Turn

NOWHERE = -1


def seated(graph: Graph, flow: Ints) -> Ints:
    """Return the seat of each member on each day; ``NOWHERE``: not in the office."""
    facts, blocks, numbers = graph.facts, graph.blocks, graph.numbers
    node = np.full(facts.sets_of.shape, NOWHERE, dtype=np.int64)
    is_in = flow[blocks.coming] > 0
    rows, columns = blocks.rows[is_in], blocks.columns[is_in]
    node[rows, columns] = numbers.classes + graph.classes.of[rows, columns]
    owner = graph.tail[blocks.keeping] - numbers.kept
    for arc in np.flatnonzero(flow[blocks.keeping]).tolist():
        d, i, _told = facts.kept[owner[arc]]
        node[i, d] = graph.head[blocks.keeping][arc]
    last = numbers.kept + len(facts.kept)
    _advance(graph, flow, node, blocks.choosing, (numbers.classes, numbers.kept))
    _advance(graph, flow, node, blocks.serving, (numbers.pools, numbers.classes))
    _advance(graph, flow, node, blocks.dealing, (last, numbers.nodes))
    return _seats(graph, node)


def _advance(
    graph: Graph, flow: Ints, node: Ints, block: slice, between: tuple[int, int]
) -> None:
    """Let all who are at certain nodes go on, as many by each arc as flow says."""
    rows, columns = np.nonzero((node >= between[0]) & (node < between[1]))
    order = np.lexsort((rows, node[rows, columns]))
    arcs = np.argsort(graph.tail[block], kind="stable")
    node[rows[order], columns[order]] = np.repeat(graph.head[block][arcs], flow[block][arcs])


def _seats(graph: Graph, node: Ints) -> Ints:
    """Return the seats for which nodes stand."""
    facts, numbers = graph.facts, graph.numbers
    needs = ints([len(layout.needs) for layout in facts.layouts])[facts.layout_of]
    width = ints([1 + len(layout.rooms) for layout in facts.layouts])[facts.layout_of]
    desks = needs + (node - numbers.desks) // width if node.size else node
    is_need = node < numbers.needs + needs if node.size else node < 0
    seats = np.where(is_need, node - numbers.needs, desks) if node.size else node
    return np.where(node == NOWHERE, NOWHERE, seats)


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
