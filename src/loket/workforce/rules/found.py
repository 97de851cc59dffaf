"""What the planner found, as it is kept with a roster: ready for JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from . import checking
from .problem import Plan, Problem, Shortage, Turn


def of_plan(plan: Plan) -> dict[str, Any]:
    """Return what is kept of a plan besides its turns and its proof."""
    objective = asdict(plan.objective)
    return {
        "objective": objective,
        "shortages": [_row(shortage) for shortage in plan.shortages],
        "is_proven": plan.is_proven,
        "gap": plan.gap,
        "off_team": plan.off_team,
        "contacts": plan.contacts,
        "long_runs": plan.long_runs,
        "is_by_hand": False,
    }


def lacking(problem: Problem, turns: Iterable[Turn]) -> list[dict[str, Any]]:
    """Return what turns lack on the days of a problem, in the same form."""
    groups: defaultdict[tuple[date, str, str, str], list[checking.Broken]] = defaultdict(list)
    for broken in checking.check(problem, tuple(turns)):
        if broken.is_lacking:
            groups[broken.on, broken.rule, broken.shift, broken.counter].append(broken)
    return [
        {
            "on": on.isoformat(),
            "kind": kind,
            "shift": shift,
            "counter": counter,
            "missing": sum(_missing(broken) for broken in group),
            "members": sorted({m for broken in group for m in _members(broken)}),
        }
        for (on, kind, shift, counter), group in sorted(groups.items())
    ]


def refreshed(found: dict[str, Any], problem: Problem, turns: Iterable[Turn]) -> dict[str, Any]:
    """Return what is kept after somebody changed days by hand: the proof speaks no more."""
    days = {day.on.isoformat() for day in problem.days}
    rows = [row for row in found.get("shortages", []) if row["on"] not in days]
    rows += lacking(problem, turns)
    rows.sort(key=lambda row: (row["on"], row["kind"], row["shift"], row["counter"]))
    return {**found, "shortages": rows, "is_proven": False, "is_by_hand": True}


def _row(shortage: Shortage) -> dict[str, Any]:
    return {
        **asdict(shortage),
        "on": shortage.on.isoformat(),
        "members": list(shortage.members),
    }


def _members(broken: checking.Broken) -> tuple[str, ...]:
    return broken.members if broken.rule in {"pinned", "lock"} else ()


def _missing(broken: checking.Broken) -> int:
    if broken.rule in {"pinned", "lock"}:
        return len(broken.members)
    return broken.allowed - broken.found
