from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from loket.organisation.rules.calendar import (
    Calendar,
    CalendarMissing,
    CountedDay,
    Day,
    local_day,
)
from tests.factories.organisation import calendar

NYEPI = calendar(2026, d2026_03_19="Hari Suci Nyepi", d2026_03_20="Cuti Bersama")


def test_count_names_every_day_on_the_way() -> None:
    with override("id"):
        count = NYEPI.add_working_days(date(2026, 3, 18), 2)
    assert count.due == date(2026, 3, 24)
    assert count.days == (
        CountedDay(date(2026, 3, 18), 0),
        CountedDay(date(2026, 3, 19), None, "Hari Suci Nyepi"),
        CountedDay(date(2026, 3, 20), None, "Cuti Bersama"),
        CountedDay(date(2026, 3, 21), None, "Sabtu"),
        CountedDay(date(2026, 3, 22), None, "Minggu"),
        CountedDay(date(2026, 3, 23), 1),
        CountedDay(date(2026, 3, 24), 2),
    )


def test_count_begins_after_the_day_of_filing_whatever_day_it_is() -> None:
    saturday = date(2026, 3, 7)
    assert NYEPI.add_working_days(saturday, 1).due == date(2026, 3, 9)
    assert NYEPI.add_working_days(saturday, 0).due == saturday


def test_count_goes_forward_only() -> None:
    with pytest.raises(ValueError, match="forward"):
        NYEPI.add_working_days(date(2026, 3, 7), -1)


def test_count_into_a_year_without_joint_leave_is_refused() -> None:
    with override("id"), pytest.raises(CalendarMissing) as refused:
        NYEPI.add_working_days(date(2026, 12, 30), 5)
    assert refused.value.year == 2027
    assert str(refused.value) == (
        "Hari kerja tahun 2027 belum dapat dihitung karena cuti bersama tahun itu belum "
        "dicatat. Administrator perlu memuatnya dahulu."
    )


def test_working_weekend_counts() -> None:
    saturday = date(2026, 3, 7)
    worked = Calendar({saturday: Day("Pengganti", is_working=True)}, frozenset({2026}))
    assert worked.is_working_day(saturday)
    assert worked.why_closed(saturday) == ""
    assert worked.add_working_days(date(2026, 3, 6), 1).due == saturday


def test_late_evening_in_utc_is_the_next_day_in_jakarta() -> None:
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert local_day(at, ZoneInfo("Asia/Jakarta")) == date(2026, 3, 3)
    assert local_day(at, ZoneInfo("UTC")) == date(2026, 3, 2)


days = st.dates(date(2026, 1, 1), date(2026, 12, 1))


@given(
    start=days,
    number=st.integers(0, 10),
    closed=st.frozensets(days, max_size=30),
    worked=st.frozensets(days, max_size=10),
)
def test_count_holds_exactly_the_days_asked_for(
    start: date, number: int, closed: frozenset[date], worked: frozenset[date]
) -> None:
    exceptions = {on: Day("libur") for on in closed}
    exceptions |= {on: Day("masuk", is_working=True) for on in worked}
    year = Calendar(exceptions, frozenset({2026, 2027}))
    count = year.add_working_days(start, number)
    assert [day.number for day in count.days if day.number] == list(range(1, number + 1))
    assert [day.on for day in count.days] == [
        start + timedelta(days=step) for step in range(len(count.days))
    ]
    assert count.days[-1].on == count.due
    for day in count.days[1:]:
        assert year.is_working_day(day.on) == (day.number is not None) == (day.name == "")


@given(start=days, first=st.integers(0, 5), second=st.integers(0, 5))
def test_counts_add_up(start: date, first: int, second: int) -> None:
    year = Calendar({}, frozenset({2026, 2027}))
    at_once = year.add_working_days(start, first + second).due
    in_steps = year.add_working_days(year.add_working_days(start, first).due, second).due
    assert in_steps == at_once
