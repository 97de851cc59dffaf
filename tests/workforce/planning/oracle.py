"""The same problem as a mixed-integer program, solved level by level by HiGHS."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from loket.workforce.rules.problem import Day, Member, Problem


class Program:
    """Variables and rows as they are added; all variables are whole and bounded."""

    def __init__(self) -> None:
        self.high: list[float] = []
        self.rows: list[tuple[dict[int, float], float, float]] = []

    def variable(self, high: float = 1) -> int:
        """Add a variable from 0 to ``high``."""
        self.high.append(high)
        return len(self.high) - 1

    def row(self, terms: dict[int, float], low: float, high: float) -> None:
        """Add a limit."""
        self.rows.append((terms, low, high))

    def least(self, cost: dict[int, float]) -> int:
        """Return the least cost, and let it be kept from now on."""
        data = [
            (r, c, v) for r, (terms, *_ends) in enumerate(self.rows) for c, v in terms.items()
        ]
        r, c, v = (list(column) for column in zip(*data, strict=True))
        shape = (len(self.rows), len(self.high))
        weights = np.zeros(len(self.high))
        weights[list(cost)] = list(cost.values())
        found = milp(
            weights,
            integrality=np.ones(len(self.high)),
            bounds=Bounds(0, np.array(self.high)),
            constraints=LinearConstraint(
                coo_array((v, (r, c)), shape=shape).tocsr(),
                np.array([row[1] for row in self.rows]),
                np.array([row[2] for row in self.rows]),
            ),
        )
        assert found.success, found.message
        best = round(found.fun)
        self.row(cost, -np.inf, best)
        return best


def best(problem: Problem) -> tuple[int, int, int]:
    """Return the least of pinned, uncovered and unfairness, for one shift and no decisions."""
    program = Program()
    comes: dict[int, list[int]] = defaultdict(list)
    pinned: dict[int, float] = {}
    uncovered: dict[int, float] = {}
    for day in problem.days:
        _add(program, problem, day, comes, (pinned, uncovered))
    unfair: dict[int, float] = {}
    for i, mine in comes.items():
        steps = [program.variable() for _come in mine]
        carried = problem.members[i].carried
        unfair |= {s: 2 * (carried + n) - 1 for n, s in enumerate(steps, 1)}
        program.row(dict.fromkeys(mine, 1) | dict.fromkeys(steps, -1), 0, 0)
    base = sum(member.carried**2 for member in problem.members)
    return (
        program.least(pinned or {0: 0}),
        program.least(uncovered),
        program.least(unfair) + base,
    )


def _add(
    program: Program, problem: Problem, day: Day, comes: dict[int, list[int]],
    costs: tuple[dict[int, float], dict[int, float]],
) -> None:  # fmt: skip
    """Add what can happen on one day."""
    taken: dict[int, list[int]] = defaultdict(list)
    rooms: dict[str, list[int]] = defaultdict(list)
    here = []
    for i, member in enumerate(problem.members):
        if day.on in member.away:
            continue
        here.append(program.variable())
        comes[i].append(here[-1])
        seats = _seats(program, day, member, taken, rooms)
        program.row({here[-1]: 1, **dict.fromkeys(seats, -1)}, 0, 0)
        if day.on in member.pinned:
            lacks = program.variable()
            program.row({here[-1]: 1, lacks: 1}, 1, 2)
            costs[0][lacks] = 1
    program.row(dict.fromkeys(here, 1), 0, np.inf if day.most is None else day.most)
    for room, limit in day.rooms.items():
        program.row(dict.fromkeys(rooms[room], 1), 0, limit)
    for k, need in enumerate(day.needs):
        program.row(dict.fromkeys(taken[k], 1), 0, need.people)
    asked = [(need.people, need.weight, taken[k]) for k, need in enumerate(day.needs)]
    for people, weight, who in [*asked, (day.least, 10, here)]:
        lacks = program.variable(people)
        program.row({lacks: 1, **dict.fromkeys(who, 1)}, people, np.inf)
        costs[1][lacks] = weight


def _seats(
    program: Program, day: Day, member: Member, taken: dict[int, list[int]],
    rooms: dict[str, list[int]],
) -> list[int]:  # fmt: skip
    """Add what somebody may take on a day."""
    found = []
    for k, need in enumerate(day.needs):
        if not need.skill or need.skill in member.skills:
            found.append(program.variable())
            taken[k].append(found[-1])
            rooms[need.room].append(found[-1])
    found.append(program.variable())
    rooms[member.room].append(found[-1])
    return found
