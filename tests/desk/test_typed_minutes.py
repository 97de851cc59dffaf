"""A minute that is typed means the moment that lies within it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from loket.desk.closures.showing import done_at

BEGAN = datetime(2026, 11, 22, 8, 25, 41, tzinfo=UTC)
NOW = BEGAN + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("15.25", BEGAN),
        ("15.26", NOW),
        ("15.24", datetime(2026, 11, 22, 8, 24, tzinfo=UTC)),
        ("15.27", datetime(2026, 11, 22, 8, 27, tzinfo=UTC)),
    ],
)
def test_minute_of_the_beginning_or_of_now_is_that_moment(typed, meant):
    day = {"day": "22", "month": "11", "year": "2026"}
    state = {"done_at": day, "done_at_time": typed}
    assert done_at(state, since=BEGAN, at=NOW) == meant
