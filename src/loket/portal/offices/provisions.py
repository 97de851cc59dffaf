"""Provisions in plain words: their own if they have any, else said from what they set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.catalogue import queries as catalogue
from loket.organisation import queries as organisation
from loket.policies.models import Provision
from loket.ui.numbers import percent
from loket.ui.periods import in_words

from . import names
from .directory import floor_words

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Article:
    """One provision as its public page tells it."""

    article: str
    title: str
    sentence: str
    where: str
    period: str
    """Empty if it is the circular's own."""


def articles(rows: Iterable[Provision], units: Mapping[str, str]) -> list[Article]:
    """Return provisions as they are told, in their order.

    ``units``: what units are called, by code.
    """
    rows = list(rows)
    known = {**units, **others_named([row.scope for row in rows])}
    return [
        Article(
            article=row.article,
            title=str(names.RULES.get(row.kind, row.kind)),
            sentence=sentence(row),
            where=where(row.scope, known),
            period=in_words(row.starts_at, row.ends_at) if row.has_own_period else "",
        )
        for row in rows
    ]


def sentence(row: Provision) -> str:
    """Return what a provision means."""
    english = (get_language() or "id").startswith("en")
    own = row.words_en if english else row.words_id
    return own or SAID[row.kind](row.params)


def others_named(scopes: Iterable[Params]) -> dict[str, str]:
    """Return what the buildings, rooms and services of scopes are called, by code."""
    scopes = list(scopes)
    found = organisation.names(
        places={scope.get("place", "") for scope in scopes},
        rooms={scope.get("room", "") for scope in scopes},
    )
    if any(scope.get("services") for scope in scopes):
        found |= {v.code: str(v.service.title) for v in catalogue.published()}
    return found


def where(scope: Params, known: Mapping[str, str]) -> str:
    """Return for whom a provision holds, or nothing if it is for all.

    ``known``: names of units, buildings, rooms and services by their codes.
    """
    place, floor, room = (scope.get(key, "") for key in ("place", "floor", "room"))
    parts = [
        names.named(known, scope.get("units", ())),
        names.named(names.KINDS_OF_UNIT, scope.get("kinds", ())),
        names.named(names.FUNCTIONS, scope.get("functions", ())),
        known.get(place, place),
        floor_words(floor),
        known.get(room, room),
        names.named(known, scope.get("services", ())),
    ]
    if zone := scope.get("zone"):
        parts.append(f"{zone['scheme'].replace('_', ' ')}: {', '.join(zone['values'])}")
    if out := scope.get("except_units"):
        parts.append(_("not %(units)s") % {"units": names.named(known, out)})
    return " · ".join(part for part in parts if part)


def posts(titles: Iterable[str]) -> str:
    """Return posts by what they are called; a title is said as it is written."""
    return ", ".join(str(names.POSTS.get(title, title)) for title in titles)


def _attendance(params: Params) -> str:
    lines = {
        "min_share": _("at least %(share)s of staff are present"),
        "max_share": _("at most %(share)s of staff are present"),
        "max_share_concurrent": _("at most %(share)s of staff are present at the same time"),
    }
    said = [line % {"share": _share(params[k])} for k, line in lines.items() if k in params]
    return "; ".join(said)


def _share(written: str) -> str:
    """Return a share as records hold it, ``0.25``, as a percentage."""
    return percent(Decimal(written))


def _hours(params: Params) -> str:
    return "; ".join(
        f"{names.WEEKDAYS[day]} {', '.join(times) or _('closed')}"
        for day, times in params.get("hours", {}).items()
    )


def _shifts(params: Params) -> str:
    return "; ".join(
        f"{shift['name']}: {_hours({'hours': {d: [t] for d, t in shift['hours'].items()}})}"
        for shift in params.get("shifts", ())
    )


def _protocol(params: Params) -> str:
    return "; ".join(
        str(name)
        if isinstance(params[key], bool)
        else f"{name}: {names.CLOTHING.get(params[key], params[key])}"
        for key, name in names.ITEMS.items()
        if params.get(key) not in (None, False)
    )


def _clock(params: Params) -> str:
    if params.get("suspended"):
        return _("Time limits of applications stand still.")
    return _("Time limits are %(days)s working days longer.") % {
        "days": params.get("extended_by")
    }


def _letters(params: Params) -> str:
    ways = [
        _("there is a drop box for letters") if params.get("drop_box") else "",
        _("letters may be sent by e-mail") if params.get("email") else "",
    ]
    return "; ".join(way for way in ways if way)


SAID: dict[str, Callable[[Params], str]] = {
    "counters": lambda p: str(names.MEANINGS[p["state"]]),
    "room": lambda p: (
        _("Rooms may be at most %(share)s full.") % {"share": _share(p["max_share"])}
    ),
    "attendance": _attendance,
    "hours": _hours,
    "shifts": _shifts,
    "pinned": lambda p: posts(p["posts"]),
    "excused": lambda p: names.named(names.GROUPS, p["groups"]),
    "remote": lambda p: _("required") if p.get("work") == "required" else _("allowed"),
    "reporting": lambda p: names.named(names.DUTIES, p["duties"]),
    "suspension": lambda _p: _("This service is not given for now."),
    "channels": lambda p: names.named(names.CHANNELS, p["channels"]),
    "priority": lambda p: names.named(names.GROUPS, p["groups"]),
    "protocol": _protocol,
    "clock": _clock,
    "letters": _letters,
}
