"""Everybody whose training helps is named, though only one of those who are alike is tried."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

from loket.workforce.rules import explaining

from .test_explaining import TUESDAY, can, drawn


def test_nobody_whose_training_helps_is_left_out() -> None:
    for seed in range(80):
        problem = drawn(random.Random(seed))
        for reason in explaining.explain(problem, TUESDAY):
            counters = {demand.counter for demand in reason.demands}
            needs = (n for n in problem.days[0].needs if n.counter in counters)
            skills = sorted({need.skill for need in needs} - {""})
            found = explaining.helps(problem, reason)
            told = {(change.member, change.skill) for change in found if change.kind == "train"}
            for member, skill in product(problem.members, skills):
                trained = replace(member, skills=member.skills | {skill})
                members = tuple(trained if m is member else m for m in problem.members)
                helps = can(replace(problem, members=members), reason.demands, reason.limits)
                assert helps == ((member.key, skill) in told)
