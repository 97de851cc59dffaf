"""Arcs of a circulation, and what they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from loket.workforce.rules.planning.facts import Facts, Ints
from loket.workforce.rules.planning.numbering import Kinds, Numbers, ints

LEVELS = ("pinned", "uncovered", "changes", "unfairness")


@dataclass(frozen=True)
class Blocks:
    """Where the arcs lie that say who comes, and where they sit."""

    turning: slice
    """From the hub to members, once for each turn they may have."""
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
    """From classes to pools and to desks."""
    serving: slice
    """From pools to needs or to banks."""
    dealing: slice
    """From banks to needs."""
    limits: tuple[slice, slice, slice, slice]
    """From seats to places, from rooms to clusters, to days, and from days to the hub."""


@dataclass(frozen=True)
class Graph:
    """Arcs in blocks; costs are by level."""

    facts: Facts
    numbers: Numbers
    classes: Kinds
    pools: Kinds
    tail: Ints
    head: Ints
    capacity: Ints
    costs: dict[str, Ints]
    constants: dict[str, int]
    blocks: Blocks


@dataclass
class Draft:
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

    def nodes(self, days: Ints, seats: Ints, rooms: Ints | int = -1) -> Ints:
        """Return the nodes of seats; of desks in rooms."""
        facts, numbers = self.facts, self.numbers
        if not len(days):
            return days
        needs = ints([len(layout.needs) for layout in facts.layouts])[facts.layout_of][days]
        width = ints([1 + len(layout.rooms) for layout in facts.layouts])[facts.layout_of][days]
        desks = numbers.desks[days] + (seats - needs) * width + 1 + rooms
        return np.where(seats < needs, numbers.needs[days] + seats, desks)
