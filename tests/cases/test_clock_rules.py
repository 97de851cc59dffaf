"""Working days of a case: weekends, holidays, pauses, and where a day begins."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.cases.rules import clock
from loket.cases.rules.clock import Interval
from loket.organisation.rules.calendar import CalendarMissing, local_day
from tests.factories.organisation import calendar

JAKARTA = ZoneInfo("Asia/Jakarta")
MARCH = calendar(2026, d2026_03_19="Nyepi", d2026_03_20="Idulfitri")


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of March 2026 by Jakarta's clocks."""
    return datetime(2026, 3, day, hour, minute, tzinfo=JAKARTA).astimezone(UTC)


def due(filed: int, days: int, *pauses: Interval) -> date:
    return clock.count(
        filed_on=date(2026, 3, filed),
        working_days=days,
        calendar=MARCH,
        pauses=pauses,
        zone=JAKARTA,
    ).due_on


def test_the_day_of_filing_does_not_count():
    assert due(2, 1) == date(2026, 3, 3)


def test_weekends_and_holidays_do_not_count_and_are_named():
    counted = clock.count(
        filed_on=date(2026, 3, 17), working_days=2, calendar=MARCH, zone=JAKARTA
    )

    assert [(d.on.day, d.number, d.name != "") for d in counted.days] == [
        (18, 1, False),
        (19, None, True),
        (20, None, True),
        (21, None, True),
        (22, None, True),
        (23, 2, False),
    ]
    assert counted.days[1].name == "Nyepi"


def test_a_pause_within_one_day_changes_nothing():
    assert due(2, 3, Interval(moment(3, 9), moment(3, 15))) == date(2026, 3, 5)


def test_days_that_began_with_the_applicant_do_not_count():
    # Returned on Tuesday, sent again on Thursday: Wednesday and Thursday are lost.
    paused = Interval(moment(3, 9), moment(5, 15))

    assert due(2, 3, paused) == date(2026, 3, 9)
    days = clock.count(
        filed_on=date(2026, 3, 2),
        working_days=3,
        calendar=MARCH,
        pauses=[paused],
        zone=JAKARTA,
    ).days
    assert [(d.on.day, d.number, d.is_paused) for d in days] == [
        (3, 1, False),
        (4, None, True),
        (5, None, True),
        (6, 2, False),
        (7, None, False),
        (8, None, False),
        (9, 3, False),
    ]


def test_an_open_pause_leaves_the_promise_as_it_was():
    assert due(2, 3, Interval(moment(3, 9), None)) == date(2026, 3, 5)


def test_two_pauses_add_up():
    first = Interval(moment(3, 9), moment(4, 9))
    second = Interval(moment(5, 9), moment(6, 9))

    assert due(2, 3, first, second) == date(2026, 3, 9)


def test_a_pause_over_a_weekend_costs_only_working_days():
    # Friday to Monday morning: Monday began with the applicant.
    assert due(2, 5, Interval(moment(6, 9), moment(9, 8))) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 3, 2, 16, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 17, 0, tzinfo=UTC), date(2026, 3, 3)),
    ],
)
def test_a_day_is_the_offices_day_not_the_servers(utc, day):
    assert local_day(utc, JAKARTA) == day


def test_a_pause_begins_with_the_offices_day():
    # 17:30 UTC on Tuesday is Wednesday in Jakarta: Wednesday still counts.
    late_evening = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)

    assert Interval(late_evening, None).days(JAKARTA) == (date(2026, 3, 5), None)


def test_days_spent_stop_while_a_case_is_with_the_applicant():
    spent = clock.elapsed(
        filed_on=date(2026, 3, 2),
        until=date(2026, 3, 6),
        calendar=MARCH,
        pauses=[Interval(moment(3, 9), None)],
        zone=JAKARTA,
    )

    assert spent == 1


def test_a_year_without_joint_leave_is_refused():
    with pytest.raises(CalendarMissing):
        clock.count(filed_on=date(2026, 12, 30), working_days=3, calendar=MARCH, zone=JAKARTA)


@given(
    filed=st.dates(date(2026, 1, 1), date(2026, 6, 30)),
    days=st.integers(1, 20),
    start=st.integers(0, 30),
    length=st.integers(0, 30),
)
def test_a_pause_never_brings_the_due_date_forward(filed, days, start, length):
    opened = datetime.combine(filed, datetime.min.time(), JAKARTA) + timedelta(
        days=start, hours=9
    )
    pause = Interval(opened, opened + timedelta(days=length))
    facts = {"filed_on": filed, "working_days": days, "calendar": MARCH, "zone": JAKARTA}

    free, paused = clock.count(**facts), clock.count(**facts, pauses=[pause])

    assert paused.due_on >= free.due_on
    assert [d.number for d in paused.days if d.number] == list(range(1, days + 1))
    assert paused.days[-1].number == days
