"""A roster as anybody would first write it for CP-SAT: one variable for each seat."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

from ortools.sat.python import cp_model

from loket.workforce.rules.problem import Day, Member, Problem

Terms = list[Any]


def solved(problem: Problem, *, seconds: float, workers: int) -> dict[str, Any]:
    """Return how far CP-SAT comes in so many seconds with coverage, then fairness.

    Pinned posts are weighed 10,000, what is uncovered 300 for each unit of weight.
    """
    model = cp_model.CpModel()
    cost: Terms = []
    comes: dict[int, Terms] = defaultdict(list)
    for day in problem.days:
        _add(model, problem, day, comes, cost)
    for i, member in enumerate(problem.members):
        mine = comes[i]
        most = member.carried + len(mine)
        load = model.new_int_var(0, most, "")
        model.add(load == member.carried + sum(mine))
        square = model.new_int_var(0, most**2, "")
        model.add_multiplication_equality(square, [load, load])
        cost.append(square)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    begun = time.monotonic()
    status = solver.solve(model)
    has = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    return {
        "status": solver.status_name(status),
        "seconds": round(time.monotonic() - begun, 2),
        "objective": round(solver.objective_value) if has else None,
        "bound": round(solver.best_objective_bound),
    }


def _add(
    model: cp_model.CpModel, problem: Problem, day: Day, comes: dict[int, Terms], cost: Terms
) -> None:
    """Add what can happen on one day."""
    taken: dict[int, Terms] = defaultdict(list)
    rooms: dict[str, Terms] = defaultdict(list)
    here: Terms = []
    for i, member in enumerate(problem.members):
        if day.on in member.away:
            continue
        come = model.new_bool_var("")
        here.append(come)
        comes[i].append(come)
        model.add(sum(_seats(model, day, member, taken, rooms)) == come)
        if day.on in member.pinned:
            cost.append(10_000 * (1 - come))
    if day.most is not None:
        model.add(sum(here) <= day.most)
    for room, limit in day.rooms.items():
        model.add(sum(rooms[room]) <= limit)
    asked = [(need.people, need.weight, taken[k]) for k, need in enumerate(day.needs)]
    for people, _weight, who in asked:
        model.add(sum(who) <= people)
    for people, weight, who in [*asked, (day.least, 10, here)]:
        lacks = model.new_int_var(0, people, "")
        model.add(sum(who) + lacks >= people)
        cost.append(300 * weight * lacks)


def _seats(
    model: cp_model.CpModel,
    day: Day,
    member: Member,
    taken: dict[int, Terms],
    rooms: dict[str, Terms],
) -> Terms:
    """Add what somebody may take on a day."""
    found: Terms = []
    for k, need in enumerate(day.needs):
        if not need.skill or need.skill in member.skills:
            found.append(model.new_bool_var(""))
            taken[k].append(found[-1])
            rooms[need.room].append(found[-1])
    found.append(model.new_bool_var(""))
    rooms[member.room].append(found[-1])
    return found
