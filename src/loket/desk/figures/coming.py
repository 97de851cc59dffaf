"""Which circulars begin or end for an office within a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because
from loket.ui.periods import local

AHEAD = timedelta(days=7)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A circular that begins to hold for an office, or ceases to."""

    at: datetime
    kind: Literal["begins", "ends"]
    code: str
    because: Because

    @property
    def is_whole_day(self) -> bool:
        """Say whether it happens between two days."""
        return local(self.at).time() == time(0)

    @property
    def day(self) -> date:
        """Return the first day of what begins, or the last of what ends."""
        before = INSTANT if self.kind == "ends" else timedelta(0)
        return local(self.at - before).date()


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
    """Return the circulars that hold for a unit or one of its services, by subject.

    Of several provisions of one circular, one that has words of its own.
    """
    found: dict[str, Because] = {}
    for service in services:
        for effect in book.effects_at(unit, service=service, at=at):
            known = found.get(effect.because.subject)
            is_better = known is None or (known.words is None and effect.because.words)
            if is_better and not effect.is_closure:
                found[effect.because.subject] = effect.because
    return found


def _only(here: dict[str, Because], there: dict[str, Because]) -> list[Because]:
    return [because for subject, because in sorted(here.items()) if subject not in there]


def _change(at: datetime, kind: Literal["begins", "ends"], because: Because) -> Change:
    return Change(at, kind, because.subject.partition(":")[2], because)
