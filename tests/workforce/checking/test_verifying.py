"""Plans and their proofs, verified by code that the planner does not share."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product

import pytest
from django.utils import translation

from loket.workforce.rules import checking, explaining, planning
from loket.workforce.rules.checking import counting
from loket.workforce.rules.problem import Day, Lock, Member, Need, Problem, Span, Turn

FIRST = date(2020, 9, 21)
SHIFTS = [
    (Span("", time(8), time(13, 30)),),
    (Span("1", time(7), time(12, 30)), Span("2", time(10, 30), time(16))),
    (Span("1", time(7), time(11)), Span("2", time(11), time(16))),
]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def drawn_day(rng: random.Random, on: date) -> Day:
    shifts = rng.choice(SHIFTS)
    needs = [
        Need(counter, rng.choice(["", "x", "y"]), rng.randint(1, 2), span.name, weight, room)
        for counter in rng.sample("123", rng.randint(0, 2))
        for weight, room in [(rng.randint(1, 9), rng.choice(["", "A", "B"]))]
        for span in shifts
    ]
    maybe = [None, None, 0, 1, 2, 3]
    return Day(
        on,
        shifts,
        tuple(needs),
        most=rng.choice(maybe),
        most_at_once=rng.choice(maybe),
        least=rng.choice([0, 0, 1, 2]),
        rooms={room: rng.randint(0, 2) for room in "AB" if rng.random() < 0.3},
    )


def drawn(rng: random.Random, *, days: int, people: int) -> Problem:
    dates = [FIRST + timedelta(days=number) for number in range(days)]

    def some(share: float) -> frozenset[date]:
        return frozenset(on for on in dates if rng.random() < share)

    members = tuple(
        Member(
            f"account:{number}",
            frozenset(skill for skill in "xy" if rng.random() < 0.5),
            away=some(0.15),
            pinned=some(0.15),
            carried=rng.randint(0, 2),
            room=rng.choice(["", "A", "B"]),
        )
        for number in range(people)
    )
    law = tuple(drawn_day(rng, on) for on in dates)
    locks = tuple(
        Lock(m.key, on, rng.random() < 0.6, counter=rng.choice([None, None, ""]))
        for m in members
        for on in dates
        if rng.random() < 0.1
    )
    problem = Problem("U", law, members, locks)
    if rng.random() < 0.5:
        told = {Turn(d.on, d.shifts[0].name, "", rng.choice(members).key) for d in law}
        problem = replace(problem, published=frozenset(told))
        if days > 1 and rng.random() < 0.5:
            problem = replace(problem, frozen_before=dates[1])
    return problem


@pytest.mark.parametrize("seed", range(8))
def test_every_plan_is_verified(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(15):
        problem = drawn(rng, days=rng.randint(1, 5), people=rng.randint(1, 8))
        plan = planning.plan(problem, is_repair=rng.random() < 0.5)
        assert plan.is_proven
        assert checking.verify(problem, plan) == ()
        short = {shortage.on for shortage in plan.shortages}
        for day in problem.days:
            if problem.frozen_before is None or day.on >= problem.frozen_before:
                assert bool(explaining.explain(problem, day.on)) is (day.on in short)


def staffings(problem: Problem) -> Iterator[list[Turn]]:
    """Yield all that could be done on the only day of a small problem."""
    day = problem.days[0]
    seats = [
        None,
        *[(s.name, "") for s in day.shifts],
        *[(n.shift, n.counter) for n in day.needs],
    ]
    for chosen in product(seats, repeat=len(problem.members)):
        yield [
            Turn(day.on, *seat, member.key)
            for member, seat in zip(problem.members, chosen, strict=True)
            if seat
        ]


def aims(problem: Problem, turns: list[Turn], *, is_repair: bool) -> tuple[int, ...]:
    found = counting.objective(problem, turns, stability_first=is_repair)
    last = [found.changes, found.unfairness]
    return found.pinned, found.uncovered, *(last if is_repair else reversed(last))


def test_nothing_better_exists() -> None:
    """What is verified is the best of all rosters, tried one by one."""
    rng = random.Random(11)
    for _ in range(60):
        problem = drawn(rng, days=1, people=rng.randint(1, 3))
        is_repair = rng.random() < 0.5
        plan = planning.plan(problem, is_repair=is_repair)
        is_repair = plan.objective.is_stability_first
        best = min(
            aims(problem, turns, is_repair=is_repair)
            for turns in staffings(problem)
            if all(broken.is_lacking for broken in checking.check(problem, turns))
        )
        assert aims(problem, list(plan.turns), is_repair=is_repair) == best
        assert checking.verify(problem, plan) == ()


def office() -> Problem:
    members = tuple(
        Member(f"account:{n}", frozenset({"x"} if n < 2 else ()), carried=n % 3)
        for n in range(6)
    )
    days = tuple(
        Day(
            FIRST + timedelta(days=number),
            SHIFTS[0],
            (Need("ktp", "x", 1), Need("loket", "", 1)),
            most=3,
        )
        for number in range(5)
    )
    return Problem("U", days, members)


def test_what_is_not_so_is_found() -> None:
    problem = office()
    plan = planning.plan(problem)
    assert checking.verify(problem, plan) == ()

    fewer = replace(plan, turns=plan.turns[1:])
    assert len(checking.verify(problem, fewer)) >= 3

    praised = replace(plan, objective=replace(plan.objective, unfairness=0))
    unfairness = plan.objective.unfairness
    assert checking.verify(problem, praised) == (
        f"The plan says unfairness is 0; it is {unfairness}.",
    )

    forbidden = replace(plan, turns=(*plan.turns, Turn(FIRST, "", "ktp", "account:5")))
    assert "The turns break a rule." in checking.verify(problem, forbidden)


def test_a_worse_plan_has_no_proof() -> None:
    days = tuple(replace(day, needs=(), least=1, most=1) for day in office().days[:2])
    problem = replace(office(), days=days, members=office().members[::3])
    plan = planning.plan(problem)
    assert checking.verify(problem, plan) == ()
    worse = tuple(replace(turn, member="account:0") for turn in plan.turns)
    counted = counting.objective(problem, worse, stability_first=False)
    assert (plan.objective.unfairness, counted.unfairness) == (2, 4)
    (said,) = checking.verify(problem, replace(plan, turns=worse, objective=counted))
    assert said.startswith("The certificate proves")


def test_a_certificate_that_is_none_or_of_another_problem() -> None:
    problem = office()
    plan = planning.plan(problem)
    for broken in (
        b"",
        b"LOKETF1\0",
        plan.certificate[:-1],
        plan.certificate + b"x",
        b"x" * 99,
    ):
        found = checking.verify(problem, replace(plan, certificate=broken))
        assert found == ("The certificate cannot be read.",)
    other = replace(problem, days=problem.days[:-1])
    shorter = tuple(turn for turn in plan.turns if turn.on != problem.days[-1].on)
    counted = counting.objective(other, shorter, stability_first=False)
    found = checking.verify(other, replace(plan, turns=shorter, objective=counted))
    assert found == ("The certificate belongs to another problem.",)
