"""How rosters are told: their days, why they were made, who does what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from loket.ui import periods
from loket.workforce.models import Roster, Turn

DAY = timedelta(days=1)


def period(roster: Roster) -> str:
    """Return the days of a roster, the last one included."""
    return periods.span_of_days(roster.starts_on, roster.ends_on - DAY)


def cause(roster: Roster) -> str:
    """Return why a roster was planned again, nothing if somebody simply planned it."""
    kind, _colon, code = roster.cause.partition(":")
    told = {
        "circular": _("A circular changed what the law allows on these days."),
        "closure": _("An office was closed or opened again on these days."),
        "absence": _("Somebody cannot come on these days, or can come again."),
        "staff": _("Somebody joined the staff or left it."),
        "skills": _("What somebody can do at a counter has changed."),
        "counter": _("The counters, or what they need, have changed."),
        "desks": _("Somebody works in another room now."),
        "room": _("A room holds more or fewer people now."),
        "office": _("The hours of the office have changed."),
        "calendar": _("Holidays or working days have changed."),
        "unit": _("Holidays or working days have changed."),
    }
    if not kind:
        return ""
    return told.get(kind, _("Something that it rested on has changed.")) + (
        f" ({code})" if kind in {"circular", "closure"} and code else ""
    )


def short_day(on: date) -> str:
    """Return “Senin, 30 Nov”."""
    return written(on, "l, j M")


def long_day(on: date) -> str:
    """Return “Senin, 30 November”."""
    return written(on, "l, j F")


def place(turn: Turn) -> str:
    """Return where a turn is worked: its counter, its room, or one's own desk."""
    where = turn.counter.title if turn.counter else _("at your own desk")
    return f"{where} · {turn.room.name}" if turn.room else where


def days(turns: Iterable[Turn]) -> str:
    """Return turns by their days, with the counter if there is one."""
    return "; ".join(
        short_day(turn.on) + (f" ({turn.counter.title})" if turn.counter else "")
        for turn in sorted(turns, key=lambda turn: turn.on)
    )


def spans(found: Iterable[date]) -> str:
    """Return days as spans: “23–25 November 2026, 30 November 2026”.

    A weekend between two days does not part them.
    """
    runs: list[list[date]] = []
    for on in sorted(found):
        gap = (on - runs[-1][-1]).days if runs else 0
        if runs and (gap == 1 or (gap <= 3 and on.weekday() < runs[-1][-1].weekday())):  # noqa: PLR2004 -- Friday to Monday
            runs[-1].append(on)
        else:
            runs.append([on])
    return ", ".join(periods.span_of_days(run[0], run[-1]) for run in runs)
