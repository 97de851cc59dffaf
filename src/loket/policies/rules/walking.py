"""Walk through the law of every class of equal units, from boundary to boundary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .findings import Cap, Finding, Kind
from .resolving import Book
from .values import Because, InForce

A_WEEK = 7
MOST_EXAMPLES = 3


class Question(NamedTuple):
    """One question that stands for all units of a class."""

    unit: str
    service: str
    room: str
    units: tuple[str, ...]


@dataclass
class Group:
    """What one finding is about, gathered from many units and times."""

    units: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    since: datetime | None = None
    until: datetime | None = None
    caps: set[tuple[int, int, int, str, Decimal]] = field(default_factory=set)

    def stretch(self, since: datetime, until: datetime) -> None:
        self.since = min(self.since or since, since)
        self.until = max(self.until or until, until)


def classes(book: Book, units: Iterable[str], service: str) -> Iterator[Question]:
    """Yield one question for every class of equal units."""
    alike_of: defaultdict[int, list[str]] = defaultdict(list)
    for unit in units:
        if unit in book.units:
            alike_of[book.class_of(unit)].append(unit)
    for alike in alike_of.values():
        codes = tuple(sorted(alike))
        yield Question(codes[0], service, "", codes)


def stretches(
    book: Book, question: Question, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times in a period between two boundaries."""
    boundaries = book.boundaries(
        question.unit, service=question.service, room=question.room, since=since, until=until
    )
    moments = sorted({since, until, *boundaries})
    return pairwise(moments)


def answers(
    book: Book, question: Question, since: datetime, until: datetime, *, daily: bool = False
) -> Iterator[tuple[InForce, datetime, datetime]]:
    """Yield what holds in each stretch; daily: also on each further day of the week."""
    for start, end in stretches(book, question, since, until):
        for days in range(A_WEEK if daily else 1):
            at = start + timedelta(days=days)
            if at < end:
                answer = book.in_force(
                    question.unit, service=question.service, room=question.room, at=at
                )
                yield answer, start, end


def made(
    book: Book, kind: Kind, becauses: tuple[Because, ...], group: Group, *, rule: str = ""
) -> Finding:
    units = tuple(sorted(group.units))
    zone = ZoneInfo(book.units[units[0]].zone_name)
    cap = None
    if group.caps:
        missing, staff, pinned, unit, share = min(group.caps)
        cap = Cap(book.units[unit].name, share, staff, pinned + missing, pinned)
    if group.since is None:
        raise ValueError(kind)
    return Finding(
        kind,
        tuple(sorted(group.subjects)),
        becauses,
        units,
        tuple(book.units[unit].name for unit in units[:MOST_EXAMPLES]),
        group.since.astimezone(zone),
        group.until.astimezone(zone) if group.until else None,
        rule,
        cap,
    )
