"""How much a level must weigh, so that no lower one can ever outweigh it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from loket.workforce.rules.planning.arcs import Graph
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


def quick(graph: Graph, order: Sequence[str]) -> dict[str, int]:
    """Return smaller factors that are right as well, though it takes more to see it.

    No limit reaches beyond one day. If somebody pinned could come after all, or a need be met,
    then by a cycle within one day, whose people all come from the hub; so that ``uncovered``
    need be bounded for one day alone.
    """
    found = factors(graph.tail, graph.head, graph.costs, order)
    below = sum(
        found[level] * reach(graph.tail, graph.head, graph.costs[level]) for level in order[2:]
    )
    found["pinned"] = (
        1
        + below
        + found["uncovered"]
        * max(
            (
                2
                * (
                    10
                    + len(x.clusters)
                    * (1 + len(x.rooms))
                    * max([0, *(n.weight for n in x.needs)])
                )
                for x in graph.facts.layouts
            ),
            default=0,
        )
    )
    return found


def weigh(costs: Mapping[str, Ints], by: Mapping[str, int]) -> Ints:
    """Add up the levels."""
    found = np.zeros(len(next(iter(costs.values()))), dtype=np.int64)
    for level, factor in by.items():
        found += factor * costs[level]
    return found
