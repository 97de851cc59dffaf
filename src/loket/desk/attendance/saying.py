"""What the pages say about a clocking and a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel.durations import HOUR, in_hours
from loket.people.models import Account
from loket.policies.rules.values import Because
from loket.workforce.models import Clocking
from loket.workforce.rules.attendance import claims, discipline, hints, lines
from loket.workforce.rules.attendance.values import DayResult

KINDS = {
    "present": "good",
    "home": "good",
    "late": "warning",
    "left_early": "warning",
    "incomplete": "warning",
    "absent": "bad",
}
"""Colours of results; the others are quiet."""

SIGNS = {
    "present": "✓",
    "late": "✓",
    "left_early": "✓",
    "home": "⌂",
    "travel": "➔",
    "leave": "–",
    "free": "·",
    "closed": "×",
    "absent": "A",
    "incomplete": "?",
    "pending": "…",
    "none": "",
}
"""What stands in a month's table, beside the words for those who cannot see it."""

ORDER = ("absent", "incomplete", "late", "left_early", "pending", "closed")
"""Exceptions first; then everybody else by name."""

DONE = {
    "in": gettext_lazy("Clocked in at %(time)s."),
    "out": gettext_lazy("Clocked out at %(time)s."),
}
WAYS = {
    "place": gettext_lazy("at the office, by place"),
    "code": gettext_lazy("at the office, by the code at the door"),
    "home": gettext_lazy("at home"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of what decided a day, with the law behind it."""

    words: str
    because: tuple[Because, ...]


def tag_kind(result: DayResult) -> str:
    """Return the colour of a result."""
    if result.minutes_late and result.result == "home":
        return KINDS["late"]
    return KINDS.get(result.result, "quiet")


def explained(result: DayResult) -> list[Said]:
    """Return line by line what decided a day."""
    return [Said(lines.words(line), line.because) for line in result.lines]


def short(result: DayResult) -> str:
    """Return a result with how late it was: “present, 12 min late”."""
    if result.minutes_late and result.result in {"late", "home"}:
        told = {"result": _result(result), "span": in_hours(result.minutes_late)}
        return _("%(result)s, %(span)s late") % told
    return _result(result)


def _result(result: DayResult) -> str:
    return _("present") if result.result == "late" else str(result.label)


def signed(minutes: int) -> str:
    """Return how late somebody was, for the width of a cell: “+12” minutes, or “+1:05”."""
    hours, rest = divmod(minutes, HOUR)
    return (f"+{hours}:{rest:02}" if hours else f"+{rest}") if minutes else ""


def worked(result: DayResult) -> str:
    """Return how long somebody worked, or nothing if that is not known."""
    return "" if result.minutes_worked is None else in_hours(result.minutes_worked)


def odd(flags: Iterable[str]) -> list[str]:
    """Return what looks odd, in words."""
    return [str(hints.FLAGS[flag]) for flag in flags if flag in hints.FLAGS]


def confirmation(row: Clocking, zone: ZoneInfo) -> str:
    """Return what is told right after somebody clocked in or out."""
    told = [str(DONE[row.kind]) % {"time": clock_time(row.received_at, zone)}, *_doubts(row)]
    if row.place is not None and row.distance_m is not None:
        told.append(_spot(row))
    return " ".join(told)


def _spot(row: Clocking) -> str:
    place = row.place.name if row.place else ""
    told = {"metres": row.distance_m, "place": place, "accuracy": row.accuracy_m}
    if row.accuracy_m is None:
        return _("%(metres)s m from %(place)s.") % told
    return _("%(metres)s m from %(place)s; your phone knows that to %(accuracy)s m.") % told


def _doubts(row: Clocking) -> list[str]:
    told = []
    if "again" in row.flags:
        told.append(_("You had clocked in before; the first time counts."))
    if row.is_offline and "unproven" not in row.flags:
        told.append(
            _("It arrived now; your superior can confirm the time at which you pressed.")
        )
    if "no_place" in row.flags:
        told.append(_("Your phone gave no place; your superior sees that."))
    if "clock" in row.flags and row.skew_seconds:
        told.append(clock_differs(row.skew_seconds))
    return told


def clock_differs(seconds: float) -> str:
    """Return how wrong a phone's clock is."""
    span = claims.span_in_words(seconds)
    return _("Your phone’s clock differs by %(span)s; the server’s time counts.") % {
        "span": span
    }


def clock_time(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """Return “07.28” as the office's clock shows it."""
    return f"{moment.astimezone(zone or ZoneInfo(settings.OFFICE_TIME_ZONE)):%H.%M}"


def clocking_row(row: Clocking, zone: ZoneInfo, *, sees_all: bool) -> dict[str, Any]:
    """Return a clocking as a page lists it."""
    pressed = claims.pressed_at(row.claimed_at, row.skew_seconds, row.received_at)
    return {
        "key": row.key,
        "kind": row.get_kind_display(),
        "title": str(DONE[row.kind]) % {"time": clock_time(row.counts_at, zone)},
        "way": WAYS[row.way],
        "place": _spot(row) if row.place and row.distance_m is not None else "",
        "arrived": clock_time(row.received_at, zone) if row.is_offline else "",
        "pressed": pressed.astimezone(zone) if row.is_offline and pressed else None,
        "skew": clock_differs(row.skew_seconds or 0) if "clock" in row.flags else "",
        "is_confirmed": bool(row.confirmed_by),
        "flags": odd(flag for flag in row.flags if flag != "clock"),
        "photo": row.photo if sees_all else None,
    }


def telling(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return clockings as listed if any says more than the lines of its day; else none."""
    more = ("place", "pressed", "skew", "flags", "photo")
    return rows if any(row[name] for row in rows for name in more) else []


def counted(count: discipline.Count, account: Account | None = None) -> dict[str, Any]:
    """Return unexcused days as they are told: counted, with what the regulation names."""
    return {
        "days": count.days,
        "step": count.step,
        "is_long_run": count.is_long_run,
        "account": account,
    }


def sort_key(result: DayResult | None, name: str) -> tuple[int, str]:
    """Order a team: exceptions first."""
    kind = result.result if result else ""
    flagged = bool(result and result.flags)
    place = ORDER.index(kind) if kind in ORDER else len(ORDER) + (0 if flagged else 1)
    return place, name


def week_days(on: date) -> bool:
    """Say whether a day is on a weekend, to shade it."""
    saturday = 5
    return on.weekday() >= saturday
