"""What the law does about the news of packages below."""

from __future__ import annotations

from loket.kernel.events import Event, announce, on
from loket.organisation import queries as organisation
from loket.organisation.events import (
    CalendarChanged,
    HolidaysImported,
    OfficeChanged,
    OfficeMoved,
    PlaceChanged,
    RoomChanged,
    UnitsLoaded,
)

from .events import CalendarTookEffect
from .models import Change
from .services.editions import bump, lock

GROUND: tuple[type[Event], ...] = (
    UnitsLoaded,
    OfficeChanged,
    OfficeMoved,
    PlaceChanged,
    RoomChanged,
)
EVERYWHERE = "/"


def read_anew(event: Event) -> None:
    """Begin a new edition: units, offices and rooms are part of every answer."""
    _edition(event, label=event.subject.partition(":")[2])


for kind in GROUND:
    on(kind)(read_anew)


@on(CalendarChanged)
def count_anew(event: CalendarChanged) -> None:
    """Begin a new edition, and let everybody who counts working days count again."""
    code = event.subject.partition(":")[2]
    is_unit = event.subject.startswith("unit:")
    scope = organisation.unit(code).path if is_unit else EVERYWHERE
    day = event.after or event.before
    _count(event, label=f"{day.partition(' ')[2]} ({event.on})", scope=scope)


@on(HolidaysImported)
def count_all_anew(event: HolidaysImported) -> None:
    """The same, when the holidays of whole years were put on record or corrected."""
    _count(event, label=", ".join(str(year) for year in event.years), scope=EVERYWHERE)


def _count(event: Event, *, label: str, scope: str) -> None:
    change = _edition(event, label=label, scopes=(scope,))
    announce(
        CalendarTookEffect(
            actor=event.actor,
            at=event.at,
            subject=event.subject,
            label=label,
            scopes=(scope,),
            touches_clocks=True,
            edition=change.number,
        )
    )


def _edition(event: Event, *, label: str, scopes: tuple[str, ...] = ()) -> Change:
    lock()
    return bump(
        kind="organisation",
        subject=event.subject,
        label=label,
        scopes=scopes,
        actor=event.actor,
        at=event.at,
    )
