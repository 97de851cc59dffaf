"""Invented offices: seeded, so that everybody who plans them plans the same ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from loket.workforce.rules.problem import Day, Member, Need, Problem, Span, Turn

START = date(2020, 9, 14)
SKILLS = {"counter": 0.6, "biometric": 0.2, "cashier": 0.15, "archive": 0.3}
COUNTERS = (
    ("L1", "counter", 5), ("L2", "biometric", 7), ("L3", "cashier", 4), ("L4", "archive", 2),
)  # fmt: skip
ORDINARY = Span("", time(7, 30), time(16, 0))
MORNING = Span("pagi", time(7, 30), time(11, 30))
NOON = Span("siang", time(12, 0), time(16, 0))
ROOM_HOLDS = 25


def office(
    staff: int, days: int, *, seed: int, unit: str = "", shares: tuple[float, ...] = (0.5, 0.25),
    shifts: tuple[Span, ...] = (ORDINARY,), teams: int = 0,
) -> Problem:  # fmt: skip
    """Return a unit of so many people over so many working days.

    The law lets fewer and fewer come: each of ``shares`` holds for a part of the days.
    """
    chance = random.Random(f"{seed}:{staff}:{days}")
    dates = working_days(START, days)
    rooms = max(1, staff // ROOM_HOLDS)
    needs = _needs(staff, min(shares), rooms, shifts)
    return Problem(
        unit=unit or f"U{seed}",
        days=tuple(
            Day(
                on=on,
                shifts=shifts,
                needs=needs,
                most=int(shares[n * len(shares) // days] * staff),
                least=int(shares[n * len(shares) // days] * staff * 0.9),
                rooms={f"R{room}": ROOM_HOLDS for room in range(rooms)},
            )
            for n, on in enumerate(dates)
        ),
        members=tuple(_member(n, dates, rooms, staff, chance) for n in range(staff)),
        teams=teams,
    )


def working_days(first: date, count: int) -> tuple[date, ...]:
    """Return so many days from Monday to Friday."""
    every = (first + timedelta(days=n) for n in range(count * 2 + 7))
    return tuple(on for on in every if on.weekday() < 5)[:count]  # noqa: PLR2004 -- Saturday


def _needs(staff: int, share: float, rooms: int, shifts: tuple[Span, ...]) -> tuple[Need, ...]:
    """Return counters that take up about two thirds of those who may come."""
    seats = max(3, int(staff * share * 0.65))
    found = []
    for at in range(max(1, seats // 5)):
        for code, skill, weight in COUNTERS:
            people = 2 if skill == "counter" else 1
            found += [
                Need(f"{code}-{at}", skill, people, span.name, weight, f"R{at % rooms}")
                for span in shifts
                if len(shifts) == 1 or people > 1 or span is shifts[at % len(shifts)]
            ]
    return tuple(found)


def _member(
    n: int, dates: tuple[date, ...], rooms: int, staff: int, chance: random.Random
) -> Member:
    leads = n < max(2, staff // 25)
    skills = frozenset(skill for skill, share in SKILLS.items() if chance.random() < share)
    if n % 10 == 9:  # noqa: PLR2004 -- one in ten is excused for the whole time
        away = frozenset(dates)
    elif chance.random() < 0.2:  # noqa: PLR2004 -- one in five takes a week off
        begin = chance.randrange(len(dates))
        away = frozenset(dates[begin : begin + 5])
    else:
        away = frozenset()
    return Member(
        key=f"account:{n:05}",
        skills=skills | {"signing"} if leads else skills,
        away=away,
        pinned=frozenset(dates) if leads else frozenset(),
        carried=chance.randrange(8, 24),
        room=f"R{n * rooms // staff}",
    )


def fallen_ill(problem: Problem, turns: tuple[Turn, ...], *, seed: int) -> Problem:
    """Return the same unit after one in forty fell ill in the middle of what was published."""
    chance = random.Random(seed)
    middle = problem.days[len(problem.days) // 2].on
    out = frozenset(day.on for day in problem.days if day.on >= middle) - {
        day.on for day in problem.days[len(problem.days) // 2 + 10 :]
    }
    count = max(1, len(problem.members) // 40)
    ill = set(chance.sample(sorted({turn.member for turn in turns if turn.on in out}), count))
    members = tuple(
        replace(member, away=member.away | out) if member.key in ill else member
        for member in problem.members
    )
    return replace(problem, members=members, published=frozenset(turns), frozen_before=middle)


def province(days: int, *, seed: int = 31, teams: int = 0) -> Iterator[Problem]:
    """Return some 700 offices with some 60,000 people: villages, districts, agencies."""
    chance = random.Random(seed)
    sizes = (
        [chance.randrange(15, 26) for _ in range(267)]
        + [chance.randrange(40, 61) for _ in range(44)]
        + [chance.randrange(60, 141) for _ in range(340)]
        + [chance.randrange(250, 551) for _ in range(44)]
        + [2000] * 3
    )
    for n, staff in enumerate(sizes):
        yield office(staff, days, seed=seed * 1000 + n, unit=f"U{n:03}", teams=teams)
