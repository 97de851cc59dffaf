"""Whether a service is given at all now, and by which ways, or a circular has stopped it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loket.cases.models import Case
from loket.catalogue.rules.format import Service
from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies import queries as policies
from loket.policies.queries.words import CHANNELS, channel_name
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because, Part, State

from .clocks import AHEAD

WEB = "web"
"""The way of whoever applies on this site."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A service that is not given for a time, or not this way, and why."""

    because: tuple[Because, ...]
    ends_at: datetime | None
    """When it is given again, if that is known."""
    way: str = ""
    """The way to ask that is shut; empty if the whole service is stopped."""
    instead: tuple[str, ...] = ()
    """The ways to ask that are open meanwhile."""

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways that are open meanwhile, in the reader's words."""
        return tuple(channel_name(way) for way in self.instead)


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter at which something of a case waits for the applicant."""

    state: Part[State]
    opens_at: datetime | None
    """When it next receives the public, if it does not and that is known."""
    stop: Stop | None
    """Why the service is not given there, if it is not."""

    @property
    def is_shut(self) -> bool:
        return self.state.value in ("closed", "online_only")


def counter_of(case: Case, *, at: datetime, book: Book) -> Counter:
    """Return the state of the counter of a case's office at a moment."""
    found = book.in_force(case.unit.code, service=case.service_code, at=at)
    stop = stop_of(book, case.unit, case.service_code, at=at)
    return Counter(found.counters.state, found.reopens_at.value, stop)


def stop_of(
    book: Book, unit: Unit, service: str, *, way: str = "", at: datetime
) -> Stop | None:
    """Return why a service is not given at a unit at a moment, or None if it is.

    With a way to ask, such as ``web``, also why it is not given that way; one of which
    circulars know nothing is never shut.
    """
    way = way if way in CHANNELS else ""
    found = book.in_force(unit.code, service=service, at=at).services
    if is_open(book, unit, service, way, at):
        return None
    changes = book.boundaries(unit.code, service=service, since=at, until=at + AHEAD)
    ends_at = next((m for m in changes if is_open(book, unit, service, way, m)), None)
    if found.suspended.value:
        return Stop(found.suspended.because, ends_at)
    return Stop(found.channels.because, ends_at, way, found.channels.value)


def is_open(book: Book, unit: Unit, service: str, way: str, at: datetime) -> bool:
    """Say whether a service can be asked for at a moment, by a way if one is given."""
    found = book.in_force(unit.code, service=service, at=at).services
    return not found.suspended.value and (not way or way in found.channels.value)


def stopped(
    service: Service, answers: Mapping[str, Any] | None = None, *, at: datetime
) -> Stop | None:
    """Return why a service is not given on this site, where the answers say or everywhere.

    Before anybody has said where they live, only what holds for the whole province counts.
    """
    address = (answers or {}).get(service.applicant_region) or {}
    unit = unit_for(service, address.get("region", ""), at=at)
    return stop_of(policies.book(), unit, service.code, way=WEB, at=at) if unit else None


def unit_for(service: Service, region: str, *, at: datetime) -> Unit | None:
    """Return the unit that gives a service in a region; without one, the one at the top."""
    level = service.level if region else "province"
    top = region or organisation.regions().values_list("code", flat=True).first()
    if not top:
        return None
    on = organisation.today(None, at=at)
    try:
        return organisation.serving(region=top, function=service.function, level=level, on=on)
    except NotFound:
        return None
