"""Where units have their offices: one building for every region, and who is on which floor.

The street of a building is made up by a rule until an operator enters the real one; where
its region lies is not made up, see ``data/jakarta-coordinates.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from .format import Building, Government, Hours
from .hours import check

EARTH_DIAMETER_KM = 12742
HIGHEST_HOUSE_NUMBER = 98
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""


@dataclass(frozen=True, slots=True)
class Address:
    """What places the building of a region: its kind, its name, the names on the way up."""

    region: str
    kind: str
    name: str
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """A building as the file wants it."""

    code: str
    name: str
    address: str
    point: Point | None


@dataclass(frozen=True, slots=True)
class PlannedRoom:
    code: str
    name: str
    capacity: int


@dataclass(frozen=True, slots=True)
class PlannedOffice:
    """An office, where it is, and the room that it begins with."""

    place: PlannedPlace
    floor: str
    room: PlannedRoom
    time_zone: str
    hours: dict[str, list[list[str]]]


class Housing:
    """Gives every unit an office in the building of its region."""

    def __init__(self, government: Government, points: Mapping[str, Point]) -> None:
        self._offices = government.offices
        buildings = government.places.buildings
        self._buildings: dict[str, Building] = {found.kind: found for found in buildings}
        self._points = points
        self._places: dict[str, PlannedPlace] = {}
        self._hours = _hours(government.offices.hours)

    def office(self, unit: str, function: str, address: Address) -> PlannedOffice:
        """Return the office of a unit.

        :raises Invalid: if the file has no building for it, or no floor.
        """
        building = self._buildings.get(address.kind)
        floors: dict[str, str] = dict(building.floors.items()) if building else {}
        if building is None or function not in floors:
            raise Invalid(f"“{unit}” has no building, or no floor in it")
        return PlannedOffice(
            place=self._place(building, address),
            floor=floors[function],
            room=PlannedRoom(f"R-{unit}-1", building.room.name, building.room.capacity),
            time_zone=self._offices.time_zone,
            hours=self._hours,
        )

    def _place(self, building: Building, address: Address) -> PlannedPlace:
        region = address.region
        if region not in self._places:
            streets = self._offices.streets
            number = sum(int(n) * place for place, n in enumerate(region, 1) if n != ".")
            self._places[region] = PlannedPlace(
                code=f"G-{region}",
                name=building.name.format(region=address.name),
                address=self._offices.address.format(
                    street=streets[number % len(streets)],
                    number=number % HIGHEST_HOUSE_NUMBER + 1,
                    place=", ".join(address.way),
                ),
                point=self._points.get(region),
            )
        return self._places[region]


def read_points(text: str) -> dict[str, Point]:
    """Return the points of a CSV with the columns code, latitude and longitude.

    :raises Invalid: if a line has no code or no point on the globe.
    """
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    points = {}
    for row in csv.DictReader(lines):
        try:
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
            points[row["code"]] = check_point(latitude, longitude)
        except (KeyError, TypeError, ValueError):
            raise Invalid(f"{row}: needs a code, a latitude and a longitude") from None
    return points


def check_point(latitude: float, longitude: float) -> Point:
    """Return a point of the globe.

    :raises Invalid: if it is none.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 -- degrees
        raise Invalid(_("A point has a latitude and a longitude in degrees."))
    return latitude, longitude


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points as the crow flies."""
    (lat1, lon1), (lat2, lon2) = (map(radians, one), map(radians, other))
    bow = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return EARTH_DIAMETER_KM * asin(sqrt(bow))


def _hours(hours: Hours) -> dict[str, list[list[str]]]:
    return check(
        {
            str(number): [opening.split("-") for opening in getattr(hours, _WEEK[number])]
            for number in WEEKDAYS
        }
    )
