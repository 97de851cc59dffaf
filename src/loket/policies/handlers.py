"""What the law does about the news of packages below."""

from __future__ import annotations

from loket.kernel.events import Event, on
from loket.organisation.events import (
    CalendarChanged,
    HolidaysImported,
    OfficeChanged,
    OfficeMoved,
    PlaceChanged,
    RoomChanged,
    UnitsLoaded,
)

from .services.editions import bump, lock

GROUND: tuple[type[Event], ...] = (
    UnitsLoaded,
    OfficeChanged,
    OfficeMoved,
    PlaceChanged,
    RoomChanged,
    CalendarChanged,
    HolidaysImported,
)


def read_anew(event: Event) -> None:
    """Begin a new edition: units, offices and calendars are part of every answer."""
    lock()
    bump(
        kind="organisation",
        subject=event.subject,
        label=event.subject.partition(":")[2],
        actor=event.actor,
        at=event.at,
    )


for kind in GROUND:
    on(kind)(read_anew)
