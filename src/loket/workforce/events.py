"""What happens to rosters, absences, attendance, reports and meetings.

Facts hold no reason of an absence, no place of a person and no words about health.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AbsenceEvent(Event):
    account: str
    """Ref of who is absent."""
    kind: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class AbsenceAsked(AbsenceEvent):
    name: ClassVar[str] = "absence.asked"


@dataclass(frozen=True, kw_only=True)
class AbsenceGranted(AbsenceEvent):
    """From now on it counts: rosters that it breaks are planned again."""

    name: ClassVar[str] = "absence.granted"


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(AbsenceEvent):
    """It was refused, withdrawn or shortened."""

    name: ClassVar[str] = "absence.ended"

    state: str


@dataclass(frozen=True, kw_only=True)
class ReasonRead(Event):
    """Somebody of personnel read why a person is absent."""

    name: ClassVar[str] = "absence.reason_read"


@dataclass(frozen=True, kw_only=True)
class RosterEvent(Event):
    unit: str
    """Path of the unit."""
    starts_on: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class RosterPlanned(RosterEvent):
    name: ClassVar[str] = "roster.planned"

    turns: int
    shortages: int


@dataclass(frozen=True, kw_only=True)
class RosterChanged(RosterEvent):
    """Somebody moved, locked or removed turns by hand."""

    name: ClassVar[str] = "roster.changed"

    changes: int


@dataclass(frozen=True, kw_only=True)
class RosterPublished(RosterEvent):
    name: ClassVar[str] = "roster.published"

    told: int


@dataclass(frozen=True, kw_only=True)
class RosterDiscarded(RosterEvent):
    name: ClassVar[str] = "roster.discarded"
