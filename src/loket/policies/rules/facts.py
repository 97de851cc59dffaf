"""What the rules are told: units, rooms, zones, circulars and closures as frozen values.

Whoever loads them does so in any order: the answer never depends on it. Moments carry a
zone, periods are half-open, and an end of ``None`` is open. :mod:`.ending` turns circulars
and closures into :class:`Effect`; :class:`.resolving.Book` answers from those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from loket.kernel.texts import Text

from .format import Amendment, AnyProvision, Reference, Scope
from .values import Because, Hours

Week = tuple[tuple[Hours, ...], ...]
"""Hours of Monday to Sunday: seven entries; or none at all if there are no hours."""


def week(hours: Mapping[str, Sequence[Sequence[str]]]) -> Week:
    """Return stored opening hours (``{"0": [["07:30", "16:00"]]}``) as a week."""
    if not any(hours.values()):
        return ()
    return tuple(
        tuple(
            Hours(time.fromisoformat(opens), time.fromisoformat(closes))
            for opens, closes in hours.get(str(day), ())
        )
        for day in range(7)
    )


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit with its office, if it has one."""

    code: str
    path: str
    """From the top, ``/31/31.71/31.71.01/``; its steps are codes of units."""
    name: str
    kind: str
    function: str
    region: str
    """Kemendagri code of the region it serves."""
    place: str = ""
    """Code of the building of its office, if it has one."""
    floor: str = ""
    hours: Week = ()
    zone_name: str = "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class RoomFact:
    code: str
    unit: str
    """Code of the unit whose room it is."""
    place: str
    floor: str
    capacity: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class ZoneFact:
    """The zone or level of a region during a period; a later one replaces it."""

    region: str
    scheme: str
    value: str
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProvisionFact:
    """A provision as it was enacted; ``provision`` tells its kind, article, scope, words."""

    provision: AnyProvision
    starts_at: datetime
    ends_at: datetime | None
    has_own_period: bool = False
    """Whether its period is its own; otherwise it follows the circular's."""


@dataclass(frozen=True, slots=True)
class CircularFact:
    """An enacted circular as it was written. What others did to it is found by ``ending``."""

    subject: str
    """``circular:CODE``."""
    issuer: str
    number: str
    date: date
    starts_at: datetime
    ends_at: datetime | None
    provisions: tuple[ProvisionFact, ...]
    amends: tuple[Amendment, ...] = ()
    revokes: tuple[Reference, ...] = ()
    revoked_from: datetime | None = None

    @property
    def label(self) -> str:
        """How it is cited."""
        return f"{self.issuer} {self.number} ({self.date:%d-%m-%Y})"


@dataclass(frozen=True, slots=True)
class ClosureFact:
    """A unit, a building, a floor or a room that was shut."""

    subject: str
    """``closure:CODE``."""
    label: str
    reason: str
    basis: str
    """The rule that demands it, with its article."""
    scope: Scope
    starts_at: datetime
    earliest_at: datetime
    """Before this moment nobody may reopen."""
    reopened_at: datetime | None
    stays_open: tuple[Scope, ...] = ()
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """One provision, or one closure, with the period in which it really holds."""

    kind: str
    """Of the provision; or ``closure``."""
    params: AnyProvision | None
    """The provision; None for a closure."""
    scope: Scope
    starts_at: datetime
    ends_at: datetime | None
    because: Because
    issued_on: date
    """Date of the circular, or the day on which a closure began."""
    is_closure: bool = False
    stays_open: tuple[Scope, ...] = ()
    earliest_at: datetime | None = None
    """Of a closure: before this moment nobody may reopen."""
