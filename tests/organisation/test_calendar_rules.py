from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from loket.organisation.rules.calendar import (
    Calendar,
    CalendarMissing,
    Day,
    local_day,
)
from tests.factories.organisation import calendar

NYEPI = calendar(2026, d2026_03_19="Hari Suci Nyepi", d2026_03_20="Cuti Bersama")


def test_every_closed_day_has_the_name_of_its_reason() -> None:
    days = [date(2026, 3, day) for day in range(18, 25)]
    with override("id"):
        assert [NYEPI.why_closed(day) for day in days] == [
            "",
            "Hari Suci Nyepi",
            "Cuti Bersama",
            "Sabtu",
            "Minggu",
            "",
            "",
        ]


def test_a_year_without_joint_leave_is_refused() -> None:
    with override("id"), pytest.raises(CalendarMissing) as refused:
        NYEPI.why_closed(date(2027, 1, 4))
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


def test_late_evening_in_utc_is_the_next_day_in_jakarta() -> None:
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert local_day(at, ZoneInfo("Asia/Jakarta")) == date(2026, 3, 3)
    assert local_day(at, ZoneInfo("UTC")) == date(2026, 3, 2)


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    on=days, closed=st.frozensets(days, max_size=30), worked=st.frozensets(days, max_size=10)
)
def test_a_day_works_exactly_if_nothing_closes_it(
    on: date, closed: frozenset[date], worked: frozenset[date]
) -> None:
    exceptions = {day: Day("libur") for day in closed}
    exceptions |= {day: Day("masuk", is_working=True) for day in worked}
    year = Calendar(exceptions, frozenset({2026}))
    works = on in worked or (on not in closed and on.weekday() < 5)
    assert year.is_working_day(on) == works
    assert (year.why_closed(on) == "") == works
