"""Questions about buildings, rooms and where offices are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound
from loket.organisation.models import Place, Room, Unit
from loket.organisation.rules.places import Point

from .units import in_being

OUTLINES = Path(__file__).resolve().parents[1] / "data" / "jakarta-outlines.json"
FIELDS = (
    "code", "name", "path", "kind", "function", "region",
    "office__place__code", "office__place__name", "office__floor", "office__address",
    "office__phone", "office__email", "office__time_zone",
    "office__hours", "office__place__latitude", "office__place__longitude",
)  # fmt: skip
"""In the order of :class:`UnitRow`."""
Hours = dict[str, list[list[str]]]
Ring = tuple[Point, ...]
"""Points of latitude and longitude; the last is the first."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its office; empty where it has none. Equal hours are one object."""

    code: str
    name: str
    path: str
    kind: str
    function: str
    region: str
    place: str
    """Code of the building."""
    place_name: str
    floor: str
    address: str
    phone: str
    email: str
    zone_name: str
    """Of the office, or else of the installation."""
    hours: Hours
    latitude: float | None
    longitude: float | None

    @property
    def point(self) -> Point | None:
        """Where it is; None if that is not known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room, and whose it is."""

    code: str
    name: str
    unit: str
    path: str
    """Of the unit."""
    place: str
    floor: str
    capacity: int


def directory(*, on: date | None = None) -> tuple[UnitRow, ...]:
    """Return all units with their offices and buildings, by code. One query."""
    known: dict[str, Hours] = {}
    rows = Unit.objects.filter(in_being(on)).order_by("code").values_list(*FIELDS)
    return tuple(_row(*row, known=known) for row in rows)


def _row(*fields: Any, known: dict[str, Hours]) -> UnitRow:
    *words, zone_name, hours, latitude, longitude = fields
    same = known.setdefault(repr(hours), hours or {})
    zone_name = zone_name or settings.OFFICE_TIME_ZONE
    made = [*(word or "" for word in words), zone_name, same, latitude, longitude]
    return UnitRow(*made)


def rooms(*, unit: str = "", place: str = "") -> tuple[RoomRow, ...]:
    """Return all rooms, or those of a unit or in a building, by code. One query."""
    wanted = {"unit__code": unit, "place__code": place}
    rows = Room.objects.filter(**{field: code for field, code in wanted.items() if code})
    fields = ("code", "name", "unit__code", "unit__path", "place__code", "floor", "capacity")
    return tuple(RoomRow(*row) for row in rows.order_by("code").values_list(*fields))


def names(*, places: Iterable[str] = (), rooms: Iterable[str] = ()) -> dict[str, str]:
    """Return what buildings and rooms are called, by code; a room with whose it is.

    One query for each kind that is asked for.
    """
    buildings = Place.objects.filter(code__in=set(places) - {""})
    found = dict(buildings.values_list("code", "name"))
    own = Room.objects.filter(code__in=set(rooms) - {""})
    for code, name, unit in own.values_list("code", "name", "unit__name"):
        found[code] = f"{name}, {unit}"
    return found


def place(code: str) -> Place:
    """Return a building.

    :raises NotFound: if there is none with this code.
    """
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no building “%(code)s”.") % {"code": code})
    return found


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the outlines of cities by their code, to draw a map of them."""
    drawn = json.loads(OUTLINES.read_text(encoding="utf-8"))["outlines"]
    return {
        code: tuple(
            tuple((latitude, longitude) for longitude, latitude in ring) for ring in rings
        )
        for code, rings in drawn.items()
    }
