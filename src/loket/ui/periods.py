"""Periods as people say them. Kept half-open; said with the last day on which they hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

FULL = "j F Y"
MIDNIGHT = time(0)


def local(moment: datetime) -> datetime:
    """Return a moment as the offices' clocks show it."""
    return moment.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE))


def day_in_words(day: date) -> str:
    """Return “17 Maret 2020”."""
    return written(day, FULL)


def moment_in_words(moment: datetime) -> str:
    """Return “17 Maret 2020”, with the time of day unless it is midnight."""
    there = local(moment)
    return written(there, FULL if there.time() == MIDNIGHT else f"{FULL}, H.i")


def times_in_words(hours: str) -> str:
    """Return “07.30–16.00” for the hours that a circular writes as ``07:30-16:00``."""
    return hours.replace(":", ".").replace("-", "–")


def in_words(starts_at: datetime, ends_at: datetime | None, *, is_closure: bool = False) -> str:
    """Return “17–31 Maret 2020”, or from when until it is evaluated, or reopened."""
    if ends_at is None:
        since = {"since": moment_in_words(starts_at)}
        if is_closure:
            return _("since %(since)s until it is reopened") % since
        return _("since %(since)s until it is evaluated") % since
    first, last = local(starts_at), local(ends_at)
    if first.time() == last.time() == MIDNIGHT:
        return span_of_days(first.date(), last.date() - timedelta(days=1))
    return _("%(since)s until %(until)s") % {
        "since": moment_in_words(starts_at),
        "until": moment_in_words(ends_at),
    }


def span_of_days(first: date, last: date) -> str:
    """Return “17–31 Maret 2020”, “30 Maret–2 April 2020” or a single day."""
    if first >= last:
        return written(first, FULL)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{written(last, FULL)}"
    shorter = "j F" if first.year == last.year else FULL
    return f"{written(first, shorter)} – {written(last, FULL)}"


def until_in_words(ends_at: datetime | None, *, is_closure: bool = False) -> str:
    """Return “until 31 March 2020”, naming the last day, or until what happens."""
    if ends_at is None:
        return _("until it is reopened") if is_closure else _("until it is evaluated")
    there = local(ends_at)
    if there.time() == MIDNIGHT:
        return _("until %(until)s") % {"until": day_in_words(there.date() - timedelta(days=1))}
    return _("until %(until)s") % {"until": moment_in_words(ends_at)}
