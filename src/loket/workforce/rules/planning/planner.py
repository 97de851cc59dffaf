"""A roster from a problem: best in order of what matters, with the proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loket.workforce.rules.planning import (
    bounds,
    certificates,
    factors,
    figures,
    filling,
    flows,
    graphs,
    runs,
    seating,
    teams,
)
from loket.workforce.rules.planning.arcs import Graph
from loket.workforce.rules.planning.faces import face
from loket.workforce.rules.planning.facts import Facts, Ints, read
from loket.workforce.rules.planning.flows import Network
from loket.workforce.rules.planning.layouts import is_chained
from loket.workforce.rules.planning.seating import NOWHERE
from loket.workforce.rules.problem import Objective, Plan, Problem


@dataclass(frozen=True)
class Found:
    """A roster, and what is said of its groups."""

    facts: Facts
    seats: Ints
    team_of: dict[str, int]
    off_team: int
    gap: float


@dataclass(frozen=True)
class Proof:
    """What every roster costs at least."""

    by: dict[str, int]
    least: int
    packed: bytes


def plan(problem: Problem, *, is_repair: bool = False) -> Plan:
    """Return the best roster; the same for the same problem.

    A new roster is fair first and then near to what was published; a repair the reverse. Among
    those that are equally good, groups stay apart and days are spread.
    """
    order = factors.REPAIR if is_repair else factors.NEW
    facts = read(problem, is_joined=False)
    found = best(facts, order)
    proof = prove(found, order)
    if any(is_chained(day) for day in facts.days):
        found = best(read(problem, is_joined=True), order)
    facts, seats = found.facts, found.seats
    worth = figures.objective(facts, seats, is_repair=is_repair)
    turns = seating.turns(facts, seats)
    return Plan(
        turns=turns,
        shortages=seating.shortages(facts, seats),
        objective=worth,
        is_proven=is_least(proof, worth),
        certificate=proof.packed,
        team_of=found.team_of,
        off_team=found.off_team,
        contacts=figures.contacts(problem, turns),
        gap=found.gap,
        long_runs=figures.long_runs(figures.presence(problem, turns)),
    )


def best(facts: Facts, order: tuple[str, ...]) -> Found:
    """Return the best roster, with groups apart and days spread as that allows."""
    calendar = teams.calendar(facts)
    strict = np.zeros(len(facts.days), dtype=bool)
    while True:
        graph = graphs.build(facts, strict=strict)
        network = weighed(graph, factors.quick(graph, order))
        flow = flows.circulate(network)
        equal = face(network, flows.potentials(network, flow))
        split = teams.divide(graph, equal, flow, calendar)
        seats = seating.seated(graph, split.flow)
        full = filling.overflowing(facts, seats)
        if not full.any():
            break
        strict = strict | full
    seats = runs.mend(facts, calendar, split, seats)
    split = teams.with_roster(split, calendar, seats != NOWHERE)
    return Found(
        facts=facts,
        seats=seats,
        team_of=teams.named(facts, calendar, split),
        off_team=split.off,
        gap=bounds.gap(graph, equal, calendar, split.off),
    )


def prove(found: Found, order: tuple[str, ...]) -> Proof:
    """Return what shows that no roster is better than this one."""
    graph = graphs.build(found.facts)
    by = factors.factors(graph.tail, graph.head, graph.costs, order)
    network = weighed(graph, by)
    potentials = flows.potentials(network, filling.filled(graph, found.seats))
    least = flows.bound(network, potentials)
    return Proof(
        by=by,
        least=least + sum(factor * graph.constants[level] for level, factor in by.items()),
        packed=certificates.pack(certificates.Certificate(**by, potentials=potentials)),
    )


def weighed(graph: Graph, by: dict[str, int]) -> Network:
    """Return the arcs of a graph with one cost for all levels."""
    cost = factors.weigh(graph.costs, by)
    return Network(graph.numbers.nodes, graph.tail, graph.head, graph.capacity, cost)


def is_least(proof: Proof, worth: Objective) -> bool:
    """Whether nothing can be worth more."""
    return proof.least == sum(by * int(getattr(worth, level)) for level, by in proof.by.items())
