"""From seats back to a flow, and what the compact graph left out."""

from __future__ import annotations

import numpy as np

from loket.workforce.rules.planning import numbering
from loket.workforce.rules.planning.arcs import Graph
from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.numbering import ints
from loket.workforce.rules.planning.seating import NOWHERE


def filled(graph: Graph, seats: Ints) -> Ints:
    """Return the flow that these seats are in a whole graph."""
    flow = np.zeros(len(graph.tail), dtype=np.int64)
    blocks = graph.blocks
    is_in = seats != NOWHERE
    flow[blocks.coming] = is_in[blocks.rows, blocks.columns]
    row = graph.head[blocks.turning] - graph.numbers.members
    before = np.searchsorted(row, np.arange(len(seats)))
    flow[blocks.turning] = np.arange(len(row)) - before[row] < is_in.sum(axis=1)[row]
    stays = _keep(graph, seats, flow)
    _sit(graph, seats, flow, is_in & ~stays)
    for block in blocks.limits:
        arrived = np.bincount(graph.head, weights=flow, minlength=graph.numbers.nodes)
        flow[block] = arrived[graph.tail[block]]
    days = blocks.limits[-1]
    first, second = slice(days.start, days.stop, 2), slice(days.start + 1, days.stop, 2)
    flow[first] = np.minimum(flow[first], graph.capacity[first])
    flow[second] -= flow[first]
    return flow


def _keep(graph: Graph, seats: Ints, flow: Ints) -> Bools:
    """Fill the arcs of those who were told; return who keeps what they were told."""
    stays = np.zeros(seats.shape, dtype=bool)
    begin = graph.blocks.keeping.start
    for at, (d, i, told) in enumerate(graph.facts.kept):
        seat = int(seats[i, d])
        if seat in told:
            stays[i, d] = True
            flow[begin + told.index(seat)] = 1
        elif seat != NOWHERE:
            flow[graph.blocks.moving.start + at] = 1
        begin += len(told)
    return stays


def _sit(graph: Graph, seats: Ints, flow: Ints, which: Bools) -> None:
    """Fill the arcs from classes and pools to seats."""
    facts, numbers = graph.facts, graph.numbers
    rows, columns = np.nonzero(which)
    seat = seats[rows, columns]
    layout = facts.layout_of[columns] if len(columns) else columns
    needs = ints([len(one.needs) for one in facts.layouts])[layout] if len(layout) else layout
    width = (
        ints([1 + len(one.rooms) for one in facts.layouts])[layout] if len(layout) else layout
    )
    serves = seat < needs
    room = facts.rooms_of[rows, layout]
    desk = numbers.desks[columns] + (seat - needs) * width + 1 + room
    place = np.where(serves, numbers.needs[columns] + seat, desk)
    pool = numbers.pools + graph.pools.of[rows, columns]
    owner = numbers.classes + graph.classes.of[rows, columns]
    _count(graph, flow, graph.blocks.choosing, owner, np.where(serves, pool, place))
    _count(graph, flow, graph.blocks.serving, pool[serves], place[serves])


def _count(graph: Graph, flow: Ints, block: slice, tail: Ints, head: Ints) -> None:
    """Fill arcs of a block with as many as go their way."""
    keys = graph.tail[block] * graph.numbers.nodes + graph.head[block]
    order = np.argsort(keys)
    ways, count = np.unique(tail * graph.numbers.nodes + head, return_counts=True)
    flow[block.start + order[np.searchsorted(keys, ways, sorter=order)]] = count


def overflowing(facts: Facts, seats: Ints) -> Bools:
    """Return the live days on which a room holds more people than it may."""
    found = np.zeros(len(facts.days), dtype=bool)
    for at, layout in enumerate(facts.layouts):
        days = np.flatnonzero(facts.layout_of == at)
        if not layout.rooms or not len(days):
            continue
        place = {room: n for n, room in enumerate(layout.rooms)}
        of_need = [place.get(need.room, -1) for need in layout.needs]
        of_seat = ints(of_need + [-1] * len(layout.shifts))
        shifts = [layout.shift_of(seat) for seat in range(len(of_seat))]
        cluster = ints([layout.cluster_of.get(shift, 0) for shift in shifts])
        rows, columns = np.nonzero(seats[:, days] != NOWHERE)
        seat = seats[rows, days[columns]]
        room = np.where(seat < len(layout.needs), of_seat[seat], facts.rooms_of[rows, at])
        width, count = len(layout.rooms), len(layout.clusters) * len(layout.rooms)
        code = (columns * count + cluster[seat] * width + room)[room >= 0]
        used = np.bincount(code, minlength=len(days) * count).reshape(len(days), -1, width)
        live = [facts.days[d].rooms for d in days.tolist()]
        holds = numbering.table([[rooms[room] for room in layout.rooms] for rooms in live])
        found[days] |= (used > holds[:, None, :]).any(axis=(1, 2))
    return found
