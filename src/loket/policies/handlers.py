"""What the law does about the news of packages below."""

from __future__ import annotations

from loket.kernel.events import Event, on
from loket.organisation.events import (
    CalendarChanged,
    HolidaysImported,
    OfficeChanged,
    UnitsLoaded,
)

from .services.editions import bump, lock


@on(UnitsLoaded)
@on(OfficeChanged)
@on(CalendarChanged)
@on(HolidaysImported)
def read_anew(event: Event) -> None:
    """Units, offices and calendars are part of every answer: begin a new edition."""
    lock()
    bump(
        kind="organisation",
        subject=event.subject,
        label=event.subject.partition(":")[2],
        actor=event.actor,
        at=event.at,
    )
