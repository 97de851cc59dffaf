"""What would make a reason go away: each change is tried on the reason itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from loket.workforce.rules.problem import Problem

from .facts import demand_of, facts_of
from .reasons import Help, Reason


def helps(problem: Problem, reason: Reason) -> tuple[Help, ...]:
    """Return single changes that are enough by themselves, in order of what they ask."""
    found = [*_limits(reason), *_admissions(problem, reason), *_trainings(problem, reason)]
    if not found and reason.missing:
        found = [Help("people", people=reason.missing)]
    return tuple(found)


def _limits(reason: Reason) -> Iterator[Help]:
    for limit, needed in zip(reason.limits, reason.needed, strict=True):
        yield Help("limit", limit=limit, people=needed)


def _admissions(problem: Problem, reason: Reason) -> Iterator[Help]:
    for member in reason.kept_out:
        locks = tuple(
            lock for lock in problem.locks if (lock.member, lock.on) != (member, reason.on)
        )
        if _is_gone(replace(problem, locks=locks), reason):
            yield Help("admit", member=member)


def _trainings(problem: Problem, reason: Reason) -> Iterator[Help]:
    facts = facts_of(problem, reason.on)
    wanted = sorted(
        {n.skill for n in facts.day.needs if n.skill and demand_of(n) in reason.demands}
    )
    for member in problem.members:
        if not facts.kind_of[member.key][3]:
            continue
        for skill in wanted:
            if skill in member.skills:
                continue
            trained = replace(member, skills=member.skills | {skill})
            members = tuple(trained if m is member else m for m in problem.members)
            if _is_gone(replace(problem, members=members), reason):
                yield Help("train", member=member.key, skill=skill)


def _is_gone(problem: Problem, reason: Reason) -> bool:
    limits = {limit: limit.people for limit in reason.limits}
    return facts_of(problem, reason.on).can(reason.demands, limits)
