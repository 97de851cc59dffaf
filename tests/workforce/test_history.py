"""What the circulars of 2020 to 2025 ask of a kelurahan of twenty and of an office of forty.

The table is written from what the circulars say, not from how the law is kept: it checks
everything between the two.
"""

from datetime import date, timedelta

import pytest

from loket.organisation.models import Unit
from loket.workforce import queries
from tests.factories import rosters as factory
from tests.policies.history.conftest import TODAY, history

__all__ = ["history"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("history")]

LONG_AGO = date(2019, 1, 1)
KELURAHAN, REGISTRY, MAYOR = "31.74.04.1003", "31.74.04.1003-DUKCAPIL", "31.71"
LEVELS = ("IV.a", "IV.b", "IV.b", "IV.b")
"""A lurah, a secretary, two heads of section."""
USUAL, FRIDAY = "07:30-16:00", "07:30-16:30"
SE38, SE38_FRIDAY = "07:00-15:30 09:00-17:30", "07:00-16:00 09:00-18:00"
SE62, SE62_FRIDAY = "07:00-12:30 10:30-16:00", "07:00-13:00 10:30-16:30"
BKD = "08:00-13:30"


def staffed(code, number):
    """Give a unit so many people, four of them heads, and one public counter."""
    unit = Unit.objects.get(code=code)
    for n in range(number):
        level = LEVELS[n] if n < len(LEVELS) else ""
        factory.member(unit, f"P{n}", level=level, starts_on=LONG_AGO)
    factory.counter(unit, "A", starts_on=LONG_AGO)
    return unit


def asked(code, number, on):
    since = date.fromisoformat(on)
    problem = queries.problem_for(
        unit=staffed(code, number), since=since, until=since + timedelta(days=1), at=TODAY
    )
    (day,) = problem.days
    shifts = " ".join(f"{s.since:%H:%M}-{s.until:%H:%M}" for s in day.shifts)
    pinned = sum(since in member.pinned for member in problem.members)
    return (day.most, day.most_at_once, day.least, pinned, len(day.needs), shifts)


@pytest.mark.parametrize(
    ("on", "code", "number", "expected"),
    [
        # before any circular: everybody, in ordinary hours
        ("2020-03-13", KELURAHAN, 20, (None, None, 20, 0, 1, FRIDAY)),
        # SE 19/2020: the two highest levels; here those are all four heads
        ("2020-03-16", KELURAHAN, 20, (None, None, 0, 4, 1, USUAL)),
        # 02/SE/2020: heads in, staff by roster, nobody received
        ("2020-03-18", KELURAHAN, 20, (None, None, 0, 4, 0, USUAL)),
        # the registry's own circular: all from home but those who are kept
        ("2020-03-24", REGISTRY, 20, (4, None, 0, 4, 0, USUAL)),
        # May 2020: 10 % of twenty are two, and heads are four
        ("2020-05-12", KELURAHAN, 20, (2, None, 0, 4, 1, USUAL)),
        ("2020-05-12", REGISTRY, 40, (4, None, 0, 4, 0, USUAL)),
        # 38/SE/2020: half, two shifts that overlap, longer on Fridays
        ("2020-06-08", KELURAHAN, 20, (10, None, 0, 0, 2, SE38)),
        ("2020-06-12", REGISTRY, 40, (20, None, 0, 0, 2, SE38_FRIDAY)),
        ("2020-09-02", KELURAHAN, 20, (10, None, 0, 0, 2, SE38)),
        # 62/SE/2020 revokes it: at least half, rounded up, shifts of 5.5 hours
        ("2020-09-03", KELURAHAN, 20, (None, None, 10, 0, 2, SE62)),
        ("2020-09-10", REGISTRY, 40, (None, None, 20, 0, 2, SE62)),
        ("2020-09-10", REGISTRY, 7, (None, None, 4, 0, 2, SE62)),
        ("2020-09-11", KELURAHAN, 20, (None, None, 10, 0, 2, SE62_FRIDAY)),
        # BKD, September 2020: a quarter at the same time, 08:00-13:30, rounded down; a minimum
        # that a stronger maximum forbids is gone
        ("2020-09-22", KELURAHAN, 20, (5, 5, 0, 0, 1, BKD)),
        ("2020-09-22", REGISTRY, 40, (10, 10, 0, 0, 1, BKD)),
        ("2020-09-25", REGISTRY, 7, (1, 1, 0, 0, 1, BKD)),
        # 48/SE/2020: a quarter at once, in the shifts of 62/SE/2020
        ("2020-10-12", REGISTRY, 40, (None, 10, 10, 0, 2, SE62)),
        # Ingub 64/2020: half; Kepgub 796/2021: a quarter
        ("2020-12-21", REGISTRY, 40, (20, 20, 20, 0, 2, SE62)),
        ("2021-06-23", REGISTRY, 40, (10, 10, 0, 0, 2, SE62)),
        # PPKM: SE 25/2021 at levels 1, 2, 3; 05/2022 at 3; 06/2022 at 2
        ("2021-11-15", REGISTRY, 40, (30, None, 0, 0, 1, USUAL)),
        ("2021-12-01", REGISTRY, 40, (20, None, 0, 0, 1, USUAL)),
        ("2022-02-10", REGISTRY, 40, (10, None, 0, 0, 1, USUAL)),
        ("2022-02-17", REGISTRY, 40, (20, None, 0, 0, 1, USUAL)),
        ("2022-03-08", REGISTRY, 40, (30, None, 0, 0, 1, USUAL)),
        # SE 1/2024: half of those who govern, all of those who serve
        ("2024-04-16", KELURAHAN, 20, (None, None, 10, 0, 1, USUAL)),
        ("2024-04-16", REGISTRY, 20, (None, None, 20, 0, 1, USUAL)),
        # e-0021/2025: from home where they may, nobody must
        ("2025-08-29", KELURAHAN, 20, (None, None, 0, 0, 1, FRIDAY)),
    ],
)
def test_a_day_of_the_history(on, code, number, expected):
    assert asked(code, number, on) == expected


def test_the_mayor_s_office_was_shut_for_three_days():
    law = queries.law_days(
        unit=staffed(MAYOR, 20), since=date(2020, 9, 18), until=date(2020, 9, 25), at=TODAY
    )

    assert [(day.on.day, day.most, day.receives) for day in law] == [
        (18, 5, {"1"}), (21, 0, set()), (22, 0, set()), (23, 5, {"1"}), (24, 5, {"1"}),
    ]  # fmt: skip
