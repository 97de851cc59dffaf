"""The circulation of a problem, numbered as ``certificates`` says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from loket.workforce.rules.planning.facts import Facts, Ints
from loket.workforce.rules.planning.layouts import Layout

LEAST_WEIGHS = 10
LEVELS = ("pinned", "uncovered", "changes", "unfairness")


@dataclass(frozen=True)
class Numbers:
    """Where the nodes of each kind begin; arrays are by day."""

    members: int
    days: int
    clusters: Ints
    rooms: Ints
    needs: Ints
    desks: Ints
    classes: int
    kept: int
    nodes: int


@dataclass(frozen=True)
class Graph:
    """Arcs in blocks; costs are by level."""

    facts: Facts
    numbers: Numbers
    tail: Ints
    head: Ints
    capacity: Ints
    costs: dict[str, Ints]
    constants: dict[str, int]
    class_day: Ints
    """Class to day."""
    class_set: Ints
    """Class to set of seats."""
    coming: slice
    """Arcs by which members come on days."""
    coming_of: tuple[Ints, Ints]
    """Member and day of each of those."""
    seating: slice
    """Arcs from classes to seats."""
    keeping: slice
    """Arcs from members who were told to the seats they were told."""


@dataclass
class _Arcs:
    """Blocks of arcs until they are put together."""

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
    class_of, class_day, class_set = _classes(facts)
    numbers = _numbers(facts, len(class_day))
    arcs = _Arcs()
    _turns(arcs, facts, numbers)
    coming, rows, columns = _coming(arcs, facts, numbers, class_of)
    keeping = _keeping(arcs, facts, numbers, class_of)
    seating = _seating(arcs, facts, numbers, (class_of, class_day, class_set))
    for at, layout in enumerate(facts.layouts):
        _places(arcs, facts, numbers, layout, np.flatnonzero(facts.layout_of == at))
    _limits(arcs, facts, numbers)
    return Graph(
        facts=facts, numbers=numbers,
        tail=arcs.joined(0), head=arcs.joined(1), capacity=arcs.joined(2),
        costs={level: arcs.cost(level) for level in LEVELS}, constants=_constants(facts),
        class_day=class_day, class_set=class_set,
        coming=coming, coming_of=(rows, columns), seating=seating, keeping=keeping,
    )  # fmt: skip


def _classes(facts: Facts) -> tuple[Ints, Ints, Ints]:
    """Return the class of each member and day (-1: none), and day and set of each class."""
    by_day = facts.sets_of.T
    codes = np.where(
        by_day >= 0, np.arange(len(facts.days))[:, None] * len(facts.sets) + by_day, -1
    )
    found, first, inverse = np.unique(codes.ravel(), return_index=True, return_inverse=True)
    is_real = found >= 0
    order = np.argsort(np.where(is_real, first, codes.size), kind="stable")
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(len(found))
    rank[~is_real] = -1
    found = found[order][: int(is_real.sum())]
    count = max(1, len(facts.sets))
    return rank[inverse].reshape(codes.shape).T, found // count, found % count


def _numbers(facts: Facts, classes: int) -> Numbers:
    """Number the nodes."""

    def starts(begin: int, sizes: Sequence[int]) -> tuple[Ints, int]:
        by_day = np.array(sizes, dtype=np.int64)[facts.layout_of] if sizes else facts.layout_of
        return begin + np.cumsum(by_day) - by_day, begin + int(by_day.sum())

    members, days = len(facts.problem.members), len(facts.days)
    of = facts.layouts
    clusters, end = starts(1 + members + days, [len(x.clusters) for x in of])
    rooms, end = starts(end, [len(x.clusters) * len(x.rooms) for x in of])
    needs, end = starts(end, [len(x.needs) for x in of])
    desks, end = starts(end, [x.desks for x in of])
    kept = end + classes
    return Numbers(
        members=1, days=1 + members, clusters=clusters, rooms=rooms, needs=needs, desks=desks,
        classes=end, kept=kept, nodes=kept + len(facts.kept),
    )  # fmt: skip


def _turns(arcs: _Arcs, facts: Facts, numbers: Numbers) -> None:
    """Let each member come once more and once more, at a growing price."""
    count = (facts.sets_of >= 0).sum(axis=1)
    rows = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count) + 1
    arcs.add(
        np.zeros_like(rows),
        numbers.members + rows,
        np.ones_like(rows),
        unfairness=2 * (facts.start[rows] + nth) - 1,
    )


def _coming(
    arcs: _Arcs, facts: Facts, numbers: Numbers, class_of: Ints
) -> tuple[slice, Ints, Ints]:
    """Let each member come on a day, to their class or to what they were told."""
    rows, columns = np.nonzero(class_of >= 0)
    heads = numbers.classes + class_of
    changes = np.broadcast_to(facts.is_told, class_of.shape).astype(np.int64)
    for at, (d, i, _seats) in enumerate(facts.kept):
        heads[i, d] = numbers.kept + at
        changes[i, d] = 0
    found = arcs.add(
        numbers.members + rows,
        heads[rows, columns],
        np.ones_like(rows),
        pinned=-facts.wanted[rows, columns].astype(np.int64),
        changes=changes[rows, columns],
    )
    return found, rows, columns


def _keeping(arcs: _Arcs, facts: Facts, numbers: Numbers, class_of: Ints) -> slice:
    """Let members keep what they were told, or not."""
    tails, heads = [], []
    for at, (d, i, _seats) in enumerate(facts.kept):
        tails.append(numbers.kept + at)
        heads.append(numbers.classes + int(class_of[i, d]))
    arcs.add(_ints(tails), _ints(heads), _ones(tails), changes=_ones(tails))
    tails, heads = [], []
    for at, (d, _i, seats) in enumerate(facts.kept):
        tails += [numbers.kept + at] * len(seats)
        heads += [_seat(facts, numbers, d, seat) for seat in seats]
    return arcs.add(_ints(tails), _ints(heads), _ones(tails), changes=-_ones(tails))


def _seat(facts: Facts, numbers: Numbers, day: int, seat: int) -> int:
    needs = len(facts.layout(day).needs)
    if seat < needs:
        return int(numbers.needs[day]) + seat
    return int(numbers.desks[day]) + seat - needs


def _seating(
    arcs: _Arcs, facts: Facts, numbers: Numbers, classes: tuple[Ints, Ints, Ints]
) -> slice:
    """Let each class take its seats."""
    class_of, day, sets = classes
    size = np.bincount(class_of[class_of >= 0], minlength=len(day))
    lengths = _ints([len(seats) for seats in facts.sets])
    flat = _ints([seat for seats in facts.sets for seat in seats])
    begins = np.cumsum(lengths) - lengths
    count = lengths[sets]
    owner = np.repeat(np.arange(len(day)), count)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    seats, at = flat[begins[sets[owner]] + within], day[owner]
    needs = _ints([len(layout.needs) for layout in facts.layouts])[facts.layout_of][at]
    people = _table([[need.people for need in layout.needs] for layout in facts.layouts])
    is_need = seats < needs
    column = np.where(is_need, seats, 0)
    room = np.where(is_need, people[facts.layout_of[at], column], len(facts.problem.members))
    return arcs.add(
        numbers.classes + owner,
        np.where(is_need, numbers.needs[at] + seats, numbers.desks[at] + seats - needs),
        np.minimum(size[owner], room),
    )


def _places(arcs: _Arcs, facts: Facts, numbers: Numbers, layout: Layout, days: Ints) -> None:
    """Lead from the seats of days that look alike to rooms, and on to their clusters."""
    everybody = len(facts.problem.members)
    needs = [k for k in range(len(layout.needs)) if layout.placed(k)[0] >= 0]
    desks = range(len(layout.needs), len(layout.needs) + layout.desks)
    own = (desks, numbers.desks - len(layout.needs))
    for seats, begin in ((needs, numbers.needs), own):
        tails = begin[days][:, None] + _ints(seats)
        places = [layout.placed(seat) for seat in seats]
        cluster = _ints([layout.cluster_of[shift] for shift, _room in places])
        room = _ints([at for _shift, at in places])
        heads = np.where(
            room >= 0,
            numbers.rooms[days][:, None] + cluster * len(layout.rooms) + room,
            numbers.clusters[days][:, None] + cluster,
        )
        people = [layout.needs[s].people if s < len(layout.needs) else everybody for s in seats]
        weigh = [layout.needs[s].weight if s < len(layout.needs) else 0 for s in seats]
        arcs.add(
            tails.ravel(), heads.ravel(), np.tile(_ints(people), len(days)),
            uncovered=np.tile(-_ints(weigh), len(days)),
        )  # fmt: skip


def _limits(arcs: _Arcs, facts: Facts, numbers: Numbers) -> None:
    """Lead through the limits of rooms, of moments and of days, back to the hub."""
    everybody = len(facts.problem.members)
    rooms: list[tuple[int, int, int]] = []
    clusters: list[tuple[int, int, int]] = []
    days: list[tuple[int, int, int]] = []
    for d, day in enumerate(facts.days):
        layout = facts.layout(d)
        at_once = everybody if day.most_at_once is None else day.most_at_once
        for c in range(len(layout.clusters)):
            cluster = int(numbers.clusters[d]) + c
            clusters.append((cluster, numbers.days + d, at_once))
            begin = int(numbers.rooms[d]) + c * len(layout.rooms)
            rooms += [
                (begin + r, cluster, day.rooms[name]) for r, name in enumerate(layout.rooms)
            ]
        most = everybody if day.most is None else day.most
        first = min(day.least, most)
        days += [(numbers.days + d, 0, first), (numbers.days + d, 0, most - first)]
    for block in (rooms, clusters):
        arcs.add(*_columns(block))
    weigh = np.tile(_ints([-LEAST_WEIGHS, 0]), len(facts.days))
    arcs.add(*_columns(days), uncovered=weigh)


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


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _ones(values: Sequence[int]) -> Ints:
    return np.ones(len(values), dtype=np.int64)


def _columns(rows: Sequence[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _table(rows: Sequence[Sequence[int]]) -> Ints:
    """Fill short rows with 0."""
    width = max([1, *map(len, rows)])
    table = np.zeros((max(1, len(rows)), width), dtype=np.int64)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return table
