"""What is known of somebody's day, what a phone sent, and what the day came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.policies.rules.values import Because

Where = Literal["office", "home", "either"]
Source = Literal["turn", "roster", "ordinary"]

RESULTS: dict[str, str | Promise] = {
    "present": _("present"),
    "late": _("late"),
    "left_early": _("left early"),
    "home": _("worked at home"),
    "travel": _("on official travel"),
    "leave": _("on leave"),
    "free": _("free day"),
    "closed": _("office closed"),
    "absent": _("absent"),
    "incomplete": _("incomplete"),
    "pending": _("not clocked in yet"),
    "none": _("not recorded"),
}
GRANTED = ("present", "home", "travel")
"""What an appeal may make of a day; leave is asked for as leave."""

LATEST_OUT = timedelta(hours=4)
"""So long after the hours end somebody may still clock out; then the day is over."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody works on a day, in the office's time; a shift may end on the next."""

    starts_at: datetime
    ends_at: datetime
    pause: tuple[datetime, datetime] | None = None
    shift: str = ""

    @property
    def over_at(self) -> datetime:
        """From when on the day is judged as it stands."""
        return self.ends_at + LATEST_OUT

    @property
    def minutes(self) -> int:
        """Net minutes of work, without the break."""
        return self.worked(self.starts_at, self.ends_at)

    def worked(self, since: datetime, until: datetime) -> int:
        """Return the whole minutes between two moments that are not the break."""
        rest = timedelta()
        if self.pause:
            begins, ends = max(since, self.pause[0]), min(until, self.pause[1])
            rest = max(ends - begins, timedelta())
        return max(0, int((until - since - rest).total_seconds() // 60))


@dataclass(frozen=True, slots=True)
class Clocked:
    """One clocking, by the time that counts, in the office's time."""

    kind: str
    way: str
    counts_at: datetime
    is_confirmed: bool = False
    flags: tuple[str, ...] = ()
    claimed_at: datetime | None = None
    """When the phone says it was, if it came in late and that may still be confirmed."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Everything that decides somebody's day. Why they are away is not among it."""

    on: date
    hours: tuple[Hours, ...]
    """Those of the turn; or those among which the law lets them choose. At least one."""
    where: Where = "office"
    source: Source = "ordinary"
    holiday: str = ""
    """Name of the day on which nobody works; empty for whoever has a turn."""
    absence: str = ""
    """Kind of absence, or empty."""
    is_closed: bool = False
    """The office is closed by a closure."""
    is_kept: bool = True
    """Whether attendance was already kept, and they were on the staff."""
    reports_home: bool = False
    """Whoever works at home must clock in."""
    wants_photo: bool = False
    """Whoever clocks in at home sends a photo."""
    clocked: tuple[Clocked, ...] = ()
    ruling: str = ""
    """What a granted appeal made of the day."""
    because: Mapping[str, tuple[Because, ...]] = field(default_factory=dict)
    """``closed``, ``home``, ``shifts``, ``reporting`` to the provisions behind it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that decided a day; :func:`lines.words` says it."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class DayResult:
    """What somebody's day came to, and line by line why."""

    on: date
    result: str
    """Of :data:`RESULTS`."""
    is_final: bool = True
    minutes_late: int = 0
    minutes_early: int = 0
    minutes_worked: int | None = None
    """None: not known, as somebody did not clock out."""
    minutes_due: int = 0
    came_at: datetime | None = None
    left_at: datetime | None = None
    flags: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def label(self) -> str | Promise:
        return RESULTS[self.result]

    @property
    def is_unexcused(self) -> bool:
        """Whether the day counts among those of PP 94/2021."""
        return self.is_final and self.result == "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a page sent to clock somebody in or out. Nothing in it is believed unseen."""

    key: str
    kind: str
    """``in`` or ``out``."""
    way: str
    """``place``, ``code`` or ``home``."""
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    """In metres."""
    fixed_at: datetime | None = None
    """When the phone found its place, by its own clock."""
    code: str = ""
    photo: bytes = b""
    photo_name: str = ""
    claimed_at: datetime | None = None
    """When the button was pressed, by the phone's clock."""
    sent_at: datetime | None = None
    """When it was sent, by the phone's clock."""
    is_offline: bool = False
    contact: str = ""
    """The page's proof of when it last spoke with the server."""

    @property
    def point(self) -> tuple[float, float] | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude
