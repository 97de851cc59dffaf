"""What was typed into the inputs that forms share: days, moments, lists.

Whatever cannot be read is kept as it was typed; the format refuses it and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import QueryDict

Day = Mapping[str, str]
PARTS = ("day", "month", "year")
DIGITS = 9
"""No revision and no edition has more."""
LAST_YEAR = 2999
"""A day is counted on from: after the last day of the calendar there is none."""


def one(post: QueryDict, name: str) -> str:
    """Return what one input holds, on Unix line ends."""
    return str(post.get(name, "")).replace("\r\n", "\n").strip()


def count(post: QueryDict, name: str) -> int | None:
    """Return the number that one input holds, None if it is no number that can be meant."""
    given = str(post.get(name, ""))
    return int(given) if given.isascii() and given.isdigit() and len(given) <= DIGITS else None


def many(post: QueryDict, name: str) -> list[str]:
    """Return what is ticked, once each, in the order of the page."""
    return list(dict.fromkeys(str(value) for value in post.getlist(name) if value))


def lines(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def day(post: QueryDict, name: str) -> dict[str, str]:
    """Return day, month and year as they were typed."""
    return {part: one(post, f"{name}.{part}") for part in PARTS}


def day_state(value: date | None) -> dict[str, str]:
    """Return what stands in the three inputs of a day."""
    if value is None:
        return dict.fromkeys(PARTS, "")
    return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}


def as_day(state: Day) -> date | str | None:
    """Return the day in the three inputs, None if they are empty, or what cannot be one."""
    if not any(state.values()):
        return None
    try:
        found = date(int(state["year"]), int(state["month"]), int(state["day"]))
    except (ValueError, OverflowError):
        found = None
    if found is None or found.year > LAST_YEAR:
        return "-".join(state[part] or "?" for part in reversed(PARTS))
    return found


def as_moment(state: Day, clock: str) -> date | datetime | str | None:
    """Return a day, or with a time of day a moment at the offices."""
    found = as_day(state)
    if not isinstance(found, date) or not clock:
        return found
    try:
        hour = time.fromisoformat(_in_full(clock))
    except ValueError:
        return f"{found} {clock}"
    return datetime.combine(found, hour, tzinfo=zone())


def _in_full(clock: str) -> str:
    """Return “9.30” or “9” as “09:30” and “09”."""
    hours, colon, minutes = clock.replace(".", ":").partition(":")
    return f"0{hours}{colon}{minutes}" if len(hours) == 1 else f"{hours}{colon}{minutes}"


def moment_state(value: date | datetime | None) -> tuple[dict[str, str], str]:
    """Return what stands in the inputs of a moment: its day, and its time unless midnight."""
    if not isinstance(value, datetime):
        return day_state(value), ""
    there = value.astimezone(zone()) if value.tzinfo else value
    return day_state(there.date()), f"{there:%H:%M}"


def zone() -> ZoneInfo:
    """Return the time zone of the offices."""
    return ZoneInfo(settings.OFFICE_TIME_ZONE)


def nearest(path: Iterable[object], known: Iterable[str]) -> str:
    """Return the field that a path in a record belongs to: the longest that begins it."""
    steps = [str(step) for step in path]
    names = set(known)
    for length in range(len(steps), 0, -1):
        if (name := ".".join(steps[:length])) in names:
            return name
    return ""


def value_of(state: Any) -> str:
    """Return a number without the zeros that a decimal carries."""
    return f"{state.normalize():f}" if state is not None else ""
