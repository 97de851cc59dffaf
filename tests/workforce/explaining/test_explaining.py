"""Explanations equal brute force, and each is irreducible."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, time
from itertools import combinations

import pytest
from django.utils import translation

from loket.workforce.rules import explaining
from loket.workforce.rules.explaining import Demand, Limit, Reason
from loket.workforce.rules.problem import Day, Lock, Member, Need, Problem, Span

TUESDAY = date(2020, 9, 22)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


WHOLE = (Span("", time(8), time(13, 30)),)
APART = (Span("morning", time(7), time(10)), Span("noon", time(10), time(13)))
TOGETHER = (Span("morning", time(7), time(12, 30)), Span("noon", time(10, 30), time(16)))


def choices(day: Day, member: Member, lock: Lock | None) -> list[tuple[str, str] | None]:
    """All that one member may do on the day: shift and counter, or nothing."""
    if TUESDAY in member.away or (lock and not lock.is_in):
        return [None]
    seats = [(span.name, "") for span in day.shifts] + [
        (n.shift, n.counter) for n in day.needs if not n.skill or n.skill in member.skills
    ]
    if lock:
        seats = [
            (shift, counter)
            for shift, counter in seats
            if lock.shift in {None, shift} and lock.counter in {None, counter}
        ]
    return [None, *seats]


def staffings(problem: Problem) -> Iterator[tuple[tuple[str, str] | None, ...]]:
    day = problem.days[0]
    locks = {lock.member: lock for lock in problem.locks}
    yielded: list[tuple[tuple[str, str] | None, ...]] = [()]
    for member in problem.members:
        options = choices(day, member, locks.get(member.key))
        yielded = [(*so_far, one) for so_far in yielded for one in options]
    most = {(n.shift, n.counter): n.people for n in day.needs}
    for staffing in yielded:
        if all(staffing.count(seat) <= people for seat, people in most.items()):
            yield staffing


def keeps(problem: Problem, staffing: tuple[tuple[str, str] | None, ...], limit: Limit) -> bool:
    day = problem.days[0]
    rooms = {(n.shift, n.counter): n.room for n in day.needs}
    there = 0
    for member, seat in zip(problem.members, staffing, strict=True):
        if seat is None:
            continue
        room = rooms[seat] if seat[1] else member.room
        in_time = not limit.shifts or seat[0] in limit.shifts
        there += in_time and (limit.kind != "room" or room == limit.room)
    return there <= limit.people


def meets(
    problem: Problem, staffing: tuple[tuple[str, str] | None, ...], demand: Demand
) -> bool:
    if demand.kind == "least":
        return sum(seat is not None for seat in staffing) >= demand.people
    if demand.kind == "counter":
        return staffing.count((demand.shift, demand.counter)) >= demand.people
    keys = [m.key for m in problem.members]
    return staffing[keys.index(demand.member)] is not None


def can(problem: Problem, demands: Collection[Demand], limits: Collection[Limit]) -> bool:
    return any(
        all(meets(problem, s, d) for d in demands)
        and all(keeps(problem, s, li) for li in limits)
        for s in staffings(problem)
    )


def everything(problem: Problem) -> tuple[list[Demand], list[Limit]]:
    """What a day demands and allows, read from the problem without the code under test."""
    day = problem.days[0]
    locks = {lock.member: lock for lock in problem.locks}
    demands = [Demand("counter", n.people, n.counter, n.shift) for n in day.needs if n.people]
    demands += [Demand("least", day.least)] if day.least else []
    for member in problem.members:
        lock = locks.get(member.key)
        if lock and lock.is_in:
            demands.append(Demand("lock", 1, member=member.key))
        elif TUESDAY in member.pinned - member.away and not lock:
            demands.append(Demand("pinned", 1, member=member.key))
    names = tuple(span.name for span in day.shifts)
    groups = [(name,) for name in names] if day.shifts == APART else [names]
    limits = [] if day.most is None else [Limit("most", day.most)]
    if day.most_at_once is not None:
        limits += [Limit("most_at_once", day.most_at_once, group) for group in groups]
    limits += [
        Limit("room", most, group, room) for room, most in day.rooms.items() for group in groups
    ]
    return demands, limits


def drawn(rng: random.Random) -> Problem:
    shifts = rng.choice([WHOLE, WHOLE, APART, TOGETHER])
    rooms = ["", "A", "B"]
    needs = []
    for counter in rng.sample(["1", "2", "3"], rng.randint(0, 2)):
        skill, room = rng.choice(["", "x", "y"]), rng.choice(rooms)
        people = rng.randint(1, 2)
        needs += [Need(counter, skill, people, s.name, rng.randint(1, 3), room) for s in shifts]
    members, locks = [], []
    for number in range(rng.randint(0, 4)):
        key = f"account:{number}"
        away = frozenset({TUESDAY} if rng.random() < 0.2 else ())
        pinned = frozenset({TUESDAY} if rng.random() < 0.25 else ())
        skills = frozenset(s for s in "xy" if rng.random() < 0.5)
        members.append(Member(key, skills, away, pinned, 0, rng.choice(rooms)))
        if rng.random() < 0.2:
            shift = rng.choice([None, shifts[0].name])
            counter = rng.choice([None, "", "1"])
            locks.append(Lock(key, TUESDAY, rng.random() < 0.6, shift, counter))
    maybe = [None, None, 0, 1, 2, 3]
    day = Day(
        TUESDAY,
        shifts,
        tuple(needs),
        most=rng.choice(maybe),
        most_at_once=rng.choice(maybe),
        least=rng.choice([0, 0, 1, 3]),
        rooms={room: rng.randint(0, 2) for room in "AB" if rng.random() < 0.3},
    )
    return Problem("U", (day,), tuple(members), tuple(locks))


def without(items: Collection[object], one: object) -> list[object]:
    return [item for item in items if item != one]


def assert_irreducible(problem: Problem, reason: Reason) -> None:
    assert not can(problem, reason.demands, reason.limits)
    for demand in reason.demands:
        assert can(problem, without(reason.demands, demand), reason.limits)
    for limit, needed in zip(reason.limits, reason.needed, strict=True):
        others = without(reason.limits, limit)
        assert can(problem, reason.demands, others)
        assert can(problem, reason.demands, [*others, replace(limit, people=needed)])
        assert not can(problem, reason.demands, [*others, replace(limit, people=needed - 1)])


@pytest.mark.parametrize("seed", range(10))
def test_reasons_equal_brute_force(seed: int) -> None:
    rng = random.Random(seed)
    clashes = 0
    for _ in range(100):
        problem = drawn(rng)
        demands, limits = everything(problem)
        reasons = explaining.explain(problem, TUESDAY)
        assert (not reasons) is can(problem, demands, limits), problem
        for reason in reasons:
            assert set(reason.demands) <= set(demands)
            assert set(reason.limits) <= set(limits)
            assert_irreducible(problem, reason)
        told = {demand for reason in reasons for demand in reason.demands}
        assert len(told) == sum(len(reason.demands) for reason in reasons)
        assert can(problem, [d for d in demands if d not in told], limits)
        clashes += bool(reasons)
    assert 30 < clashes < 90


def test_many_counters_equal_hall() -> None:
    """Beyond what can be tried one by one: every subset of counters, as Hall says."""
    rng = random.Random(7)
    for _ in range(150):
        skills = "abcdefgh"
        needs = tuple(Need(s, s, rng.randint(1, 3)) for s in skills)
        members = tuple(
            Member(f"account:{n}", frozenset(s for s in skills if rng.random() < 0.25))
            for n in range(rng.randint(14, 30))
        )
        problem = Problem("U", (Day(TUESDAY, WHOLE, needs),), members)
        short = any(
            sum(n.people for n in chosen)
            > sum(any(n.skill in m.skills for n in chosen) for m in members)
            for size in range(1, len(needs) + 1)
            for chosen in combinations(needs, size)
        )
        reasons = explaining.explain(problem, TUESDAY)
        assert bool(reasons) is short
        for reason in reasons:
            asked = sum(demand.people for demand in reason.demands)
            assert reason.missing == asked - len(reason.able) > 0


def test_help_is_what_it_says() -> None:
    for seed in range(150):
        problem = drawn(random.Random(seed))
        for reason in explaining.explain(problem, TUESDAY):
            for change in explaining.helps(problem, reason):
                helped = problem
                if change.kind == "train":
                    helped = replace(
                        problem,
                        members=tuple(
                            replace(m, skills=m.skills | {change.skill})
                            if m.key == change.member
                            else m
                            for m in problem.members
                        ),
                    )
                elif change.kind == "admit":
                    kept = tuple(lo for lo in problem.locks if lo.member != change.member)
                    helped = replace(problem, locks=kept)
                else:
                    continue
                assert can(helped, reason.demands, reason.limits)


def ktp(**changes: object) -> Problem:
    budi = Member("account:1", frozenset({"biometric"}))
    citra = Member("account:2", frozenset({"biometric"}), away=frozenset({TUESDAY}))
    dina = Member("account:3", frozenset({"counter"}))
    day = Day(TUESDAY, WHOLE, (Need("ktp", "biometric", 2),))
    return Problem("U", (replace(day, **changes),), (budi, citra, dina))  # type: ignore[arg-type]


NAMES = {"account:1": "Budi", "account:2": "Citra", "account:3": "Dina"}


def test_a_lack_of_people_is_said_with_those_who_are_absent_and_not_why() -> None:
    reasons = explaining.explain(ktp(), TUESDAY)
    said = explaining.sentences(reasons, names=NAMES, counters={"ktp": "perekaman KTP"})
    assert said == (
        (
            "Tuesday 22 September 2020: perekaman KTP needs 2; qualified: Budi; "
            "Citra must not be in the office."
        ),
    )
    kinds = {("account:2", TUESDAY): "leave"}
    said = explaining.sentences(reasons, names=NAMES, kinds=kinds)
    assert said == (
        "Tuesday 22 September 2020: ktp needs 2; qualified: Budi; Citra is on leave.",
    )
    with translation.override("id"):
        said = explaining.sentences(reasons, names=NAMES, counters={"ktp": "perekaman KTP"})
    assert said == (
        (
            "Selasa 22 September 2020: perekaman KTP membutuhkan 2 orang; yang mampu: Budi; "
            "Citra tidak boleh berada di kantor."
        ),
    )
    assert explaining.ways_out(explaining.helps(ktp(), reasons[0]), names=NAMES) == (
        "if Dina learned: recording fingerprints and faces",
    )


def test_a_cap_is_said_with_its_article() -> None:
    cap = "BKD September 2020, art. 1"
    problem = ktp(
        needs=(Need("ktp", "biometric", 1), Need("loket", "", 1)),
        most=1,
        cited={"most": (cap,)},
    )
    reasons = explaining.explain(problem, TUESDAY)
    assert explaining.sentences(reasons, names=NAMES) == (
        (
            "Tuesday 22 September 2020: ktp needs 1; loket needs 1; "
            "at most 1 may come, it would take 2 (BKD September 2020, art. 1)."
        ),
    )
    assert explaining.ways_out(explaining.helps(problem, reasons[0]), names=NAMES) == (
        "if 2 might come on this day",
    )


def test_a_cap_below_the_pinned_posts_and_a_unit_without_anybody() -> None:
    problem = ktp(needs=(), most=0)
    pinned = replace(problem.members[0], pinned=frozenset({TUESDAY}))
    problem = replace(problem, members=(pinned, *problem.members[1:]))
    assert explaining.sentences(explaining.explain(problem, TUESDAY), names=NAMES) == (
        (
            "Tuesday 22 September 2020: Budi must be in the office by their post; "
            "at most 0 may come, it would take 1."
        ),
    )
    empty = replace(ktp(), members=())
    assert explaining.sentences(explaining.explain(empty, TUESDAY), names={}) == (
        "Tuesday 22 September 2020: ktp needs 2; nobody who is qualified may come.",
    )


def test_a_minimum_that_too_few_can_meet_says_how_few() -> None:
    for here, said in ((0, "nobody may come"), (1, "only 1 may come")):
        away = frozenset({TUESDAY})
        members = tuple(
            Member(f"account:{n}", away=frozenset() if n < here else away) for n in range(3)
        )
        problem = Problem("U", (Day(TUESDAY, WHOLE, least=2),), members)
        assert explaining.sentences(explaining.explain(problem, TUESDAY), names={}) == (
            f"Tuesday 22 September 2020: at least 2 must be in the office; {said}.",
        )


def test_posts_that_cannot_all_be_there_are_not_blamed_on_a_counter() -> None:
    names = {"account:1": "Ani", "account:2": "Bayu", "account:3": "Cahya"}
    heads = tuple(Member(key, pinned=frozenset({TUESDAY})) for key in names)
    clerk = Member("account:4", frozenset({"x"}))
    day = Day(TUESDAY, WHOLE, (Need("1", "x", 1),), most=2)
    reasons = explaining.explain(Problem("U", (day,), (*heads, clerk)), TUESDAY)
    (sentence,) = explaining.sentences(reasons, names=names)
    assert sentence == (
        "Tuesday 22 September 2020: Ani must be in the office by their post; Bayu must be in "
        "the office by their post; Cahya must be in the office by their post; at most 2 may "
        "come, it would take 3."
    )


def test_a_day_that_is_none_has_no_reason() -> None:
    assert explaining.explain(ktp(), date(2020, 9, 20)) == ()
