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


@dataclass(frozen=True, kw_only=True)
class WorkEvent(Event):
    """Something that happened to the report on one day's work of one person."""

    unit: str
    """Path of the unit."""
    account: str
    """Ref of whose work it is."""
    on: str


@dataclass(frozen=True, kw_only=True)
class WorkSubmitted(WorkEvent):
    """A day's work was handed in; or again, after it was returned."""

    name: ClassVar[str] = "work.submitted"

    minutes: int
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class WorkValidated(WorkEvent):
    name: ClassVar[str] = "work.validated"


@dataclass(frozen=True, kw_only=True)
class WorkReturned(WorkEvent):
    """The superior gave a report back, with a remark that the journal does not keep."""

    name: ClassVar[str] = "work.returned"


@dataclass(frozen=True, kw_only=True)
class AttendanceEvent(Event):
    """Something about how somebody's day is recorded; never where they were."""

    unit: str
    """Path of the unit."""
    on: str


@dataclass(frozen=True, kw_only=True)
class Clocked(AttendanceEvent):
    """Somebody clocked in or out."""

    name: ClassVar[str] = "attendance.clocked"

    kind: str
    is_offline: bool


@dataclass(frozen=True, kw_only=True)
class ClockingConfirmed(AttendanceEvent):
    """The superior confirmed the time that a phone claimed for a clocking that came in late."""

    name: ClassVar[str] = "attendance.confirmed"

    kind: str


@dataclass(frozen=True, kw_only=True)
class AppealAsked(AttendanceEvent):
    """Somebody appealed against what a day came to."""

    name: ClassVar[str] = "attendance.appealed"


@dataclass(frozen=True, kw_only=True)
class AppealDecided(AttendanceEvent):
    name: ClassVar[str] = "attendance.appeal_decided"

    state: str


@dataclass(frozen=True, kw_only=True)
class SkillsChanged(Event):
    """What somebody can do at a counter was written down anew."""

    name: ClassVar[str] = "staff.skills_changed"

    skills: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DesksChanged(Event):
    """Where somebody works was written down anew."""

    name: ClassVar[str] = "staff.desks_changed"

    rooms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StaffImported(Event):
    """A file of staff was brought in; the file itself is not kept."""

    name: ClassVar[str] = "staff.imported"

    rows: int
    created: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class CounterChanged(Event):
    """A counter or post of a unit was opened, changed or closed."""

    name: ClassVar[str] = "counter.changed"

    unit: str
    """Path of the unit."""
    counter: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class SwapEvent(Event):
    """Something about two colleagues who change turns."""

    unit: str
    """Path of the unit."""
    gives_on: str


@dataclass(frozen=True, kw_only=True)
class SwapAsked(SwapEvent):
    name: ClassVar[str] = "swap.asked"


@dataclass(frozen=True, kw_only=True)
class SwapAnswered(SwapEvent):
    """The colleague agreed or declined, or who asked withdrew."""

    name: ClassVar[str] = "swap.answered"

    state: str


@dataclass(frozen=True, kw_only=True)
class SwapDecided(SwapEvent):
    """The head approved, so that the turns changed, or refused."""

    name: ClassVar[str] = "swap.decided"

    state: str


@dataclass(frozen=True, kw_only=True)
class FeedMade(Event):
    """Somebody made an address for their own calendar; an earlier one ended."""

    name: ClassVar[str] = "feed.made"


@dataclass(frozen=True, kw_only=True)
class FeedDropped(Event):
    name: ClassVar[str] = "feed.dropped"


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(Event):
    unit: str
    """Path of the unit that called it."""
    people: int
    """Who is invited."""


@dataclass(frozen=True, kw_only=True)
class MeetingCalled(MeetingEvent):
    name: ClassVar[str] = "meeting.called"


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(MeetingEvent):
    name: ClassVar[str] = "meeting.changed"


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent):
    name: ClassVar[str] = "meeting.cancelled"


@dataclass(frozen=True, kw_only=True)
class MeetingAnswered(Event):
    """Somebody who is invited said whether they come; why is not kept here."""

    name: ClassVar[str] = "meeting.answered"

    unit: str
    """Path of the unit that called it."""
    answer: str


@dataclass(frozen=True, kw_only=True)
class MeetingMinuted(MeetingEvent):
    """Somebody wrote down what was said and who was there."""

    name: ClassVar[str] = "meeting.minuted"

    in_room: int
    """How many were there in the room."""
