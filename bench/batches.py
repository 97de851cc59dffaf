"""Many units at once, on as many processors as there are.

The product plans each unit by a job of its own, on as many workers as run.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date

from loket.workforce.rules.planning import plan
from loket.workforce.rules.problem import Plan, Problem, Turn

Plain = list[tuple[date, str, str, str]]


def plan_many(
    problems: Iterable[Problem], *, processes: int = 1, is_repair: bool = False
) -> tuple[Plan, ...]:
    """Return the best roster of each unit, in order; the same whatever the processes."""
    asked = tuple(problems)
    if processes == 1 or len(asked) == 1:
        return tuple(plan(problem, is_repair=is_repair) for problem in asked)
    # What takes longest goes first, so that nobody waits for it at the end.
    order = sorted(range(len(asked)), key=lambda n: -_size(asked[n]))
    found: list[Plan | None] = [None] * len(asked)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        work = [pool.submit(_planned, asked[n], is_repair=is_repair) for n in order]
        for n, future in zip(order, work, strict=True):
            worth, turns = future.result()
            found[n] = replace(worth, turns=tuple(Turn(*turn) for turn in turns))
    return tuple(one for one in found if one is not None)


def _size(problem: Problem) -> int:
    return len(problem.members) * len(problem.days)


def _planned(problem: Problem, *, is_repair: bool) -> tuple[Plan, Plain]:
    """Return a plan with its turns apart: as plain values they travel faster."""
    found = plan(problem, is_repair=is_repair)
    turns = [(turn.on, turn.shift, turn.counter, turn.member) for turn in found.turns]
    return replace(found, turns=()), turns
