"""The one answer: what is in force for a unit, a service, a room, at a moment, and why.

Every part is a :class:`Part`: a value, and the provisions behind it. A part that no
circular touches has its ordinary value and an empty ``because``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from loket.kernel.texts import Text

T = TypeVar("T")

State = Literal["open", "limited", "online_only", "closed"]
Measure = bool | Decimal | str
"""What a health protocol demands of one item."""
STATES: tuple[State, ...] = ("open", "limited", "online_only", "closed")
"""From the least to the most restrictive."""


@dataclass(frozen=True, slots=True)
class Because:
    """One provision behind a part of the answer; enough to cite it and to link to it."""

    subject: str
    """``circular:CODE`` or ``closure:CODE``."""
    label: str
    """How it is cited: ``Gubernur DKI Jakarta 02/SE/2020 (16-03-2020)``."""
    article: str
    starts_at: datetime
    ends_at: datetime | None
    """Half-open. None: until evaluated, or until the office may open again."""
    words: Text | None = None
    """What the provision means, in one plain sentence."""
    amended_by: tuple[str, ...] = ()
    """Labels of circulars that changed its period."""
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    """Issuer, number and date of a circular."""
    reason: str = ""
    """Why it was closed, of a closure: ``positive_case``, ``flood``, …"""
    earliest_at: datetime | None = None
    """Before this moment nobody may reopen, of a closure."""

    @property
    def is_closure(self) -> bool:
        return self.subject.startswith("closure:")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One part of the answer, with what decided it; the first reason weighs most."""

    value: T
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """From a time of day until a later one, at the office."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of a day, with its break if there is one."""

    name: str
    hours: Hours
    pause: Hours | None = None


@dataclass(frozen=True, slots=True)
class Counters:
    state: Part[State]
    hours: Part[tuple[Hours, ...]]
    """When the counters receive the public on the day of the moment; none when they do not."""


@dataclass(frozen=True, slots=True)
class Room:
    max_share: Part[Decimal | None]
    """Share of the room's capacity, 0 to 1."""
    max_people: Part[int | None]
    """The same in people, if a room with a capacity was asked about; rounded down."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who of the staff may or must be present. Shares are 0 to 1 of the staff of the unit."""

    min_share: Part[Decimal | None]
    max_share: Part[Decimal | None]
    max_share_concurrent: Part[Decimal | None]
    shifts: Part[tuple[Shift, ...]]
    """Those of the day of the moment."""
    pinned: Part[tuple[str, ...]]
    """Groups that stay in the office: ``structural``, ``two_highest_levels``, or posts."""
    excused: Part[tuple[str, ...]]
    """Groups that must not come: ``pregnant``, ``elderly``, ``chronic_illness``, …"""
    elderly_from: Part[int | None]
    """Age in years from which somebody is ``elderly`` here, if it is said."""
    remote: Part[str]
    """``""`` (nothing said), ``allowed`` or ``required``."""
    reporting: Part[tuple[str, ...]]
    """How work from home is shown: ``same_day``, ``photo``, ``twice_daily``."""


@dataclass(frozen=True, slots=True)
class Service:
    suspended: Part[bool]
    channels: Part[tuple[str, ...]]
    """Open ways to ask, of ``counter``, ``web``, ``app``, ``whatsapp``, ``sms``, ``email``,
    ``phone``."""
    hours: Part[tuple[Hours, ...]]
    """When requests by other ways than the counter are worked on, if it is said."""
    priority: Part[tuple[str, ...]]
    """Who goes first at the counter."""


@dataclass(frozen=True, slots=True)
class Clock:
    suspended: Part[bool]
    extended_by: Part[int]
    """Working days."""


@dataclass(frozen=True, slots=True)
class Letters:
    drop_box: Part[bool]
    email: Part[bool]


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for one unit, service and room at one moment."""

    at: datetime
    unit: str
    service: str
    room: str
    counters: Counters
    rooms: Room
    attendance: Attendance
    services: Service
    clock: Clock
    letters: Letters
    protocol: tuple[tuple[str, Part[Measure]], ...]
    """Health protocol: item (``mask``, ``distance_m``, …) to its value, in order of item."""
    reopens_at: Part[datetime | None]
    """When the counters next receive the public, if they do not now and it is known."""
    disputes: tuple[Dispute, ...] = field(default=())
    """Provisions that contradict each other here and now, and which of them holds."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two provisions that cannot both hold; the first one does."""

    part: str
    holds: Because
    yields: Because
    rule: Literal["closure", "narrower", "later", "stricter"]
    """Why the first one holds."""


@dataclass(frozen=True, slots=True)
class DayState:
    """One office on one day, for a board of many."""

    day: date
    state: Part[State]
    """The most restrictive of its hours; on a day without hours, of the day."""
    hours: Part[tuple[Hours, ...]]
    """When the counters really receive the public on that day, cut where a rule begins."""
    reopens_at: Part[datetime | None]


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time in which a clock stands still, and why. An open closure ends at ``None``."""

    starts_at: datetime
    ends_at: datetime | None
    because: tuple[Because, ...]

    @property
    def expected_at(self) -> datetime | None:
        """When it is expected to end: an open closure at its earliest reopening."""
        if self.ends_at:
            return self.ends_at
        known = [reason.ends_at or reason.earliest_at for reason in self.because]
        return max((at for at in known if at), default=None) if all(known) else None


@dataclass(frozen=True, slots=True)
class Extension:
    """A time in which deadlines are longer by some working days."""

    starts_at: datetime
    ends_at: datetime | None
    working_days: int
    because: tuple[Because, ...]
