"""All rosters that are equally good, and among them the best by something else.

With potentials that prove one circulation, every other of the same cost is known: it uses no
arc of positive reduced cost and fills each of negative; only the arcs in between are free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loket.workforce.rules.planning import flows
from loket.workforce.rules.planning.facts import Ints
from loket.workforce.rules.planning.flows import Network


@dataclass(frozen=True)
class Face:
    """Circulations of least cost."""

    network: Network
    free: Ints
    """Arcs that may be used more or less."""
    filled: Ints
    """Flow on the other arcs."""
    supplies: Ints
    """What the other arcs bring to each node."""

    def best(self, cost: Ints) -> Ints:
        """Return the circulation that is least by another cost, on the free arcs."""
        on, free = self.network, self.free
        part = Network(on.nodes, on.tail[free], on.head[free], on.capacity[free], cost[free])
        found = self.filled.copy()
        found[free] = flows.circulate(part, self.supplies)
        return found


def face(network: Network, potentials: Ints) -> Face:
    """Return all circulations that cost no more than these potentials prove."""
    on = network
    reduced = on.cost + potentials[on.tail] - potentials[on.head]
    filled = np.where(reduced < 0, on.capacity, 0)
    brought = np.bincount(on.head, weights=filled, minlength=on.nodes)
    taken = np.bincount(on.tail, weights=filled, minlength=on.nodes)
    free = np.flatnonzero((reduced == 0) & (on.capacity > 0))
    return Face(network, free, filled, (brought - taken).astype(np.int64))
