"""A time of day is understood as people write it."""

from __future__ import annotations

from datetime import datetime

import pytest

from loket.desk import typed

DAY = {"day": "23", "month": "11", "year": "2026"}


@pytest.mark.parametrize("clock", ["9.30", "09.30", "9:30", "09:30"])
def test_half_past_nine_is_written_in_many_ways(clock):
    assert typed.as_moment(DAY, clock) == datetime(2026, 11, 23, 9, 30, tzinfo=typed.zone())


def test_an_hour_alone_is_the_full_hour():
    assert typed.as_moment(DAY, "8") == datetime(2026, 11, 23, 8, tzinfo=typed.zone())


@pytest.mark.parametrize("clock", ["nine", "9.", "25", "9.3", ".30"])
def test_what_is_no_time_is_kept_as_it_was_typed(clock):
    assert typed.as_moment(DAY, clock) == f"2026-11-23 {clock}"
