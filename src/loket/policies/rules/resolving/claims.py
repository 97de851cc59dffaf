"""What one provision says about which parts of the answer, and how strict that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache, singledispatch
from typing import Any, NamedTuple

from loket.policies.rules import format as said
from loket.policies.rules.facts import Effect
from loket.policies.rules.format.written import span
from loket.policies.rules.values import STATES, Hours, Shift

from .openings import OFF

PPE = ("none", "mask_gloves", "full")
PROTOCOL = (
    "disinfection", "distance_m", "hands", "mask", "partition", "ppe", "temperature_max",
)  # fmt: skip


class Claim(NamedTuple):
    part: str
    value: Any
    """Compared with that of other claims of the part; what depends on the day is a week."""
    strictness: float
    """Only claims of one part are compared; the greater is the more restrictive."""


def claims(effect: Effect) -> tuple[Claim, ...]:
    """Return all that a provision or a closure says."""
    if effect.params is None:
        return (
            Claim("counters.state", "closed", STATES.index("closed")),
            Claim("attendance.remote", "required", 1),
            Claim("clock.suspended", True, 1),
        )
    return tuple(_claims(effect.params))


@lru_cache(maxsize=1024)
def opening(written: str) -> Hours:
    """Return hours as written, ``07:30-16:00``."""
    return Hours(*span(written))


def of_day(hours: Mapping[Any, Any], weekday: int) -> Any:
    """Return what is said about a weekday: by its name, else about every day; None: nothing."""
    return hours.get(said.DAYS[weekday], hours.get("every_day"))


@singledispatch
def _claims(provision: said.Provision) -> Iterator[Claim]:
    raise TypeError(f"Nobody said what {type(provision).__name__} claims.")


@_claims.register
def _(provision: said.CountersProvision) -> Iterator[Claim]:
    yield Claim("counters.state", provision.state, STATES.index(provision.state))


@_claims.register
def _(provision: said.HoursProvision) -> Iterator[Claim]:
    for weekday in range(7):
        written = of_day(provision.hours, weekday)
        if written is not None:
            hours = tuple(opening(text) for text in written)
            yield Claim(f"counters.hours.{weekday}", hours, -_length(hours))
            if said.DAYS[weekday] in provision.hours:
                yield Claim(f"counters.hours.{OFF + weekday}", hours, -_length(hours))


@_claims.register
def _(provision: said.RoomProvision) -> Iterator[Claim]:
    yield Claim("room.max_share", provision.max_share, -float(provision.max_share))


@_claims.register
def _(provision: said.AttendanceProvision) -> Iterator[Claim]:
    if provision.min_share is not None:
        yield Claim("attendance.min_share", provision.min_share, float(provision.min_share))
    for name in ("max_share", "max_share_concurrent"):
        share = getattr(provision, name)
        if share is not None:
            yield Claim(f"attendance.{name}", share, -float(share))


@_claims.register
def _(provision: said.ShiftsProvision) -> Iterator[Claim]:
    week = tuple(tuple(_shifts(provision, weekday)) for weekday in range(7))
    length = sum(_length([shift.hours for shift in shifts]) for shifts in week)
    yield Claim("attendance.shifts", week, -length)


@_claims.register
def _(provision: said.PinnedProvision) -> Iterator[Claim]:
    yield Claim("attendance.pinned", provision.posts, len(provision.posts))


@_claims.register
def _(provision: said.ExcusedProvision) -> Iterator[Claim]:
    yield Claim("attendance.excused", provision.groups, 0)
    if provision.elderly_from is not None:
        yield Claim("attendance.elderly_from", provision.elderly_from, -provision.elderly_from)


@_claims.register
def _(provision: said.RemoteProvision) -> Iterator[Claim]:
    yield Claim("attendance.remote", provision.work, provision.work == "required")


@_claims.register
def _(provision: said.ReportingProvision) -> Iterator[Claim]:
    yield Claim("attendance.reporting", provision.duties, 0)


@_claims.register
def _(_provision: said.SuspensionProvision) -> Iterator[Claim]:
    yield Claim("service.suspended", True, 1)
    yield Claim("clock.suspended", True, 1)


@_claims.register
def _(provision: said.ChannelsProvision) -> Iterator[Claim]:
    week = tuple(
        tuple(opening(text) for text in of_day(provision.hours, weekday) or ())
        for weekday in range(7)
    )
    yield Claim("service.channels", (provision.channels, week), -len(provision.channels))


@_claims.register
def _(provision: said.PriorityProvision) -> Iterator[Claim]:
    yield Claim("service.priority", provision.groups, -len(provision.groups))


@_claims.register
def _(provision: said.ProtocolProvision) -> Iterator[Claim]:
    for item in PROTOCOL:
        value = getattr(provision, item)
        if value is not None:
            strictness = PPE.index(value) if item == "ppe" else float(value)
            lower = item == "temperature_max"
            yield Claim(f"protocol.{item}", value, -strictness if lower else strictness)


@_claims.register
def _(provision: said.ClockProvision) -> Iterator[Claim]:
    if provision.suspended:
        yield Claim("clock.suspended", True, 1)
    if provision.extended_by is not None:
        yield Claim("clock.extended_by", provision.extended_by, provision.extended_by)


@_claims.register
def _(provision: said.LettersProvision) -> Iterator[Claim]:
    for item in ("drop_box", "email"):
        if getattr(provision, item):
            yield Claim(f"letters.{item}", True, 1)


def _shifts(provision: said.ShiftsProvision, weekday: int) -> Iterator[Shift]:
    for form in provision.shifts:
        if hours := of_day(form.hours, weekday):
            pause = of_day(form.pause, weekday)
            yield Shift(form.name, opening(hours), opening(pause) if pause else None)


def _length(hours: Iterable[Hours]) -> float:
    day = date.min
    return sum(
        (datetime.combine(day, h.closes) - datetime.combine(day, h.opens)).total_seconds()
        for h in hours
    )
