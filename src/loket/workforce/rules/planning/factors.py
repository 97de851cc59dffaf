"""How much a level must weigh, so that no lower one can ever outweigh it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from loket.workforce.rules.planning.facts import Ints

NEW = ("pinned", "uncovered", "unfairness", "changes")
REPAIR = ("pinned", "uncovered", "changes", "unfairness")


def reach(tail: Ints, head: Ints, cost: Ints) -> int:
    """Bound how much a cost changes around a simple cycle of the residual graph.

    Such a cycle passes each node once, by two arcs at most.
    """
    used = np.flatnonzero(cost)
    if not len(used):
        return 0
    size = np.abs(cost[used])
    return 2 * min(_peaks(tail[used], size), _peaks(head[used], size))


def _peaks(node: Ints, size: Ints) -> int:
    found = np.zeros(int(node.max()) + 1, dtype=np.int64)
    np.maximum.at(found, node, size)
    return int(found.sum())


def factors(
    tail: Ints, head: Ints, costs: Mapping[str, Ints], order: Sequence[str]
) -> dict[str, int]:
    """Return the factor of each level, the lowest of which is last in ``order``."""
    found: dict[str, int] = {}
    below = 0
    for level in reversed(order):
        found[level] = below + 1
        below += found[level] * reach(tail, head, costs[level])
    return found


def weigh(costs: Mapping[str, Ints], by: Mapping[str, int]) -> Ints:
    """Add up the levels."""
    found = np.zeros(len(next(iter(costs.values()))), dtype=np.int64)
    for level, factor in by.items():
        found += factor * costs[level]
    return found
