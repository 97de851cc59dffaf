"""What happens to units, their offices and calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class UnitsLoaded(Event):
    """The units of a government were read from a file, and some were new or changed."""

    name: ClassVar[str] = "organisation.units_loaded"

    file: str
    created: int
    changed: tuple[str, ...]
    """Codes of the units that were there and are different now."""


@dataclass(frozen=True, kw_only=True)
class HolidaysImported(Event):
    """The holidays and the joint leave of some years were put on record, or differ now."""

    name: ClassVar[str] = "organisation.holidays_imported"

    years: tuple[int, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """A day was made a holiday or a working day, or is no exception any more."""

    name: ClassVar[str] = "organisation.calendar_changed"

    on: str
    before: str
    after: str
    """Kind and name, such as ``local_holiday Hari Jadi Kota Jakarta``; empty for none."""
    source: str


@dataclass(frozen=True, kw_only=True)
class OfficeChanged(Event):
    """The hours of an office changed."""

    name: ClassVar[str] = "organisation.office_changed"

    before: dict[str, list[list[str]]]
    after: dict[str, list[list[str]]]


@dataclass(frozen=True, kw_only=True)
class OfficeMoved(Event):
    """An office went to another building, or to another floor of its building."""

    name: ClassVar[str] = "organisation.office_moved"

    before: str
    after: str
    """Building and floor, such as ``G-31 Blok G``; empty for none."""


@dataclass(frozen=True, kw_only=True)
class PlaceChanged(Event):
    """A building was put on record, or its name, address or point changed."""

    name: ClassVar[str] = "organisation.place_changed"

    before: dict[str, str | float | None]
    """Name, address, latitude and longitude; nothing if the building is new."""
    after: dict[str, str | float | None]


@dataclass(frozen=True, kw_only=True)
class RoomChanged(Event):
    """A room was put on record, changed or removed."""

    name: ClassVar[str] = "organisation.room_changed"

    before: dict[str, str | int]
    """Name, unit, place, floor and capacity; nothing if the room is new."""
    after: dict[str, str | int]
    """Nothing if it was removed."""
