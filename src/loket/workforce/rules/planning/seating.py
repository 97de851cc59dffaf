"""Who sits where: from a flow to seats, and from seats to turns."""

from __future__ import annotations

from collections import Counter

import numpy as np

from loket.workforce.rules.planning.arcs import Graph
from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.numbering import ints, table
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
    return tuple(found)


def shortages(facts: Facts, seats: Ints) -> tuple[Shortage, ...]:
    """Return what the seats leave unmet."""
    found: list[Shortage] = []
    keys = [member.key for member in facts.problem.members]
    counted = lacking(facts, seats)
    present = (seats != NOWHERE).sum(axis=0)
    absent = facts.wanted & (seats == NOWHERE)
    for d in np.flatnonzero(absent.any(axis=0)).tolist():
        kinds: tuple[tuple[Lacking, Bools], ...] = (
            ("pinned", ~facts.locked[:, d]), ("lock", facts.locked[:, d]),
        )  # fmt: skip
        for kind, mask in kinds:
            who = tuple(keys[i] for i in np.flatnonzero(absent[:, d] & mask).tolist())
            if who:
                found.append(Shortage(facts.days[d].on, kind, "", "", len(who), who))
    for d, day in enumerate(facts.days):
        if present[d] < day.least:
            found.append(Shortage(day.on, "least", "", "", day.least - int(present[d])))
        missing: Counter[tuple[str, str]] = Counter()
        for k in np.flatnonzero(counted[d]).tolist():
            missing[day.needs[k].shift, day.needs[k].counter] += int(counted[d, k])
        found += [
            Shortage(day.on, "counter", shift, counter, people)
            for (shift, counter), people in missing.items()
        ]
    return tuple(sorted(found))


def lacking(facts: Facts, seats: Ints) -> Ints:
    """Return how many people are missing at each need of each live day."""
    people = table([[need.people for need in layout.needs] for layout in facts.layouts])
    needs = ints([len(layout.needs) for layout in facts.layouts])
    if not facts.days:
        return people[:0]
    rows, columns = np.nonzero((seats != NOWHERE) & (seats < needs[facts.layout_of]))
    width = people.shape[1]
    code = columns * width + seats[rows, columns]
    taken = np.bincount(code, minlength=len(facts.days) * width).reshape(-1, width)
    return people[facts.layout_of] - taken
