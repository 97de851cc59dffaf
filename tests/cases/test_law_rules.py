"""Circulars and closures on the clock: which days they take, and which they grant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.cases.rules import clock
from loket.cases.rules.clock import Interval
from loket.cases.rules.law import Law, week
from loket.policies.rules.values import Because, Extension, Suspension
from tests.factories.organisation import calendar

JAKARTA = ZoneInfo("Asia/Jakarta")
LONG = calendar(*range(2026, 2036), d2026_03_19="Nyepi", d2026_03_20="Idulfitri")
HOURS = week({str(day): [["07:30", "11:30"], ["13:00", "16:00"]] for day in range(5)})


def moment(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment of March 2026 by Jakarta's clocks."""
    return datetime(2026, 3, day, hour, minute, tzinfo=JAKARTA).astimezone(UTC)


def circular(label: str = "Gubernur 2/SE/2026 (01-03-2026)") -> Because:
    return Because("circular:ABC", label, "4", moment(1), None)


def stop(starts: datetime, ends: datetime | None, why: Because | None = None) -> Suspension:
    return Suspension(starts, ends, (why or circular(),))


def counted(law: Law, *pauses: Interval, days: int = 3) -> clock.Count:
    return clock.count(
        filed_on=date(2026, 3, 2),
        working_days=days,
        calendar=LONG,
        pauses=pauses,
        law=law,
        zone=JAKARTA,
    )


def test_a_suspended_day_does_not_count_and_says_why():
    why = circular()

    days = counted(Law((stop(moment(4), moment(6), why),))).days

    assert [(d.on.day, d.number, d.because) for d in days] == [
        (3, 1, ()),
        (4, None, (why,)),
        (5, None, (why,)),
        (6, 2, ()),
        (7, None, ()),
        (8, None, ()),
        (9, 3, ()),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "takes_the_day"),
    [
        (moment(4, 0), moment(4, 7, 30), False),  # over when the office opens
        (moment(4, 0), moment(4, 7, 31), True),
        (moment(4, 11, 30), moment(4, 13), False),  # the break
        (moment(4, 11, 29), moment(4, 13), True),
        (moment(4, 16), moment(5, 7, 30), False),  # the evening
        (moment(4, 15, 59), moment(5, 0), True),
        (moment(4, 9), moment(4, 9), False),  # no time at all
    ],
)
def test_a_day_is_lost_if_any_part_of_its_hours_was(starts, ends, takes_the_day):
    days = counted(Law((stop(starts, ends),), hours=HOURS)).days

    assert (days[1].number is None) == takes_the_day


def test_a_day_without_hours_on_record_is_taken_as_usual():
    law = Law((stop(moment(4, 15), moment(4, 15, 30)),), hours=week({}))

    assert counted(law).days[1].number is None


def test_a_weekend_keeps_its_name_under_a_suspension():
    saturday = counted(Law((stop(moment(6), moment(9)),)), days=4).days[4]

    assert (saturday.on.day, saturday.name != "", saturday.because) == (7, True, ())


def test_a_day_with_the_applicant_is_not_lost_twice():
    pause = Interval(moment(3, 9), moment(5, 15))

    days = counted(Law((stop(moment(4), moment(6)),)), pause).days

    assert [(d.on.day, d.is_paused, d.because) for d in days[1:3]] == [
        (4, True, ()),
        (5, True, ()),
    ]
    assert days[-1].on == date(2026, 3, 9)


def test_an_open_suspension_is_over_now():
    law = Law((stop(moment(3, 9), None),))

    assert counted(law.as_of(moment(3, 8))).due_on == date(2026, 3, 5)
    assert counted(law.as_of(moment(4, 8))).due_on == date(2026, 3, 9)
    assert law.stopped_by(moment(5)) == law.suspensions
    assert law.stopped_by(moment(3, 8)) == ()


def test_suspensions_that_follow_each_other_hold_a_clock_up_as_one():
    first, second = stop(moment(4), moment(6)), stop(moment(6), moment(9))
    law = Law((second, stop(moment(10), None), first))

    assert law.stopped_by(moment(5)) == (first, second)
    assert law.stopped_by(moment(6)) == (second,)
    assert law.stopped_by(moment(9)) == ()


def test_a_closure_lasts_until_it_may_be_reopened_then_until_it_is():
    why = replace(circular(), subject="closure:XYZ", earliest_at=moment(6, 7, 30))
    law = Law((stop(moment(3, 9), None, why),))

    # Tuesday to Thursday are lost, then every day on which it is still shut.
    assert counted(law.as_of(moment(3, 10))).due_on == date(2026, 3, 10)
    assert counted(law.as_of(moment(9, 8))).due_on == date(2026, 3, 12)


def test_days_spent_stop_during_a_suspension_without_end():
    spent = clock.elapsed(
        filed_on=date(2026, 3, 2),
        until=date(2026, 3, 12),
        calendar=LONG,
        law=Law((stop(moment(5, 7), None),)),
        zone=JAKARTA,
    )

    assert spent == 2


def test_an_extension_grants_days_to_counts_that_reach_its_period():
    why = circular()
    granted = Extension(moment(5), moment(6), 2, (why,))

    found = counted(Law(extensions=(granted,)))

    assert (found.due_on, found.extended_by) == (date(2026, 3, 9), 2)
    assert [(d.on.day, d.number, d.because) for d in found.days if d.number] == [
        (3, 1, ()),
        (4, 2, ()),
        (5, 3, ()),
        (6, 4, (why,)),
        (9, 5, (why,)),
    ]
    assert counted(Law(extensions=(granted,)), days=2).extended_by == 0


def test_two_extensions_are_not_added_up():
    first = Extension(moment(3), moment(4), 2, (circular(),))
    second = Extension(moment(9), None, 4, (circular(),))  # Reached only through the first.

    assert counted(Law(extensions=(first, second))).extended_by == 4
    assert counted(Law(extensions=(second,))).extended_by == 0


def as_suspension(start: int, length: int | None) -> Suspension:
    begins = moment(2) + timedelta(hours=start)
    ends = None if length is None else begins + timedelta(hours=length)
    return stop(begins, ends, circular(f"{start}-{length}"))


suspensions = st.builds(as_suspension, st.integers(-100, 700), st.integers(0, 400))
extensions = st.builds(
    lambda start, length, days: Extension(
        moment(2) + timedelta(days=start), moment(2) + timedelta(days=start + length), days,
        (circular(f"{start}"),),
    ),
    st.integers(-10, 30), st.integers(1, 20), st.integers(1, 8),
)  # fmt: skip
laws = st.builds(
    lambda stops, more: Law(tuple(stops), tuple(more), HOURS),
    st.lists(suspensions, max_size=4), st.lists(extensions, max_size=3),
)  # fmt: skip
pauses = st.lists(
    st.builds(
        lambda start, length: Interval(
            moment(2) + timedelta(hours=start), moment(2) + timedelta(hours=start + length)
        ),
        st.integers(0, 400), st.integers(0, 200),
    ),
    max_size=2,
)  # fmt: skip


@given(law=laws, added=suspensions, held=pauses, days=st.integers(1, 15))
def test_a_suspension_never_makes_a_case_due_earlier(law, added, held, days):
    more = Law((*law.suspensions, added), law.extensions, law.hours)

    assert counted(more, *held, days=days).due_on >= counted(law, *held, days=days).due_on


@given(law=laws, added=suspensions, held=pauses, days=st.integers(1, 15))
def test_taking_a_suspension_away_puts_the_old_date_back(law, added, held, days):
    before = counted(law, *held, days=days)
    enacted = Law((*law.suspensions, added), law.extensions, law.hours)
    revoked = Law(
        tuple(s for s in enacted.suspensions if s is not added), law.extensions, law.hours
    )

    assert counted(revoked, *held, days=days) == before


@given(law=laws, held=pauses, days=st.integers(1, 15), data=st.data())
def test_the_order_of_suspensions_and_extensions_does_not_matter(law, held, days, data):
    other = Law(
        tuple(data.draw(st.permutations(law.suspensions))),
        tuple(data.draw(st.permutations(law.extensions))),
        law.hours,
    )

    assert counted(other, *held, days=days) == counted(law, *held, days=days)


@given(law=laws, held=pauses, days=st.integers(1, 15))
def test_a_count_minute_by_minute_agrees(law, held, days):
    """Ask of every half hour of every day whether the clock stood still in it."""
    extra = 0
    while True:
        due = naive(law, held, days + extra)
        reached = [e.working_days for e in law.extensions if meets(e, due)]
        if max(reached, default=0) <= extra:
            break
        extra = max(reached)

    assert counted(law, *held, days=days).due_on == due


def meets(extension: Extension, due: date) -> bool:
    on = date(2026, 3, 2)
    while on <= due:
        noon = datetime.combine(on, time(12), JAKARTA)
        if extension.starts_at <= noon < extension.ends_at:
            return True
        on += timedelta(days=1)
    return False


def naive(law: Law, held: list[Interval], days: int) -> date:
    on, left = date(2026, 3, 2), days
    while left:
        on += timedelta(days=1)
        midnight = datetime.combine(on, time(0), JAKARTA)
        away = any(p.starts_at < midnight <= p.ends_at for p in held)
        works = on.weekday() < 5 and on not in (date(2026, 3, 19), date(2026, 3, 20))
        if works and not away and not any(stands(law, on, m) for m in range(0, 1440, 30)):
            left -= 1
    return on


def stands(law: Law, on: date, minute: int) -> bool:
    """Say whether the clock stood still at a minute in which the office works."""
    at = datetime.combine(on, time(minute // 60, minute % 60), JAKARTA)
    works = time(7, 30) <= at.time() < time(11, 30) or time(13) <= at.time() < time(16)
    return works and any(s.starts_at <= at < s.ends_at for s in law.suspensions)
