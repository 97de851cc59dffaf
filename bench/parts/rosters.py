"""Rosters: planned, proven, repaired; one unit of each size, and the whole province."""

from __future__ import annotations

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import Any

from bench import offices, plain
from bench.batches import plan_many
from bench.figures import Figure, at_most
from loket.workforce.rules import planning
from loket.workforce.rules.problem import Plan, Problem

SIZES = (
    # People, days; CPU ms that a plan and a repair may take; seconds for CP-SAT.
    ("kelurahan", 20, 20, 40, 20, 30),
    ("district", 50, 20, 60, 30, 30),
    ("city office", 400, 40, 1000, 1000, 60),
    ("agency", 2000, 40, 2000, 2000, 0),
)
PROVINCE_DAYS = 40
PROVINCE_SECONDS = {0: 15, 2: 60}
PROCESSES = 2
REPEATS = 5
MB = 1024


def measure() -> list[Figure]:
    """Return the cost of each size, beside CP-SAT, and that of the province."""
    found: list[Figure] = []
    for name, staff, days, plan_ms, repair_ms, seconds in SIZES:
        detail = alone(unit, staff, days)
        if seconds:
            detail["cp_sat"] = alone(rival, staff, days, seconds)
        size = f"roster of a {name}, {staff} × {days}"
        found += [
            at_most(size, detail["plan_cpu_ms"], unit="CPU ms", aim=plan_ms, detail=detail),
            at_most(f"{size}, repaired", detail["repair_cpu_ms"], unit="CPU ms", aim=repair_ms,
                    detail=detail["repair"]),
        ]  # fmt: skip
    for teams, seconds in PROVINCE_SECONDS.items():
        detail = alone(province, teams)
        name = "rosters of the province" + (f", {teams} teams" if teams else "")
        found.append(at_most(name, detail["seconds"], unit="s", aim=seconds, detail=detail))
    return found


def alone(work: Any, *arguments: Any) -> dict[str, Any]:
    """Do something in a process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        found: dict[str, Any] = pool.submit(work, *arguments).result()
    return found


def unit(staff: int, days: int) -> dict[str, Any]:
    """Plan one unit, without and with teams, and again after some fell ill."""
    problem = offices.office(staff, days, seed=1)
    before = peak()
    found, cost = timed(problem, is_repair=False)
    memory = peak() - before
    ill = offices.fallen_ill(problem, found.turns, seed=2)
    repaired, repair = timed(ill, is_repair=True)
    split, with_teams = timed(replace(problem, teams=2), is_repair=False)
    return {
        "plan_cpu_ms": cost,
        "repair_cpu_ms": repair,
        "with_teams_cpu_ms": round(with_teams, 1),
        "peak_grew_mb": round(memory, 1),
        **told(found),
        "certificate_bytes": len(found.certificate),
        "contacts_14_days": {"alone": found.contacts, "two_teams": split.contacts},
        "two_teams": told(split) | {"off_team": split.off_team, "gap": round(split.gap, 3)},
        "repair": told(repaired) | {"changes": repaired.objective.changes},
    }


def told(plan: Plan) -> dict[str, Any]:
    """Return what a plan says of itself."""
    return {
        "is_proven": plan.is_proven,
        "turns": len(plan.turns),
        "pinned": plan.objective.pinned,
        "uncovered": plan.objective.uncovered,
        "unfairness": plan.objective.unfairness,
        "long_runs": plan.long_runs,
    }


def timed(problem: Problem, *, is_repair: bool) -> tuple[Plan, float]:
    """Return a plan and the CPU milliseconds of the middle one of some runs."""
    costs = []
    for _time in range(REPEATS):
        begun = time.process_time()
        found = planning.plan(problem, is_repair=is_repair)
        costs.append((time.process_time() - begun) * 1000)
    return found, sorted(costs)[REPEATS // 2]


def rival(staff: int, days: int, seconds: float) -> dict[str, Any]:
    """Let CP-SAT plan the same unit, with as many searchers as it needs to prove anything."""
    found = plain.solved(offices.office(staff, days, seed=1), seconds=seconds, workers=8)
    return found | {"peak_mb": round(peak())}


def province(teams: int) -> dict[str, Any]:
    """Plan all units on two processors."""
    problems = tuple(offices.province(PROVINCE_DAYS, teams=teams))
    begun = time.monotonic()
    plans = plan_many(problems, processes=PROCESSES)
    seconds = time.monotonic() - begun
    turns = sum(len(plan.turns) for plan in plans)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": seconds,
        "cpu_seconds_of_processes": round(spent.ru_utime + spent.ru_stime, 1),
        "units": len(plans),
        "people": sum(len(problem.members) for problem in problems),
        "days": PROVINCE_DAYS,
        "proven": sum(plan.is_proven for plan in plans),
        "with_shortages": sum(bool(plan.shortages) for plan in plans),
        "turns": turns,
        "off_team_share": round(sum(plan.off_team for plan in plans) / turns, 4),
        "contacts_14_days": round(sum(plan.contacts for plan in plans) / len(plans), 2),
        "mb_of_a_process": round(spent.ru_maxrss / MB),
        "mb_of_the_parent": round(peak()),
    }


def peak() -> float:
    """Return the most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
