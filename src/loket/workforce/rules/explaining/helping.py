"""What would make a reason go away: each change is tried on the reason itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from loket.workforce.rules.problem import Problem

from .facts import Kind, demand_of, facts_of
from .reasons import Help, Reason


class _Trials:
    """Tries changes of one person on a reason; of those who are alike only the first."""

    def __init__(self, problem: Problem, reason: Reason) -> None:
        self.facts, self.reason = facts_of(problem, reason.on), reason
        self.limits = {limit: limit.people for limit in reason.limits}
        self.held = {demand.member for demand in reason.demands}
        self.asked = self.facts.asked(reason.demands, self.limits)
        self.known: dict[tuple[Kind, Kind, bool], bool] = {}

    def is_gone(self, key: str, after: Kind) -> bool:
        """Say whether the reason is gone if one person becomes like this."""
        is_held = key in self.held
        matters = self.asked.of_one_forced if is_held else self.asked.of
        before = self.facts.kind_of[key]
        alike = (matters(before), matters(after), is_held)
        if alike[0] == alike[1]:
            return False
        if alike not in self.known:
            changed = self.facts.changed(key, after)
            self.known[alike] = changed.can(self.reason.demands, self.limits)
        return self.known[alike]


def helps(problem: Problem, reason: Reason) -> tuple[Help, ...]:
    """Return single changes that are enough by themselves, in order of what they ask."""
    trials = _Trials(problem, reason)
    found = [*_limits(reason), *_admissions(problem, trials), *_trainings(problem, trials)]
    if not found and reason.missing:
        found = [Help("people", people=reason.missing)]
    return tuple(found)


def _limits(reason: Reason) -> Iterator[Help]:
    for limit, needed in zip(reason.limits, reason.needed, strict=True):
        yield Help("limit", limit=limit, people=needed)


def _admissions(problem: Problem, trials: _Trials) -> Iterator[Help]:
    members = {member.key: member for member in problem.members}
    for key in trials.reason.kept_out:
        if trials.is_gone(key, trials.facts.kind_as(members[key], is_locked=False)):
            yield Help("admit", member=key)


def _trainings(problem: Problem, trials: _Trials) -> Iterator[Help]:
    facts, demands = trials.facts, trials.reason.demands
    wanted = sorted({n.skill for n in facts.day.needs if n.skill and demand_of(n) in demands})
    for member in problem.members:
        if not facts.kind_of[member.key][3]:
            continue
        for skill in wanted:
            if skill in member.skills:
                continue
            trained = replace(member, skills=member.skills | {skill})
            if trials.is_gone(member.key, facts.kind_as(trained)):
                yield Help("train", member=member.key, skill=skill)
