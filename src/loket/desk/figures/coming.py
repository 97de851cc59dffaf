"""Which circulars begin or end for an office within a week."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from loket.desk.circulars import names
from loket.kernel.texts import Text
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because
from loket.ui.periods import local

AHEAD = timedelta(days=7)
INSTANT = timedelta(microseconds=1)
KINDS = tuple(names.KINDS)
Holding = dict[str, list[Because]]


@dataclass(frozen=True, slots=True)
class Change:
    """A circular that begins to hold for an office, or ceases to."""

    at: datetime
    kind: Literal["begins", "ends"]
    code: str
    label: str
    sentences: tuple[Text, ...]
    """What its provisions mean for the office, those about the counters first."""

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


def _holding(book: Book, unit: str, services: list[str], *, at: datetime) -> Holding:
    """Return the provisions that hold for a unit or one of its services, by circular."""
    holding = {
        (KINDS.index(effect.kind), effect.because.article, effect.because)
        for service in services
        for effect in book.effects_at(unit, service=service, at=at)
        if not effect.is_closure
    }
    found: Holding = defaultdict(list)
    for _kind, _article, because in sorted(holding, key=lambda each: each[:2]):
        found[because.subject].append(because)
    return found


def _only(here: Holding, there: Holding) -> list[list[Because]]:
    return [provisions for subject, provisions in sorted(here.items()) if subject not in there]


def _change(at: datetime, kind: Literal["begins", "ends"], provisions: list[Because]) -> Change:
    first = provisions[0]
    words = tuple(dict.fromkeys(each.words for each in provisions if each.words))
    return Change(at, kind, first.subject.partition(":")[2], first.label, words)
