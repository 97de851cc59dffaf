"""What a change of the law does, for somebody who has to sign it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from loket.kernel.texts import Text
from loket.organisation import queries as organisation
from loket.policies import queries
from loket.policies.models import Circular
from loket.ui.periods import local, times_in_words

from . import glances, names, picking, staffing

Json = dict[str, Any]
MOST_DATES = 14
MOST_EXAMPLES = 20
MOST_NAMED = 30
"""Units of one line that are named; the others are counted."""

WAYS: names.Names = {**names.CHANNELS, "none": _("no address known")}


def shown(impact: Json) -> Json:
    """Return the impact as its template draws it; sections that are missing are empty."""
    offices, cases = impact.get("offices", {}), impact.get("cases", {})
    rows, services = list(offices.get("rows", ())), merged(impact.get("services", ()))
    by_date = [dates(row) for row in cases.get("by_date", ())]
    examples = [dates(row) for row in cases.get("examples", ())][:MOST_EXAMPLES]
    seen_until = glances.last_day(impact)
    called = names_of([*rows, *services, *({"units": [row["unit"]]} for row in examples)])
    days = list(offices.get("by_day", ()))
    seen = [name for name in names.STATES if any(counted(row, name) for row in days)]
    return {
        "sentences": glances.sentences(impact, moved=by_date),
        "regions": glances.regions(impact),
        "seen_until": seen_until,
        "is_retroactive": bool(impact.get("retroactive")),
        "offices": offices.get("touched", 0),
        "rows": [office_row(row, called, seen_until) for row in rows],
        "states": [names.STATES[name] for name in seen],
        "by_day": [by_day(row, seen) for row in days],
        "services": [service_row(row, called) for row in services],
        "touched_services": len({code for row in services for code in row.get("services", ())}),
        "moved": cases.get("moved", 0),
        "rosters": staffing.shown(impact),
        "standing": next(glances.standing(glances.standing_still(impact)), ""),
        "by_date": by_date[:MOST_DATES],
        "more_dates": max(0, len(by_date) - MOST_DATES),
        "examples": named(examples, called),
        "people": told(impact.get("people", {}), cases),
        "findings": [in_language(row["sentence"]) for row in impact.get("findings", ())],
    }


def merged(rows: Iterable[Json]) -> list[Json]:
    """Return the changes of services, those that read alike as one."""
    found: dict[tuple[str, str], Json] = {}
    for row in rows:
        key = str(row.get("from")), str(row.get("sentence"))
        if key in found:
            units = [*found[key]["units"], *row["units"]]
            found[key] |= {"units": units, "offices": found[key]["offices"] + row["offices"]}
        else:
            found[key] = dict(row)
    return list(found.values())


def office_row(row: Json, called: Mapping[str, str], seen_until: date | None) -> Json:
    """Return one line: how many offices change from what to what, on which days."""
    hours = row.get("hours") or {}
    return {
        "days": span(row.get("from"), row.get("to"), seen_until),
        "was": state(row["was"]),
        "now": state(row["now"]),
        "hours": {
            side: ", ".join(map(times_in_words, hours.get(side, ()))) for side in ("was", "now")
        }
        if hours
        else {},
        "offices": row["offices"],
        **units_shown(row, called),
    }


def state(name: str) -> Json:
    return {"label": names.STATES.get(name, name), "tag": names.STATE_TAGS.get(name, "")}


def span(first: str | None, last: str | None, seen_until: date | None) -> str:
    """Return days in words; the last one is meant to hold."""
    since, until = day(first), day(last)
    return glances.span(since, until or since, seen_until) if since else ""


def counted(row: Json, name: str) -> bool:
    """Say whether any office is in a state on a day, before or after."""
    return any(row.get(side, {}).get(name) for side in ("was", "now"))


def named(examples: list[Json], called: Mapping[str, str]) -> list[Json]:
    """Return examples with what their offices and services are called."""
    titles = dict(picking.services()) if examples else {}
    return [
        row
        | {
            "unit": called.get(row["unit"], row["unit"]),
            "service": titles.get(row["service"], row["service"]),
        }
        for row in examples
    ]


def by_day(row: Json, seen: Iterable[str]) -> Json:
    """Return one day with the numbers of offices in each state, before and after."""
    states = [
        {"was": row.get("was", {}).get(name, 0), "now": row.get("now", {}).get(name, 0)}
        for name in seen
    ]
    changed = [each | {"is_changed": each["was"] != each["now"]} for each in states]
    return {"day": day(row["day"]), "states": changed}


def service_row(row: Json, called: Mapping[str, str]) -> Json:
    """Return what changes for some services from a day on."""
    return {
        "since": day(row.get("from")),
        "sentence": in_language(row["sentence"]),
        "offices": row.get("offices", 0),
        **units_shown(row, called),
    }


def units_shown(row: Json, called: Mapping[str, str]) -> Json:
    """Return the first units of a row by name, and how many more there are."""
    codes = list(row.get("units", ()))
    return {
        "units": [called.get(code, code) for code in codes[:MOST_NAMED]],
        "more": max(0, len(codes) - MOST_NAMED),
    }


def names_of(rows: Iterable[Json]) -> dict[str, str]:
    """Return what the units that rows name first are called, in one query."""
    codes = {code for row in rows for code in list(row.get("units", ()))[:MOST_NAMED]}
    found = organisation.units().filter(code__in=codes) if codes else ()
    return {unit.code: unit.name for unit in found}


def dates(row: Json) -> Json:
    return {**row, "was": day(row.get("was")), "now": day(row.get("now"))}


def told(people: Json, cases: Json) -> Json:
    """Return how many people are told, by who they are and by which channel."""
    applicants = people.get("applicants") or cases.get("channels") or {}
    return {
        who: [(WAYS.get(way, way), glances.number(many)) for way, many in by.items() if many]
        for who, by in (("heads", people.get("heads", {})), ("applicants", applicants))
    }


def in_language(sentence: Mapping[str, str]) -> str:
    """Return a stored sentence in the reader's language."""
    return str(Text(**sentence))


def doubts(circular: Circular, *, at: datetime) -> list[str]:
    """Return what a circular, or the draft of one, makes doubtful, with its articles."""
    if circular.state == Circular.State.DISCARDED:
        return []
    if circular.state == Circular.State.DRAFT:
        # A simulation weighed it already; without one it takes most of a second.
        if made := queries.simulation(circular):
            return [in_language(row["sentence"]) for row in made.impact.get("findings", ())]
        return [found.sentence for found in queries.findings(circular=circular, at=at)]
    return [
        found.sentence
        for found in queries.findings(at=at)
        if any(each.subject == circular.subject for each in found.becauses)
    ]


def day(value: Any) -> date | None:
    """Return a stored day; of a moment, its day at the offices."""
    text = str(value or "")
    if "T" in text:
        found = moment(text)
        return local(found).date() if found else None
    return parse_date(text)


def moment(value: Any) -> datetime | None:
    return parse_datetime(str(value)) if value else None
