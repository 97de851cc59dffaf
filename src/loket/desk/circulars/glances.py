"""What a change of the law does, in a few sentences to be read at one glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.organisation import queries as organisation
from loket.ui.periods import day_in_words, local, span_of_days

from . import names, staffing

Json = dict[str, Any]
REGION = len("31.74")
"""Length of the code of a city, with which the codes of all its offices begin."""
MOST_REGIONS = 8
WEIGHED = {"counters", "room", "hours", "channels", "suspension", "clock"}
"""Kinds of provision whose effect on offices, services and due dates is counted."""

_STATES: dict[str, Callable[[int], str]] = {
    "open": lambda n: ngettext(
        "%(many)s office opens its counters", "%(many)s offices open their counters", n
    ),
    "limited": lambda n: ngettext(
        "%(many)s office limits its counters", "%(many)s offices limit their counters", n
    ),
    "online_only": lambda n: ngettext(
        "%(many)s office serves online only", "%(many)s offices serve online only", n
    ),
    "closed": lambda n: ngettext("%(many)s office closes", "%(many)s offices close", n),
    "hours": lambda n: ngettext(
        "%(many)s office has other hours", "%(many)s offices have other hours", n
    ),
}


def sentences(impact: Json, *, moved: list[Json]) -> list[str]:
    """Return what changes, for whom and when; one sentence that says so if nothing does."""
    found = [
        *offices(impact),
        *services(list(impact.get("services", ()))),
        *due_dates(moved, impact.get("cases", {}).get("moved", 0)),
        *standing(standing_still(impact)),
        *staffing.sentences(impact),
    ]
    return found or [_("No office, no service and no due date changes.")]


def offices(impact: Json) -> Iterator[str]:
    """Yield how many offices get into which state, on which days."""
    given = impact.get("offices", {})
    seen_until = last_day(impact)
    for state, tell in _STATES.items():
        rows = [row for row in given.get("rows", ()) if kind_of(row) == state]
        units = {code for row in rows for code in row.get("units", ())}
        many = len(units) or sum(row["offices"] for row in rows)
        if many:
            days = [parse_date(str(row[side])) for row in rows for side in ("from", "to")]
            known = [day for day in days if day]
            when = span(min(known), max(known), seen_until)
            yield f"{tell(many) % {'many': number(many)}}, {when}."


def kind_of(row: Json) -> str:
    """Return the state that offices get into, or that only their hours change."""
    return str(row["now"]) if row["was"] != row["now"] else "hours"


def span(first: date, last: date, seen_until: date | None) -> str:
    """Return days in words; what goes on after the days that were looked at has no end."""
    if seen_until and last >= seen_until:
        return _("from %(day)s on") % {"day": day_in_words(first)}
    return span_of_days(first, last)


def last_day(impact: Json) -> date | None:
    """Return the last day that was looked at, if the change goes on after it."""
    by_day = impact.get("offices", {}).get("by_day", ())
    last = parse_date(str(by_day[-1]["day"])) if by_day else None
    ends = parse_datetime(str(impact.get("ends_at") or ""))
    goes_on = ends is None or (last and local(ends).date() > last + timedelta(days=1))
    return last if goes_on else None


def services(rows: list[Json]) -> Iterator[str]:
    """Yield how many services are asked for in other ways, or not given any more."""
    stopped = {c for row in rows if row["now"]["suspended"] for c in row["services"]}
    moved = {c for row in rows for c in row["services"]} - stopped
    if stopped:
        yield ngettext(
            "%(many)s service is not given for a while.",
            "%(many)s services are not given for a while.",
            len(stopped),
        ) % {"many": number(len(stopped))}
    if moved:
        yield ngettext(
            "%(many)s service is applied for in other ways than before.",
            "%(many)s services are applied for in other ways than before.",
            len(moved),
        ) % {"many": number(len(moved))}


def due_dates(rows: Iterable[Json], moved: int) -> Iterator[str]:
    """Yield how many applications are due later or sooner, and by how much at most."""
    later = [(row["now"] - row["was"]).days for row in rows if row["was"] and row["now"]]
    if not moved or not later:
        return
    days = max(later, key=abs)
    words = {"many": number(moved), "days": number(abs(days))}
    if days > 0:
        yield (
            ngettext(
                "%(many)s application is due later, by up to %(days)s days.",
                "%(many)s applications are due later, by up to %(days)s days.",
                moved,
            )
            % words
        )
    else:
        yield (
            ngettext(
                "%(many)s application is due sooner, by up to %(days)s days.",
                "%(many)s applications are due sooner, by up to %(days)s days.",
                moved,
            )
            % words
        )


def standing_still(impact: Json) -> int:
    """Return how many applications stand still without a known end."""
    found: int = impact.get("cases", {}).get("standing_still", {}).get("cases", 0)
    return found


def standing(many: int) -> Iterator[str]:
    """Yield how many applications stand still until further notice, if any."""
    if many:
        yield ngettext(
            "%(many)s application stands still until further notice: when it is due is known "
            "only once an end is decided.",
            "%(many)s applications stand still until further notice: when they are due is known "
            "only once an end is decided.",
            many,
        ) % {"many": number(many)}


def regions(impact: Json) -> str:
    """Return in which cities offices change, the most first, and how many in each."""
    rows = impact.get("offices", {}).get("rows", ())
    units = {code for row in rows for code in row.get("units", ())}
    counted = Counter(code[:REGION].partition("-")[0] for code in units)
    known = organisation.units().filter(code__in=counted)
    called = {unit.code: unit.name for unit in known} if counted else {}
    told = [
        f"{called.get(code, code)} ({number(many)})"
        for code, many in counted.most_common(MOST_REGIONS)
    ]
    if len(counted) > MOST_REGIONS:
        told.append(_("and others"))
    return ", ".join(told)


def besides(kinds: Iterable[str]) -> str:
    """Return what else a circular provides for, whose effect cannot be counted."""
    wanted = set(kinds) - WEIGHED
    found = [kind for kind in names.KINDS if kind in wanted]
    return ", ".join(lower(str(names.KINDS[kind])) for kind in found)


def lower(words: str) -> str:
    """Return words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def number(value: int) -> str:
    """Return a number as it is written: with points or commas between thousands."""
    return str(number_format(value, force_grouping=True))
