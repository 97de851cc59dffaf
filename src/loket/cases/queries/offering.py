"""Whether a service is given at all now, or a circular has suspended it."""

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
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because, Part, State

MOST_IN_A_ROW = 12
"""Suspensions that follow each other without a gap; more are not looked for."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A service that is not given for a time, and why."""

    because: tuple[Because, ...]
    ends_at: datetime | None
    """When it is given again, if that is known."""


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


def stop_of(book: Book, unit: Unit, service: str, *, at: datetime) -> Stop | None:
    """Return why a service is not given at a unit at a moment, or None if it is."""
    found = book.in_force(unit.code, service=service, at=at).services.suspended
    if not found.value:
        return None
    because, ends_at = found.because, at
    for _more in range(MOST_IN_A_ROW):
        ends = [reason.ends_at for reason in found.because]
        known = [end for end in ends if end is not None]
        if not known or len(known) < len(ends):
            return Stop(because, None)
        ends_at = max(known)
        found = book.in_force(unit.code, service=service, at=ends_at).services.suspended
        if not found.value:
            break
    return Stop(because, ends_at)


def stopped(
    service: Service, answers: Mapping[str, Any] | None = None, *, at: datetime
) -> Stop | None:
    """Return why a service is not given, where the answers say or else everywhere.

    Before anybody has said where they live, only what holds for the whole province counts.
    """
    address = (answers or {}).get(service.applicant_region) or {}
    unit = unit_for(service, address.get("region", ""), at=at)
    return stop_of(policies.book(), unit, service.code, at=at) if unit else None


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
