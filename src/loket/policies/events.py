"""What happens to circulars, closures and zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CircularEvent(Event):
    label: str
    """Issuer, number and date."""


@dataclass(frozen=True, kw_only=True)
class CircularDrafted(CircularEvent):
    name: ClassVar[str] = "circular.drafted"


@dataclass(frozen=True, kw_only=True)
class CircularRewritten(CircularEvent):
    """A draft was changed."""

    name: ClassVar[str] = "circular.rewritten"

    revision: int


@dataclass(frozen=True, kw_only=True)
class CircularDiscarded(CircularEvent):
    name: ClassVar[str] = "circular.discarded"


@dataclass(frozen=True, kw_only=True)
class CircularSimulated(CircularEvent):
    name: ClassVar[str] = "circular.simulated"

    edition: int


@dataclass(frozen=True, kw_only=True)
class PolicyChanged(Event):
    """The law changed: whoever keeps something that follows from it puts it right now.

    ``scopes`` are the paths of the units that may be touched; ``touches_clocks`` says
    whether due dates may move. Handlers run within the transaction of the change, which a
    simulation rolls back: they write rows and enqueue jobs, nothing else.
    """

    label: str
    scopes: tuple[str, ...]
    touches_clocks: bool
    edition: int


@dataclass(frozen=True, kw_only=True)
class CircularEnacted(PolicyChanged):
    name: ClassVar[str] = "circular.enacted"

    starts_at: str
    ends_at: str
    retroactive_reason: str


@dataclass(frozen=True, kw_only=True)
class CircularRevoked(PolicyChanged):
    name: ClassVar[str] = "circular.revoked"

    revoked_from: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OfficeClosed(PolicyChanged):
    name: ClassVar[str] = "office.closed"

    reason: str
    starts_at: str
    earliest_at: str


@dataclass(frozen=True, kw_only=True)
class ClosureRecorded(Event):
    """Proof was entered that something was done, such as disinfection."""

    name: ClassVar[str] = "office.closure_recorded"

    kind: str


@dataclass(frozen=True, kw_only=True)
class OfficeReopened(PolicyChanged):
    name: ClassVar[str] = "office.reopened"

    reopened_at: str


@dataclass(frozen=True, kw_only=True)
class ZoneDeclared(PolicyChanged):
    name: ClassVar[str] = "zone.declared"

    scheme: str
    value: str


@dataclass(frozen=True, kw_only=True)
class ClosureOverran(PolicyChanged):
    """A closure is past its minimum and nobody has reopened: what it holds up goes on waiting.

    Announced once for every such day. It moves no due date: those are carried along as long as
    nobody knows when it opens, and move once when that is decided.
    """

    name: ClassVar[str] = "office.closure_overran"

    on: str
    """The office's day."""


@dataclass(frozen=True, kw_only=True)
class CalendarTookEffect(PolicyChanged):
    """Holidays changed, of everybody or of one unit: working days are counted anew."""

    name: ClassVar[str] = "calendar.took_effect"
