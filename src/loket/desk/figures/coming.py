"""Which circulars begin or end for an office within a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because

AHEAD = timedelta(days=7)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A circular that begins to hold for an office, or ceases to."""

    at: datetime
    kind: Literal["begins", "ends"]
    code: str
    because: Because


def changes(book: Book, unit: str, *, at: datetime) -> list[Change]:
    """Return what begins and ends for a unit within a week, the first first."""
    services = ["", *sorted({s for each in book.effects for s in each.scope.services})]
    until = at + AHEAD
    moments = {
        moment
        for service in services
        for moment in book.boundaries(unit, service=service, since=at, until=until)
        if moment > at
    }
    found = []
    for moment in sorted(moments):
        before = _holding(book, unit, services, at=moment - INSTANT)
        after = _holding(book, unit, services, at=moment)
        found += [_change(moment, "begins", each) for each in _only(after, before)]
        found += [_change(moment, "ends", each) for each in _only(before, after)]
    return found


def _holding(book: Book, unit: str, services: list[str], *, at: datetime) -> dict[str, Because]:
    """Return the circulars that hold for a unit or one of its services, by subject."""
    return {
        effect.because.subject: effect.because
        for service in services
        for effect in book.effects_at(unit, service=service, at=at)
        if not effect.is_closure
    }


def _only(here: dict[str, Because], there: dict[str, Because]) -> list[Because]:
    return [because for subject, because in sorted(here.items()) if subject not in there]


def _change(at: datetime, kind: Literal["begins", "ends"], because: Because) -> Change:
    return Change(at, kind, because.subject.partition(":")[2], because)
