"""Units, buildings and rooms to pick for a scope: those chosen already, and those found."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from loket.catalogue import queries as catalogue
from loket.organisation import queries as organisation
from loket.organisation.models import Place, Room, Unit

from . import names

MOST = 20
NEAR_THE_TOP = ("province", "city", "regency", "agency")


def found(words: str, *, chosen: Collection[str] = ()) -> dict[str, Any]:
    """Return what a search finds that is not chosen yet; without words, the highest units."""
    if not words:
        units = organisation.units().filter(kind__in=NEAR_THE_TOP)
        return {"units": unit_rows(units.exclude(code__in=chosen)), "places": [], "rooms": []}
    by_words = Q(name__icontains=words) | Q(code__istartswith=words)
    units = organisation.units().filter(by_words).exclude(code__in=chosen)
    places = Place.objects.filter(by_words | Q(address__icontains=words)).order_by("code")
    rooms = Room.objects.filter(by_words | Q(unit__name__icontains=words)).order_by("code")
    return {
        "units": unit_rows(units),
        "places": list(places[:MOST]),
        "rooms": list(rooms.select_related("unit")[:MOST]),
    }


def unit_rows(units: QuerySet[Unit]) -> list[dict[str, Any]]:
    """Return units as rows to tick."""
    return [
        {"code": unit.code, "name": unit.name, "kind": names.UNIT_KINDS.get(unit.kind, "")}
        for unit in units.order_by("code")[:MOST]
    ]


def chosen(scope: dict[str, Any]) -> dict[str, Any]:
    """Return the units, building and room that a scope names, with what they are called."""
    codes = [*scope["units"], *scope["except_units"]]
    units = {unit.code: unit for unit in organisation.units().filter(code__in=codes)}
    return {
        "units": [
            {
                "code": code,
                "name": units[code].name if code in units else code,
                "kind": names.UNIT_KINDS.get(units[code].kind, "") if code in units else "",
                "is_in": code in scope["units"],
                "is_out": code in scope["except_units"],
            }
            for code in dict.fromkeys(codes)
        ],
        "place": Place.objects.filter(code=scope["place"]).first() if scope["place"] else None,
        "room": Room.objects.filter(code=scope["room"]).first() if scope["room"] else None,
    }


def services() -> list[tuple[str, str]]:
    """Return the published services, to choose from."""
    return [(version.code, str(version.service.title)) for version in catalogue.published()]
