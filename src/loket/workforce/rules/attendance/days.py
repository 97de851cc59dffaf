"""Which day a clocking belongs to: of a shift across midnight, the day on which it began."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from loket.workforce.rules.longest import LONGEST

from .values import Hours

NEAR = timedelta(hours=4)
DAY = timedelta(days=1)


def day_of(
    moment: datetime,
    kind: str,
    *,
    turns: Mapping[date, Hours],
    open_since: datetime | None = None,
) -> date:
    """Return the day of a clocking.

    ``moment`` is in the office's time, ``turns`` are those of the days around it, and
    ``open_since`` is when somebody clocked in on the day before without clocking out.
    """
    today = moment.date()
    if kind != "in" and open_since is not None and moment - open_since <= LONGEST:
        return today - DAY
    near = [
        (gap, on)
        for on in (today - DAY, today, today + DAY)
        if on in turns and (gap := _gap(moment, turns[on])) <= NEAR
    ]
    return min(near)[1] if near else today


def _gap(moment: datetime, hours: Hours) -> timedelta:
    """Return how far a moment is from hours; nothing if it is within them."""
    return max(hours.starts_at - moment, moment - hours.ends_at, timedelta())
