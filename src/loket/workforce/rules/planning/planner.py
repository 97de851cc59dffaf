"""A roster from a problem: best in order of what matters, with the proof."""

from __future__ import annotations

from dataclasses import dataclass

from loket.workforce.rules.planning import (
    bounds,
    certificates,
    factors,
    figures,
    flows,
    graphs,
    runs,
    seating,
    teams,
)
from loket.workforce.rules.planning.faces import face
from loket.workforce.rules.planning.facts import Facts, Ints, read
from loket.workforce.rules.planning.flows import Network
from loket.workforce.rules.planning.graphs import Graph
from loket.workforce.rules.planning.layouts import is_chained
from loket.workforce.rules.planning.seating import NOWHERE
from loket.workforce.rules.problem import Objective, Plan, Problem


@dataclass(frozen=True)
class Solved:
    """A graph with its best circulation."""

    graph: Graph
    factors: dict[str, int]
    network: Network
    flow: Ints
    potentials: Ints


def plan(problem: Problem, *, is_repair: bool = False) -> Plan:
    """Return the best roster; the same for the same problem.

    A new roster is fair first and then near to what was published; a repair the reverse. Among
    those that are equally good, groups stay apart and days are spread.
    """
    order = factors.REPAIR if is_repair else factors.NEW
    solved = solve(read(problem, is_joined=False), order)
    proof = solved
    if any(is_chained(day) for day in solved.graph.facts.days):
        solved = solve(read(problem, is_joined=True), order)
    graph, facts = solved.graph, solved.graph.facts
    equal = face(solved.network, solved.potentials)
    calendar = teams.calendar(facts)
    split = teams.divide(graph, equal, solved.flow, calendar)
    seats = seating.seated(graph, split.flow)
    seats = runs.mend(facts, calendar, split, seats)
    split = teams.with_roster(split, calendar, seats != NOWHERE)
    worth = figures.objective(facts, seats, is_repair=is_repair)
    turns = seating.turns(facts, seats)
    return Plan(
        turns=turns,
        shortages=seating.shortages(facts, seats),
        objective=worth,
        is_proven=is_least(proof, worth),
        certificate=certified(proof),
        team_of=teams.named(facts, calendar, split),
        off_team=split.off,
        contacts=figures.contacts(problem, turns),
        gap=bounds.gap(graph, equal, calendar, split.off),
        long_runs=figures.long_runs(figures.presence(problem, turns)),
    )


def solve(facts: Facts, order: tuple[str, ...]) -> Solved:
    """Return the best circulation, and potentials that prove it."""
    graph = graphs.build(facts)
    by = factors.factors(graph.tail, graph.head, graph.costs, order)
    cost = factors.weigh(graph.costs, by)
    network = Network(graph.numbers.nodes, graph.tail, graph.head, graph.capacity, cost)
    flow = flows.circulate(network)
    return Solved(graph, by, network, flow, flows.potentials(network, flow))


def is_least(solved: Solved, worth: Objective) -> bool:
    """Whether the potentials prove that nothing is worth more."""
    least = flows.bound(solved.network, solved.potentials)
    least += sum(by * solved.graph.constants[level] for level, by in solved.factors.items())
    return least == sum(by * int(getattr(worth, level)) for level, by in solved.factors.items())


def certified(solved: Solved) -> bytes:
    """Return the proof as it is kept."""
    return certificates.pack(
        certificates.Certificate(**solved.factors, potentials=solved.potentials)
    )
