"""What a plan promises, case by case."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

from bench.batches import plan_many
from bench.offices import MORNING, NOON, fallen_ill, office

from loket.workforce.rules import planning
from loket.workforce.rules.planning import certificates
from loket.workforce.rules.problem import Lock, Need, Shortage, Turn
from tests.workforce.planning.problems import MIDDLE, day, on, person, unit


def test_nobody_qualified() -> None:
    problem = unit(person(1), person(2, "b"), days=(day(0, Need("L1", "a", 2, weight=4)),))
    found = planning.plan(problem)
    assert (found.turns, found.is_proven) == ((), True)
    assert found.shortages == (Shortage(on(0), "counter", "", "L1", 2),)
    assert found.objective.uncovered == 8


def test_nobody_may_come() -> None:
    days = (day(0, Need("L1", "", 1), most=0, least=1),)
    found = planning.plan(unit(person(1, pinned=frozenset({on(0)})), days=days))
    assert [(s.kind, s.missing, s.members) for s in found.shortages] == [
        ("counter", 1, ()), ("least", 1, ()), ("pinned", 1, ("account:1",)),
    ]  # fmt: skip
    assert (found.turns, found.is_proven, found.objective.uncovered) == ((), True, 11)


def test_everybody_is_away() -> None:
    everywhere = frozenset({on(0), on(1)})
    days = (day(0, Need("L1", "", 1)), day(1, least=1))
    found = planning.plan(unit(person(1, away=everywhere, pinned=everywhere), days=days))
    assert [(s.on, s.kind) for s in found.shortages] == [(on(0), "counter"), (on(1), "least")]
    assert (found.turns, found.is_proven, found.objective.pinned) == ((), True, 0)


def test_cap_below_the_pinned_posts() -> None:
    pinned = frozenset({on(0)})
    members = [person(n, pinned=pinned, carried=n) for n in range(3)]
    found = planning.plan(unit(*members, days=(day(0, most=2),)))
    assert [(s.kind, s.missing, s.members) for s in found.shortages] == [
        ("pinned", 1, ("account:2",))
    ]
    assert len(found.turns) == 2


def test_nothing_to_decide() -> None:
    for problem in (unit(days=()), unit(person(1), days=()), unit(days=(day(0, least=1),))):
        found = planning.plan(replace(problem, teams=2))
        assert (found.turns, found.is_proven, found.contacts) == ((), True, 0)


def test_decided_by_hand() -> None:
    days = (
        day(
            0, Need("L1", "", 1, "morning"), Need("L2", "", 1, "noon"), shifts=(MORNING_, NOON_)
        ),
    )
    locks = (
        Lock("account:1", on(0), is_in=True, shift="noon", counter="L2"),
        Lock("account:2", on(0), is_in=False),
        Lock("account:3", on(0), is_in=True, counter=""),
        Lock("account:4", on(0), is_in=True, shift="night"),
    )
    members = [person(n) for n in range(1, 5)]
    found = planning.plan(unit(*members, days=days, locks=locks))
    assert found.shortages == (
        Shortage(on(0), "counter", "morning", "L1", 1),
        Shortage(on(0), "lock", "", "", 1, ("account:4",)),
    )
    assert [(turn.member, turn.counter) for turn in found.turns if turn.counter] == [
        ("account:1", "L2")
    ]
    assert {turn.member for turn in found.turns} == {"account:1", "account:3"}


def test_shifts_that_overlap_share_their_limit() -> None:
    needs = (
        Need("L1", "", 1, "morning"),
        Need("L2", "", 1, "middle"),
        Need("L3", "", 1, "noon"),
    )
    members = [person(n) for n in range(3)]
    apart = day(0, *needs[::2], shifts=(MORNING_, NOON_), most_at_once=1)
    assert planning.plan(unit(*members, days=(apart,))).objective.uncovered == 0
    over = day(0, *needs[:2], shifts=(MORNING_, MIDDLE), most_at_once=1)
    found = planning.plan(unit(*members, days=(over,)))
    assert (found.objective.uncovered, found.is_proven) == (1, True)


def test_a_chain_of_shifts_is_never_called_proven_wrongly() -> None:
    # Morning and noon do not overlap, but both overlap the middle.
    needs = (Need("L1", "", 1, "morning"), Need("L3", "", 1, "noon"))
    chained = day(0, *needs, shifts=(MORNING_, MIDDLE, NOON_), most_at_once=1)
    found = planning.plan(unit(person(1), person(2), days=(chained,)))
    assert (found.objective.uncovered, found.is_proven) == (1, False)
    roomy = replace(chained, most_at_once=2)
    found = planning.plan(unit(person(1), person(2), days=(roomy,)))
    assert (found.objective.uncovered, found.is_proven) == (0, True)


def test_rooms_hold_so_many() -> None:
    members = [person(n, room="R1" if n < 4 else "R2") for n in range(6)]
    days = (day(0, Need("L1", "", 1, room="R1"), least=6, rooms={"R1": 3}),)
    found = planning.plan(unit(*members, days=days))
    rooms = Counter("R1" if t.counter or t.member < "account:4" else "R2" for t in found.turns)
    assert rooms["R1"] == 3
    assert (len(found.turns), found.is_proven) == (6 if rooms["R2"] == 3 else 5, True)


def test_fairness_is_least_majorised() -> None:
    # Of all rosters that meet the needs, none has lower loads, compared from the highest down.
    members = [
        person(1, "a", carried=3),
        person(2, "a", "b"),
        person(3, "b"),
        person(4, carried=1),
    ]
    days = tuple(day(n, Need("L1", "a", 1), Need("L2", "", 1)) for n in range(3))
    found = planning.plan(unit(*members, days=days))
    come = Counter(turn.member for turn in found.turns)
    loads = sorted((m.carried + come[m.key] for m in members), reverse=True)
    pairs = [(a, b) for a in (0, 1) for b in range(4) if a != b]
    every = (Counter(i for pair in way for i in pair) for way in product(pairs, repeat=3))
    assert loads == min(
        sorted((m.carried + one[i] for i, m in enumerate(members)), reverse=True)
        for one in every
    )


def test_a_repair_changes_two_turns_for_each_that_falls_out() -> None:
    problem = office(20, 20, seed=5)
    before = planning.plan(problem)
    ill = fallen_ill(problem, before.turns, seed=3)
    away = {member.key: member.away for member in ill.members}
    forced = [t for t in before.turns if ill.frozen_before <= t.on in away[t.member]]
    found = planning.plan(ill, is_repair=True)
    assert (found.objective.changes, found.is_proven) == (2 * len(forced), True)
    assert len(set(before.turns) ^ set(found.turns)) == 2 * len(forced)
    assert len(forced) > 0


def test_past_days_stay_as_they_were() -> None:
    told = frozenset({Turn(on(0), "", "L9", "account:2"), Turn(on(1), "", "L1", "account:1")})
    days = tuple(day(n, Need("L1", "", 1)) for n in range(2))
    members = (person(1), person(2))
    problem = unit(*members, days=days, published=told, frozen_before=on(1))
    found = planning.plan(problem, is_repair=True)
    assert set(found.turns) == told
    assert (found.objective.changes, found.objective.unfairness) == (0, 2)


def test_groups_cost_nothing_and_meet_less() -> None:
    problem = office(50, 20, seed=2, shares=(0.5,))
    alone = planning.plan(problem)
    split = planning.plan(replace(problem, teams=2))
    assert split.objective == alone.objective
    assert split.is_proven
    sizes = Counter(split.team_of.values())
    assert abs(sizes[0] - sizes[1]) <= 2
    assert split.contacts < alone.contacts
    assert 0 <= split.gap < 1
    assert len(split.turns) * 0.25 > split.off_team


def test_nobody_comes_on_more_than_five_days_in_a_row_without_need() -> None:
    problem = office(30, 20, seed=4, shares=(0.4,))
    free = tuple(replace(member, pinned=frozenset()) for member in problem.members)
    assert planning.plan(replace(problem, members=free)).long_runs == 0


def test_the_same_problem_has_the_same_plan_whatever_the_processes() -> None:
    problems = [office(staff, 10, seed=7, teams=2) for staff in (12, 25)]
    one = plan_many(problems)
    assert plan_many(problems, processes=2) == one
    assert planning.plan(problems[0]) == one[0]


def test_two_shifts_a_day() -> None:
    problem = office(40, 10, seed=9, shifts=(MORNING, NOON))
    found = planning.plan(problem)
    assert found.is_proven
    each = Counter((turn.on, turn.member) for turn in found.turns)
    assert max(each.values()) == 1


def test_certificates_are_read_as_they_were_written() -> None:
    found = planning.plan(office(20, 5, seed=1))
    assert certificates.pack(certificates.unpack(found.certificate)) == found.certificate


MORNING_ = replace(MORNING, name="morning")
NOON_ = replace(NOON, name="noon")
