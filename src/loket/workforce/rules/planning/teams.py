"""Groups that take turns, so that few meet many: rosters and groups improved by turns.

Both halves are flows: given the groups, the roster with the fewest turns outside one's own
block is one circulation among those that are equally good; given the roster, the groups are an
assignment. Only together they are hard, so that the result is good, not proven: see ``bounds``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from loket.workforce.rules.planning import factors, flows
from loket.workforce.rules.planning.arcs import Graph
from loket.workforce.rules.planning.faces import Face
from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.figures import LONGEST_RUN
from loket.workforce.rules.planning.flows import Network
from loket.workforce.rules.planning.numbering import ints

ROUNDS = 4
SMALL, MIDDLING = 30, 80
"""People up to whom six, and three, beginnings are tried."""


@dataclass(frozen=True)
class Calendar:
    """Whose turn it is on each day, and what cannot be changed."""

    teams: int
    duty: Ints
    """Live day to the group whose turn it is."""
    position: Ints
    """Live day to its place among all days."""
    active: Ints
    """Members who can come at all."""
    past: Ints
    """Member and group: turns on days of the group that are past."""


@dataclass(frozen=True)
class Split:
    """Groups, a roster for them, and how many turns are outside the own block."""

    team_of: Ints
    flow: Ints
    off: int


def on_duty(
    on: date, teams: int, block: Literal["day", "week", "fortnight"], place: int
) -> int:
    """Return the group whose turn it is; weeks begin on Monday."""
    week = (on.toordinal() - 1) // 7
    return {"day": place, "week": week, "fortnight": week // 2}[block] % teams


def calendar(facts: Facts) -> Calendar:
    """Return whose turn it is when; without groups, everybody's."""
    problem = facts.problem
    teams = max(1, problem.teams)
    places = {day.on: n for n, day in enumerate(problem.days)}
    row = {member.key: i for i, member in enumerate(problem.members)}
    past = np.zeros((len(row), teams), dtype=np.int64)
    for turn in facts.past:
        if turn.member in row:
            past[row[turn.member], on_duty(turn.on, teams, problem.block, places[turn.on])] += 1
    position = ints([places[day.on] for day in facts.days])
    return Calendar(
        teams=teams,
        duty=ints([
            on_duty(day.on, teams, problem.block, places[day.on]) for day in facts.days
        ]),
        position=position,
        active=np.flatnonzero((facts.sets_of >= 0).any(axis=1) | past.any(axis=1)),
        past=past,
    )  # fmt: skip


def divide(graph: Graph, face: Face, flow: Ints, kept: Calendar) -> Split:
    """Return groups and a roster that suits them; without groups, one that spreads days."""
    rested = _rest(graph, kept)
    if kept.teams == 1:
        alone = np.zeros(len(graph.facts.problem.members), dtype=np.int64)
        return Split(alone, face.best(rested), 0)
    by = 1 + factors.reach(graph.tail[face.free], graph.head[face.free], rested[face.free])
    found: Split | None = None
    for team_of in _beginnings(graph.facts, kept):
        split = Split(team_of, flow, -1)
        for _round in range(ROUNDS):
            split, before = _improved(graph, face, kept, split.team_of, (rested, by)), split
            if before.off == split.off or not split.off:
                break
        if found is None or split.off < found.off:
            found = split
        if not found.off:
            break
    return found if found is not None else Split(kept.past[:, 0] * 0, flow, 0)


def off_team(kept: Calendar, team_of: Ints, present: Bools) -> int:
    """Count turns outside the own block."""
    outside = present & (kept.duty[None, :] != team_of[:, None])
    past = kept.past.sum() - kept.past[np.arange(len(team_of)), team_of].sum()
    return int(outside.sum() + past)


def _rest(graph: Graph, kept: Calendar) -> Ints:
    """Price one day in six for each member, another for each: what nobody need work, rests."""
    blocks = graph.blocks
    cost = np.zeros(len(graph.tail), dtype=np.int64)
    cost[blocks.coming] = (kept.position[blocks.columns] + blocks.rows) % (LONGEST_RUN + 1) == 0
    return cost


def _improved(
    graph: Graph, face: Face, kept: Calendar, team_of: Ints, rest: tuple[Ints, int]
) -> Split:
    """Return the best roster for groups, and then the best groups for that roster."""
    blocks = graph.blocks
    cost = rest[0].copy()
    outside = kept.duty[blocks.columns] != team_of[blocks.rows]
    cost[blocks.coming] += rest[1] * outside
    flow = face.best(cost)
    present = presence(graph, flow)
    team_of = assigned(kept, served(kept, present), team_of)
    return Split(team_of, flow, off_team(kept, team_of, present))


def presence(graph: Graph, flow: Ints) -> Bools:
    """Return who comes on which live day."""
    found = np.zeros(graph.facts.sets_of.shape, dtype=bool)
    blocks = graph.blocks
    found[blocks.rows, blocks.columns] = flow[blocks.coming] > 0
    return found


def served(kept: Calendar, present: Bools) -> Ints:
    """Return how many turns of each member lie in blocks of each group."""
    found = kept.past.copy()
    for team in range(kept.teams):
        found[:, team] += present[:, kept.duty == team].sum(axis=1)
    return found


def assigned(kept: Calendar, worth: Ints, before: Ints) -> Ints:
    """Return groups of equal size that are worth most; where equal, those of before."""
    found = before.copy()
    active = kept.active
    if not len(active):
        return found
    preferred = 2 * worth[active]
    preferred[np.arange(len(active)), before[active]] += 1
    found[active] = cheapest(-preferred)
    return found


def cheapest(cost: Ints) -> Ints:
    """Assign each row to a column so that columns get equally many, at least cost."""
    count, teams = cost.shape
    sink, size = count + teams, count // teams
    rows, columns = np.divmod(np.arange(count * teams), teams)
    ends = np.arange(count, count + teams)
    network = Network(
        nodes=sink + 1,
        tail=np.concatenate([rows, ends]),
        head=np.concatenate([count + columns, np.full(teams, sink)]),
        capacity=np.ones(count * teams + teams, dtype=np.int64),
        cost=np.concatenate([cost.ravel(), np.zeros(teams, dtype=np.int64)]),
    )
    supplies = np.concatenate([
        np.ones(count, dtype=np.int64), np.full(teams, -size), [teams * size - count],
    ])  # fmt: skip
    flow = flows.circulate(network, supplies)
    return columns[flow[: count * teams] > 0]


def _beginnings(facts: Facts, kept: Calendar) -> list[Ints]:
    """Return groups to begin with: as published, or dealt out by what people can do."""
    members = facts.problem.members
    idle = np.setdiff1d(np.arange(len(members)), kept.active)
    dealt = np.zeros(len(members), dtype=np.int64)
    dealt[idle] = np.arange(len(idle)) % kept.teams
    dealt[kept.active] = np.arange(len(kept.active)) % kept.teams
    if facts.problem.published:
        return [assigned(kept, _published(facts, kept), dealt)]
    first = np.where(facts.sets_of >= 0, facts.sets_of, len(facts.sets)).min(axis=1, initial=0)
    found = []
    starts = 6 if len(members) <= SMALL else 3 if len(members) <= MIDDLING else 1
    for start in range(starts):
        chance = random.Random(start)  # noqa: S311 -- no secret: each start must be the same again
        order = sorted(
            kept.active.tolist(), key=lambda i: (int(first[i]), chance.random() if start else i)
        )
        team_of = dealt.copy()
        team_of[order] = np.arange(len(order)) % kept.teams
        found.append(team_of)
    return found


def _published(facts: Facts, kept: Calendar) -> Ints:
    """Return how many turns people were told lie in blocks of each group."""
    found = kept.past.copy()
    row = {member.key: i for i, member in enumerate(facts.problem.members)}
    duty = dict(zip((day.on for day in facts.days), kept.duty.tolist(), strict=True))
    for turn in facts.problem.published:
        if turn.member in row and turn.on in duty:
            found[row[turn.member], duty[turn.on]] += 1
    return found


def named(facts: Facts, kept: Calendar, split: Split) -> dict[str, int]:
    """Return the group of each member; empty without groups."""
    if kept.teams == 1:
        return {}
    keys = [member.key for member in facts.problem.members]
    return dict(zip(keys, split.team_of.tolist(), strict=True))


def with_roster(split: Split, kept: Calendar, present: Bools) -> Split:
    """Count again after turns were exchanged."""
    return (
        replace(split, off=off_team(kept, split.team_of, present)) if kept.teams > 1 else split
    )
