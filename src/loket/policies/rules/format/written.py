"""How days, moments, shares and opening times are written, and what to do if they are not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from loket.policies.rules.shares import read_share

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
DAY_PATTERN = r"^\d{4}-\d\d-\d\d$"
MOMENT_PATTERN = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?$"
OPENING_PATTERN = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
SHARE_SCHEMA = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": r"^\s*(100|\d{1,2}([.,]\d+)?)\s*%\s*$"},
        {"type": "string", "pattern": r"^(0(\.\d+)?|1(\.0+)?)$"},
    ]
}


YEARS = range(1900, 3000)
"""Further away nobody counts, and calendars end."""

DECIMALS = 12
"""Of a share; more nobody can have meant."""


def read_day(written: object) -> object:
    """Return a day as a date.

    :raises ValueError: if it is not one; a number is never taken for a day.
    """
    if isinstance(written, date) and not isinstance(written, datetime):
        return _in_reach(written)
    if isinstance(written, str) and (day := _parsed(written, _DAY, date.fromisoformat)):
        return _in_reach(day)
    sentence = _("“%(written)s” is not a day: write one that exists, such as 2020-03-17.")
    raise ValueError(sentence % {"written": written})


def read_moment(written: object) -> object:
    """Return a day as a date and a moment as a datetime.

    A moment without an offset is in the time of the office.

    :raises ValueError: if it is neither.
    """
    if isinstance(written, date):
        return _in_reach(written)
    if isinstance(written, str) and (
        found := _parsed(written, _DAY, date.fromisoformat)
        or _parsed(written, _MOMENT, datetime.fromisoformat)
    ):
        return _in_reach(found)
    sentence = _(
        "“%(written)s” is neither a day such as 2020-03-17 nor a moment such as "
        "2020-03-17T13:00: write one that exists."
    )
    raise ValueError(sentence % {"written": written})


def _parsed(written: str, form: re.Pattern[str], read: Callable[[str], date]) -> date | None:
    if not form.fullmatch(written):
        return None
    try:
        return read(written)
    except ValueError:
        return None


def _in_reach(day: date) -> date:
    if not _is_in_reach(day):
        sentence = _("The year %(year)s is too far away: write one from %(first)s to %(last)s.")
        raise ValueError(
            sentence % {"year": f"{day.year:04}", "first": YEARS[0], "last": YEARS[-1]}
        )
    return day


def _is_in_reach(day: date) -> bool:
    """Say whether a day or a moment can be kept in UTC and read back in any zone."""
    if not isinstance(day, datetime) or day.year not in YEARS:
        return day.year in YEARS
    slack = timedelta(days=1 if day.tzinfo else 2)
    there = day.astimezone(UTC) if day.tzinfo else day
    return (there - slack).year in YEARS and (there + slack).year in YEARS


def read_reopening(written: object) -> object:
    """Return ``earliest`` as it is, and anything else as a day or a moment."""
    return written if written is None or written == "earliest" else read_moment(written)


def read_fraction(written: object) -> object:
    """Return a share as a fraction of one.

    :raises ValueError: if it is no share; says how to write it.
    """
    share = None if isinstance(written, bool) else read_share(written)
    if isinstance(share, int):
        share = Decimal(share)
    if not isinstance(share, Decimal) or not _is_short(share):
        sentence = _("“%(written)s” is not a share: write 25%% or 0.25.")
    elif share < 0:
        sentence = _("“%(written)s” is less than nobody: a share begins at 0%%.")
    elif share <= 1:
        return share
    elif "%" not in str(written) and share <= 100:  # noqa: PLR2004 -- per cent
        sentence = _("“%(written)s” is more than the whole: write %(written)s%% or a fraction.")
    else:
        sentence = _("“%(written)s” is more than the whole: a share goes up to 100%%.")
    raise ValueError(sentence % {"written": written})


def _is_short(share: Decimal) -> bool:
    """Say whether somebody can have meant this number: one with few decimals."""
    exponent = share.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= DECIMALS


def read_opening(written: str) -> str:
    """Return hours such as ``07:30-16:00`` as they are.

    :raises ValueError: if they close before they open.
    """
    opens, closes = span(written)
    if closes <= opens:
        sentence = _(
            "“%(written)s” ends before it starts: write the opening first, then the closing."
        )
        raise ValueError(sentence % {"written": written})
    return written


def span(opening: str) -> tuple[time, time]:
    """Return when hours such as ``07:30-16:00`` begin and end."""
    opens, _dash, closes = opening.partition("-")
    return time.fromisoformat(opens), time.fromisoformat(closes)


def on_the_wall(moment: date | datetime) -> datetime:
    """Return what calendar and clock of the office show; a day begins at midnight."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 -- naive is meant


def after(day: date) -> date:
    """Return the next day."""
    return day + timedelta(days=1)
