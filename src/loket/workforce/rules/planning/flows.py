"""Minimum-cost circulations, and the potentials that prove them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from loket.workforce.rules.planning.facts import Ints

LARGEST = 1 << 61


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs between nodes that are numbered from 0."""

    nodes: int
    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints


def circulate(on: Network, supplies: Ints | None = None) -> Ints:
    """Return a circulation of least cost; ``supplies`` enter at the nodes, or leave.

    :raises OverflowError: costs are too large to be exact.
    """
    if int(np.abs(on.cost).max(initial=0)) * (on.nodes + 2) > LARGEST:
        raise OverflowError("the costs are too large")
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        on.tail.astype(np.int32), on.head.astype(np.int32), on.capacity, on.cost
    )
    if supplies is not None:
        solver.set_nodes_supplies(np.arange(on.nodes, dtype=np.int32), supplies)
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("no circulation found")
    return np.asarray(solver.flows(arcs), dtype=np.int64)


def potentials(on: Network, flow: Ints) -> Ints:
    """Return distances in the residual graph, from everywhere at once.

    :raises RuntimeError: the flow is not of least cost.
    """
    forward, back = flow < on.capacity, flow > 0
    tails = np.concatenate([on.tail[forward], on.head[back]])
    heads = np.concatenate([on.head[forward], on.tail[back]])
    costs = np.concatenate([on.cost[forward], -on.cost[back]])
    order = np.argsort(heads, kind="stable")
    tails, heads, costs = tails[order], heads[order], costs[order]
    begins = np.flatnonzero(np.diff(heads, prepend=-1))
    ends = heads[begins]
    found = np.zeros(on.nodes, dtype=np.int64)
    if not len(begins):
        return found
    for _sweep in range(on.nodes + 1):
        nearest = np.minimum.reduceat(found[tails] + costs, begins)
        if not (nearest < found[ends]).any():
            return found
        found[ends] = np.minimum(found[ends], nearest)
    raise RuntimeError("the flow is not of least cost")


def bound(on: Network, found: Ints) -> int:
    """Return what potentials prove: no circulation costs less."""
    reduced = on.cost + found[on.tail] - found[on.head]
    return int((on.capacity * np.minimum(reduced, 0)).sum())
