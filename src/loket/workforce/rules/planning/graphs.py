"""The circulation of a problem, numbered as ``certificates`` says."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from loket.workforce.rules.planning import numbering
from loket.workforce.rules.planning.facts import Facts, Ints
from loket.workforce.rules.planning.layouts import Layout
from loket.workforce.rules.planning.numbering import Choices, Kinds, Numbers, ints

LEAST_WEIGHS = 10
LEVELS = ("pinned", "uncovered", "changes", "unfairness")


@dataclass(frozen=True)
class Blocks:
    """Where the arcs lie that say who comes, and where they sit."""

    coming: slice
    """From members to days on which they come."""
    rows: Ints
    columns: Ints
    """Member and day of each of those."""
    moving: slice
    """From members who were told to their class; as in ``Facts.kept``."""
    keeping: slice
    """From members who were told to the seats they were told."""
    choosing: slice
    """From classes to pools."""
    sitting: slice
    """From classes to desks."""
    desk: Ints
    """The seat of each of those within its day."""
    serving: slice
    """From pools to needs."""
    need: Ints
    """The seat of each of those within its day."""


@dataclass(frozen=True)
class Graph:
    """Arcs in blocks; costs are by level."""

    facts: Facts
    numbers: Numbers
    classes: Kinds
    tail: Ints
    head: Ints
    capacity: Ints
    costs: dict[str, Ints]
    constants: dict[str, int]
    blocks: Blocks


@dataclass
class _Arcs:
    """Blocks of arcs until they are put together."""

    facts: Facts
    numbers: Numbers
    count: int = 0
    blocks: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    costs: dict[str, list[tuple[int, Ints]]] = field(
        default_factory=lambda: {level: [] for level in LEVELS}
    )

    def add(self, tail: Ints, head: Ints, capacity: Ints, **costs: Ints) -> slice:
        """Add a block and return where it lies."""
        begin = self.count
        self.blocks.append((tail, head, capacity))
        self.count += len(tail)
        for level, cost in costs.items():
            self.costs[level].append((begin, cost))
        return slice(begin, self.count)

    def cost(self, level: str) -> Ints:
        """Return the cost of all arcs on one level."""
        found = np.zeros(self.count, dtype=np.int64)
        for begin, cost in self.costs[level]:
            found[begin : begin + len(cost)] = cost
        return found

    def joined(self, part: int) -> Ints:
        """Return tails, heads or capacities of all arcs."""
        return np.concatenate([np.asarray(b[part], dtype=np.int64) for b in self.blocks])


def build(facts: Facts) -> Graph:
    """Write a problem as a circulation."""
    chosen = numbering.choices(facts)
    classes = numbering.kinds(facts.sets_of)
    if facts.sets:
        pools = numbering.kinds(np.where(facts.sets_of < 0, -1, chosen.pool_of[facts.sets_of]))
    else:
        pools = classes
    numbers = numbering.numbers(facts, len(pools.day), len(classes.day))
    arcs = _Arcs(facts, numbers)
    _turns(arcs)
    blocks = Blocks(
        **_coming(arcs, classes), **_keeping(arcs, classes),
        **_seating(arcs, chosen, classes, pools),
    )  # fmt: skip
    for at, layout in enumerate(facts.layouts):
        _places(arcs, layout, np.flatnonzero(facts.layout_of == at))
    _limits(arcs)
    return Graph(
        facts=facts, numbers=numbers, classes=classes, blocks=blocks,
        tail=arcs.joined(0), head=arcs.joined(1), capacity=arcs.joined(2),
        costs={level: arcs.cost(level) for level in LEVELS}, constants=_constants(facts),
    )  # fmt: skip


def _turns(arcs: _Arcs) -> None:
    """Let each member come once more and once more, at a growing price."""
    count = (arcs.facts.sets_of >= 0).sum(axis=1)
    rows = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count) + 1
    arcs.add(
        np.zeros_like(rows),
        arcs.numbers.members + rows,
        np.ones_like(rows),
        unfairness=2 * (arcs.facts.start[rows] + nth) - 1,
    )


def _coming(arcs: _Arcs, classes: Kinds) -> dict[str, slice | Ints]:
    """Let each member come on a day, to their class or to what they were told."""
    facts, numbers = arcs.facts, arcs.numbers
    rows, columns = np.nonzero(classes.of >= 0)
    heads = numbers.classes + classes.of
    changes = np.broadcast_to(facts.is_told, classes.of.shape).astype(np.int64)
    for at, (d, i, _seats) in enumerate(facts.kept):
        heads[i, d] = numbers.kept + at
        changes[i, d] = 0
    coming = arcs.add(
        numbers.members + rows,
        heads[rows, columns],
        np.ones_like(rows),
        pinned=-facts.wanted[rows, columns].astype(np.int64),
        changes=changes[rows, columns],
    )
    return {"coming": coming, "rows": rows, "columns": columns}


def _keeping(arcs: _Arcs, classes: Kinds) -> dict[str, slice]:
    """Let members keep what they were told, or not."""
    facts, numbers = arcs.facts, arcs.numbers
    tails = numbers.kept + np.arange(len(facts.kept))
    heads = ints([numbers.classes + int(classes.of[i, d]) for d, i, _seats in facts.kept])
    ones = np.ones_like(tails)
    moving = arcs.add(tails, heads, ones, changes=ones)
    owner, seats = numbering.spread(
        np.arange(len(facts.kept)), [seats for _d, _i, seats in facts.kept]
    )
    days = ints([d for d, _i, _seats in facts.kept])
    ones = np.ones_like(owner)
    heads = _seat_nodes(arcs, days[owner], seats)
    return {
        "moving": moving,
        "keeping": arcs.add(numbers.kept + owner, heads, ones, changes=-ones),
    }


def _seat_nodes(arcs: _Arcs, days: Ints, seats: Ints) -> Ints:
    """Return the nodes of seats on days."""
    facts, numbers = arcs.facts, arcs.numbers
    if not len(days):
        return days
    needs = ints([len(layout.needs) for layout in facts.layouts])[facts.layout_of][days]
    return np.where(seats < needs, numbers.needs[days], numbers.desks[days] - needs) + seats


def _seating(
    arcs: _Arcs, chosen: Choices, classes: Kinds, pools: Kinds
) -> dict[str, slice | Ints]:
    """Let each class serve with its pool, or take a desk."""
    facts, numbers = arcs.facts, arcs.numbers
    has = np.zeros(len(classes.day), dtype=bool)
    pool = np.zeros(len(classes.day), dtype=np.int64)
    rows, columns = np.nonzero(pools.of >= 0)
    pool[classes.of[rows, columns]] = pools.of[rows, columns]
    has[classes.of[rows, columns]] = True
    owner = np.flatnonzero(has)
    choosing = arcs.add(
        numbers.classes + owner, numbers.pools + pool[owner], classes.size[owner]
    )
    owner, desk = numbering.spread(classes.choice, chosen.desks)
    heads = _seat_nodes(arcs, classes.day[owner], desk)
    sitting = arcs.add(numbers.classes + owner, heads, classes.size[owner])
    owner, need = numbering.spread(pools.choice, chosen.pools)
    days = pools.day[owner]
    people = numbering.table([[n.people for n in layout.needs] for layout in facts.layouts])
    serving = arcs.add(
        numbers.pools + owner,
        _seat_nodes(arcs, days, need),
        np.minimum(pools.size[owner], people[facts.layout_of[days], need]),
    )
    return {
        "choosing": choosing, "sitting": sitting, "desk": desk, "serving": serving, "need": need,
    }  # fmt: skip


def _places(arcs: _Arcs, layout: Layout, days: Ints) -> None:
    """Lead from the seats of days that look alike to rooms, and on to their clusters."""
    numbers = arcs.numbers
    everybody = len(arcs.facts.problem.members)
    needs = [k for k in range(len(layout.needs)) if layout.placed(k)[0] >= 0]
    desks = range(len(layout.needs), len(layout.needs) + layout.desks)
    own = (desks, numbers.desks - len(layout.needs))
    for seats, begin in ((needs, numbers.needs), own):
        tails = begin[days][:, None] + ints(seats)
        places = [layout.placed(seat) for seat in seats]
        cluster = ints([layout.cluster_of[shift] for shift, _room in places])
        room = ints([at for _shift, at in places])
        heads = np.where(
            room >= 0,
            numbers.rooms[days][:, None] + cluster * len(layout.rooms) + room,
            numbers.clusters[days][:, None] + cluster,
        )
        of = [layout.needs[s] if s < len(layout.needs) else None for s in seats]
        people = ints([everybody if need is None else need.people for need in of])
        weigh = ints([0 if need is None else need.weight for need in of])
        arcs.add(
            tails.ravel(), heads.ravel(), np.tile(people, len(days)),
            uncovered=np.tile(-weigh, len(days)),
        )  # fmt: skip


def _limits(arcs: _Arcs) -> None:
    """Lead through the limits of rooms, of moments and of days, back to the hub."""
    facts, numbers = arcs.facts, arcs.numbers
    everybody = len(facts.problem.members)
    rooms: list[tuple[int, int, int]] = []
    clusters: list[tuple[int, int, int]] = []
    days: list[tuple[int, int, int]] = []
    for d, day in enumerate(facts.days):
        layout = facts.layout(d)
        at_once = everybody if day.most_at_once is None else day.most_at_once
        holds = [day.rooms[name] for name in layout.rooms]
        for c in range(len(layout.clusters)):
            cluster = int(numbers.clusters[d]) + c
            clusters.append((cluster, numbers.days + d, at_once))
            begin = int(numbers.rooms[d]) + c * len(holds)
            rooms += [(begin + r, cluster, limit) for r, limit in enumerate(holds)]
        most = everybody if day.most is None else day.most
        first = min(day.least, most)
        days += [(numbers.days + d, 0, first), (numbers.days + d, 0, most - first)]
    for block in (rooms, clusters):
        arcs.add(*_columns(block))
    weigh = np.tile(ints([-LEAST_WEIGHS, 0]), len(facts.days))
    arcs.add(*_columns(days), uncovered=weigh)


def _columns(rows: list[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    found = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return found[:, 0], found[:, 1], found[:, 2]


def _constants(facts: Facts) -> dict[str, int]:
    """Return what the objective is when nobody comes."""
    return {
        "pinned": int(facts.wanted.sum()),
        "uncovered": sum(
            LEAST_WEIGHS * day.least + sum(need.weight * need.people for need in day.needs)
            for day in facts.days
        ),
        "changes": facts.told,
        "unfairness": int((facts.start**2).sum()),
    }
