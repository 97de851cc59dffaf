"""Below what no roster can be, by weak duality: a sum over the arcs of one circulation.

Whatever the potentials are, the sum is a bound; a certificate only makes it a good one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

Costs = tuple[int, int, int, int]
"""On the levels pinned, uncovered, changes, unfairness."""

NO_COST: Costs = (0, 0, 0, 0)


class Bound:
    """Adds up arcs; remembers how much each level can change around a simple cycle."""

    def __init__(self, factors: Sequence[int], potentials: Sequence[int]) -> None:
        self.total = 0
        self._factors = factors
        self._potentials = potentials
        self._leaving: list[dict[int, int]] = [defaultdict(int) for _ in factors]
        self._entering: list[dict[int, int]] = [defaultdict(int) for _ in factors]

    def arc(self, tail: int, head: int, room: int, costs: Costs = NO_COST) -> None:
        """Count an arc that lets ``room`` through at these costs each."""
        reduced = self._potentials[tail] - self._potentials[head]
        if costs is not NO_COST:
            for level, cost in enumerate(costs):
                if cost:
                    reduced += self._factors[level] * cost
                    self._note(level, tail, head, abs(cost))
        if reduced < 0:
            self.total += room * reduced

    def constant(self, costs: Costs) -> None:
        """Count what every roster costs."""
        self.total += sum(f * cost for f, cost in zip(self._factors, costs, strict=True))

    def keeps_order(self, order: Sequence[int]) -> bool:
        """Say whether no gain on lower levels can outweigh one step on a higher one.

        A better roster differs from a given one by simple cycles, one of which is better by
        itself. A simple cycle has two arcs at each node, so the change of a level around it
        is at most twice the sum, over tails or over heads, of the greatest cost there.
        """
        below = 0
        for level in reversed(order):
            if self._factors[level] <= below:
                return False
            change = 2 * min(
                sum(self._leaving[level].values()), sum(self._entering[level].values())
            )
            below += self._factors[level] * change
        return True

    def _note(self, level: int, tail: int, head: int, cost: int) -> None:
        leaving, entering = self._leaving[level], self._entering[level]
        leaving[tail] = max(leaving[tail], cost)
        entering[head] = max(entering[head], cost)
