"""How few turns outside the own block there must be, whatever the groups."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from loket.workforce.rules.planning import teams
from loket.workforce.rules.planning.arcs import Graph
from loket.workforce.rules.planning.faces import Face
from loket.workforce.rules.planning.facts import Bools, Ints
from loket.workforce.rules.planning.teams import Calendar

MOST_SKILLS = 6


def gap(graph: Graph, face: Face, kept: Calendar, off: int) -> float:
    """Return how far a number of turns may be from the least, relative to it; 0: it is it."""
    if kept.teams == 1 or not off:
        return 0.0
    least = max(
        by_person(graph, face, kept), by_number(graph, face, kept), by_skill(graph, face, kept)
    )
    return (off - min(off, least)) / off


def by_person(graph: Graph, face: Face, kept: Calendar) -> int:
    """Bound by what each member cannot avoid, in groups of equal size.

    In every equally good roster somebody comes on some days, and so many times in all.
    """
    facts, blocks = graph.facts, graph.blocks
    forced = np.zeros(facts.sets_of.shape, dtype=bool)
    forced[blocks.rows, blocks.columns] = face.filled[blocks.coming] > 0
    often = np.bincount(
        graph.head[: len(blocks.rows)] - graph.numbers.members,
        weights=face.filled[: len(blocks.rows)],
        minlength=len(forced),
    ).astype(np.int64) + kept.past.sum(axis=1)
    must = teams.served(kept, forced)
    can = teams.served(kept, facts.sets_of >= 0)
    least = np.maximum(must.sum(axis=1)[:, None] - must, often[:, None] - can)
    least = np.maximum(least, 0)[kept.active]
    if not len(least):
        return 0
    return int(least[np.arange(len(least)), teams.cheapest(least)].sum())


def by_number(graph: Graph, face: Face, kept: Calendar) -> int:
    """Bound by how many come on each day in every equally good roster."""
    numbers, days = graph.numbers, len(graph.facts.days)
    coming = np.bincount(graph.tail, weights=face.filled, minlength=numbers.nodes)
    asked = coming[numbers.days : numbers.days + days].astype(np.int64)
    return _divided(kept, asked, np.ones(len(graph.facts.problem.members), dtype=bool))


def by_skill(graph: Graph, face: Face, kept: Calendar) -> int:
    """Bound by those who can do something, however they are divided among the groups.

    Of a group that has fewer of them than are needed on its days, the rest comes from others.
    """
    skills = sorted({need.skill for x in graph.facts.layouts for need in x.needs})
    found = 0
    for size in range(1, min(len(skills), MOST_SKILLS) + 1):
        for some in combinations(skills, size):
            found = max(found, _divided(kept, *_asked(graph, face, frozenset(some))))
    return found


def _asked(graph: Graph, face: Face, skills: frozenset[str]) -> tuple[Ints, Bools]:
    """Return how many are needed on each live day in every good roster, and who can serve."""
    facts, numbers = graph.facts, graph.numbers
    asked = np.zeros(len(facts.days), dtype=np.int64)
    at_need = np.zeros(numbers.nodes, dtype=np.int64)
    np.add.at(at_need, graph.tail, face.filled)
    for d in range(len(facts.days)):
        for k, need in enumerate(facts.layout(d).needs):
            if need.skill in skills:
                asked[d] += at_need[int(numbers.needs[d]) + k]
    able = np.array([
        "" in skills or bool(member.skills & skills) for member in facts.problem.members
    ], dtype=bool)  # fmt: skip
    return asked, able


def _divided(kept: Calendar, asked: Ints, able: Bools) -> int:
    """Return the least that the groups lack, over all ways to divide those who can."""
    count = int(able[kept.active].sum())
    size = -(-len(kept.active) // kept.teams)
    gains = []
    for team in range(kept.teams):
        need = asked[kept.duty == team]
        gains += [int((need >= nth).sum()) for nth in range(1, min(size, count) + 1)]
    return int(asked.sum()) - sum(sorted(gains, reverse=True)[:count])
