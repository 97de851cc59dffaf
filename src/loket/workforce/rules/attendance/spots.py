"""Whether somebody is at the office, by where their phone says it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loket.organisation.rules.places import Point, kilometres

MOST_DOUBT = 200
"""Metres of doubt that are granted; a phone that knows less shows nothing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The allowed place that is nearest."""

    place: str
    metres: int


def nearest(point: Point, places: Mapping[str, Point]) -> Spot | None:
    """Return the nearest of the places, by code; None if there are none."""
    return min(
        (Spot(code, round(kilometres(point, there) * 1000)) for code, there in places.items()),
        key=lambda spot: (spot.metres, spot.place),
        default=None,
    )


def is_within(metres: int, accuracy: float | None, *, radius: int) -> bool:
    """Say whether somebody may be within the radius, given how well the phone knows."""
    return metres - min(accuracy or 0, MOST_DOUBT) <= radius


def is_point(latitude: float | None, longitude: float | None) -> bool:
    """Say whether these are degrees of a point on the globe."""
    if latitude is None or longitude is None:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180  # noqa: PLR2004 -- degrees


def known(places: Iterable[tuple[str, float | None, float | None]]) -> dict[str, Point]:
    """Return the places whose point is known."""
    return {
        code: (latitude, longitude)
        for code, latitude, longitude in places
        if latitude is not None and longitude is not None
    }
