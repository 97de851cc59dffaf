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
from loket.organisation.rules.places import Point, kilometres

from .units import in_being, way_up

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


@dataclass(frozen=True, slots=True)
class Near:
    """An office, and how far it is as the crow flies."""

    office: UnitRow
    kilometres: float


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


def place(code: str) -> Place:
    """Return a building.

    :raises NotFound: if there is none with this code.
    """
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no building “%(code)s”.") % {"code": code})
    return found


def room(code: str) -> Room:
    """Return a room with its building and its unit.

    :raises NotFound: if there is none with this code.
    """
    found = Room.objects.select_related("place", "unit").filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no room “%(code)s”.") % {"code": code})
    return found


def nearest(
    latitude: float,
    longitude: float,
    *,
    function: str = "",
    kinds: Iterable[str] = (),
    limit: int = 5,
    offices: Iterable[UnitRow] | None = None,
) -> tuple[Near, ...]:
    """Return the offices nearest to a point, the nearest first; those nowhere are left out.

    ``offices`` are those to choose from, if they are not all of the directory.
    """
    wanted = frozenset(kinds)
    found = [
        Near(row, kilometres((latitude, longitude), row.point))
        for row in (directory() if offices is None else offices)
        if row.point and function in ("", row.function) and (not wanted or row.kind in wanted)
    ]
    return tuple(sorted(found, key=lambda near: (near.kilometres, near.office.code))[:limit])


def near(
    region: str,
    *,
    function: str = "",
    kinds: Iterable[str] = (),
    limit: int = 5,
    offices: Iterable[UnitRow] | None = None,
) -> tuple[Near, ...]:
    """Return the offices nearest to a region; none if nobody knows where the region is.

    Of a region without a point, that of the region it is part of is taken.
    """
    rows = directory() if offices is None else tuple(offices)
    points = {row.code: row.point for row in rows if row.code == row.region}
    known = [points[code] for code in way_up(region) if points.get(code)]
    if not known or known[0] is None:
        return ()
    return nearest(*known[0], function=function, kinds=kinds, limit=limit, offices=rows)


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
