"""Write a roster in its JSON form. No names, no reason of anybody."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from loket.workforce.rules.problem import Day, Lock, Member, Need, Plan, Problem, Turn

from .reading import FORMAT


def written(
    problem: Problem, turns: Iterable[Turn], plan: Plan | None = None
) -> dict[str, Any]:
    """Return a roster as plain values for JSON; :func:`.reading.read` gives the same back."""
    before = problem.frozen_before
    return {
        "format": FORMAT,
        "unit": problem.unit,
        "frozen_before": before.isoformat() if before else None,
        "teams": problem.teams,
        "block": problem.block,
        "days": [_day(day) for day in problem.days],
        "members": [_member(member) for member in problem.members],
        "locks": [_lock(lock) for lock in problem.locks],
        "published": [_turn(turn) for turn in sorted(problem.published)],
        "turns": [_turn(turn) for turn in sorted(turns)],
        "plan": _plan(plan) if plan else None,
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "on": day.on.isoformat(),
        "shifts": [
            {"name": span.name, "from": f"{span.since:%H:%M}", "to": f"{span.until:%H:%M}"}
            for span in day.shifts
        ],
        "needs": [_need(need) for need in day.needs],
        "most": day.most,
        "most_at_once": day.most_at_once,
        "least": day.least,
        "rooms": dict(day.rooms),
        "cited": {part: list(articles) for part, articles in day.cited.items()},
    }


def _need(need: Need) -> dict[str, Any]:
    return {
        "counter": need.counter,
        "skill": need.skill,
        "people": need.people,
        "shift": need.shift,
        "weight": need.weight,
        "room": need.room,
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        "key": member.key,
        "skills": sorted(member.skills),
        "away": [on.isoformat() for on in sorted(member.away)],
        "pinned": [on.isoformat() for on in sorted(member.pinned)],
        "carried": member.carried,
        "room": member.room,
    }


def _lock(lock: Lock) -> dict[str, Any]:
    return {
        "member": lock.member,
        "on": lock.on.isoformat(),
        "is_in": lock.is_in,
        "shift": lock.shift,
        "counter": lock.counter,
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "on": turn.on.isoformat(),
        "shift": turn.shift,
        "counter": turn.counter,
        "member": turn.member,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    aims = plan.objective
    return {
        "objective": {
            "pinned": aims.pinned,
            "uncovered": aims.uncovered,
            "changes": aims.changes,
            "unfairness": aims.unfairness,
            "is_stability_first": aims.is_stability_first,
        },
        "shortages": [
            {
                "on": one.on.isoformat(),
                "kind": one.kind,
                "shift": one.shift,
                "counter": one.counter,
                "missing": one.missing,
                "members": list(one.members),
            }
            for one in plan.shortages
        ],
        "is_proven": plan.is_proven,
        "certificate": b64encode(plan.certificate).decode("ascii"),
        "team_of": dict(plan.team_of),
        "off_team": plan.off_team,
        "contacts": plan.contacts,
        "gap": plan.gap,
        "long_runs": plan.long_runs,
    }
