"""Find what is doubtful about the law: contradictions, impossible caps, shut ways, gaps.

Each finder works once for every class of equal units, walks from boundary to boundary and
groups what it finds over units. The order of records never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from .facts import Effect
from .findings import KINDS, Cap, Finding, Kind, order
from .resolving import Book
from .shares import at_most
from .values import Because, InForce, Part

__all__ = [
    "KINDS",
    "Finding",
    "all_of",
    "disputes",
    "gaps",
    "impossible_caps",
    "unreachable_services",
]

SHORT_GAP = timedelta(days=60)
"""A longer time without a rule is taken to be meant."""
_A_WEEK = 7
_MOST_EXAMPLES = 3


class Question(NamedTuple):
    """One question that stands for all units of a class."""

    unit: str
    service: str
    room: str
    units: tuple[str, ...]


@dataclass
class _Group:
    units: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    since: datetime | None = None
    until: datetime | None = None
    caps: set[tuple[int, int, int, str, Decimal]] = field(default_factory=set)

    def stretch(self, since: datetime, until: datetime) -> None:
        self.since = min(self.since or since, since)
        self.until = max(self.until or until, until)


def all_of(
    book: Book,
    *,
    headcounts: Mapping[str, tuple[int, int]],
    services: Mapping[str, Iterable[str]],
    since: datetime,
    until: datetime,
) -> list[Finding]:
    """Return everything doubtful in a period, in a fixed order. See the single finders."""
    return [
        *disputes(book, since=since, until=until),
        *impossible_caps(book, headcounts=headcounts, since=since, until=until),
        *unreachable_services(book, services=services, since=since, until=until),
        *gaps(book, since=since, until=until),
    ]


def disputes(
    book: Book, *, units: Iterable[str] | None = None, since: datetime, until: datetime
) -> list[Finding]:
    """Return provisions that contradict each other in a period, and which of them holds."""
    groups: defaultdict[tuple[Because, Because, str], _Group] = defaultdict(_Group)
    questions = [*_questions(book, units), *_rooms(book, units)]
    daily = any(effect.kind == "hours" for effect in book.effects)
    for question in questions:
        for answer, _start, _end in _answers(book, question, since, until, daily=daily):
            for dispute in answer.disputes:
                group = groups[dispute.holds, dispute.yields, dispute.rule]
                group.units.update(question.units)
                group.subjects.add(dispute.part)
    found = []
    for (holds, yields, rule), group in groups.items():
        ends = [end for end in (holds.ends_at, yields.ends_at) if end]
        group.since = max(holds.starts_at, yields.starts_at)
        group.until = min(ends, default=None)
        found.append(_finding(book, "contradiction", (holds, yields), group, rule=rule))
    return sorted(found, key=order)


def impossible_caps(
    book: Book,
    *,
    headcounts: Mapping[str, tuple[int, int]],
    since: datetime,
    until: datetime,
) -> list[Finding]:
    """Return caps on the staff present that are below the posts which must stay.

    ``headcounts``: code of a unit to its staff and how many of them hold such posts.
    """
    alike: defaultdict[tuple[int, int, int], list[str]] = defaultdict(list)
    for unit, (staff, pinned) in headcounts.items():
        if unit in book.units:
            alike[book.class_of(unit), staff, pinned].append(unit)
    groups: defaultdict[tuple[Because, ...], _Group] = defaultdict(_Group)
    for (_class, staff, pinned), codes in sorted(alike.items()):
        units = tuple(sorted(codes))
        question = Question(units[0], "", "", units)
        for answer, start, end in _answers(book, question, since, until):
            for share in _caps(answer):
                allowed = at_most(share.value or Decimal(0), staff)
                if allowed < pinned:
                    becauses = (*share.because[:1], *answer.attendance.pinned.because[:1])
                    group = groups[becauses]
                    group.units.update(units)
                    group.stretch(start, end)
                    group.caps.add(
                        (allowed - pinned, staff, pinned, units[0], share.value or Decimal(0))
                    )
    found = [_finding(book, "impossible_cap", key, group) for key, group in groups.items()]
    return sorted(found, key=order)


def _caps(answer: InForce) -> Iterator[Part[Decimal | None]]:
    attendance = answer.attendance
    if attendance.pinned.value:
        for share in (attendance.max_share, attendance.max_share_concurrent):
            if share.value is not None:
                yield share


def unreachable_services(
    book: Book, *, services: Mapping[str, Iterable[str]], since: datetime, until: datetime
) -> list[Finding]:
    """Return services for which no way to apply is open, though they are not suspended.

    ``services``: code of a service to the units that give it.
    """
    groups: defaultdict[tuple[Because, ...], _Group] = defaultdict(_Group)
    for service, units in sorted(services.items()):
        for question in _classes(book, units, service):
            for answer, start, end in _answers(book, question, since, until):
                if answer.services.suspended.value or answer.services.channels.value:
                    continue
                group = groups[answer.services.channels.because]
                group.units.update(question.units)
                group.subjects.add(service)
                group.stretch(start, end)
    found = [_finding(book, "no_channel", key, group) for key, group in groups.items()]
    return sorted(found, key=order)


def gaps(
    book: Book, *, units: Iterable[str] | None = None, since: datetime, until: datetime
) -> list[Finding]:
    """Return short times without a rule between two provisions of one kind."""
    groups: defaultdict[tuple[Because, Because, datetime, datetime], _Group]
    groups = defaultdict(_Group)
    for question in _questions(book, units):
        for kind, before, after, over_at, begins_at in _pauses(book, question, since, until):
            key = (before, after, over_at, begins_at)
            group = groups[key]
            group.units.update(question.units)
            group.subjects.add(kind)
            group.since, group.until = key[2:]
    found = [_finding(book, "gap", key[:2], group) for key, group in groups.items()]
    return sorted(found, key=order)


def _pauses(
    book: Book, question: Question, since: datetime, until: datetime
) -> Iterator[tuple[str, Because, Because, datetime, datetime]]:
    """Yield the provisions of one kind before and after a short time without any."""
    last: dict[str, tuple[datetime, Effect]] = {}
    around = since - SHORT_GAP, until + SHORT_GAP
    for start, end in _stretches(book, question, *around):
        here: dict[str, Effect] = {}
        in_force = book.effects_at(question.unit, service=question.service, at=start)
        for effect in sorted(in_force, key=_rank):
            if not effect.is_closure:
                here[effect.kind] = effect
        for kind, effect in here.items():
            if kind in last:
                over_at, before = last[kind]
                is_seen = over_at < until and start > since
                if over_at < start <= over_at + SHORT_GAP and is_seen:
                    yield kind, before.because, effect.because, over_at, start
            last[kind] = (end, effect)


def _rank(effect: Effect) -> tuple[bool, datetime, str, str]:
    """The provision that lasts longest comes last, so that it is the one that is cited."""
    ends_at = effect.ends_at
    cited = effect.because
    return ends_at is None, ends_at or effect.starts_at, cited.label, cited.article


def _questions(book: Book, units: Iterable[str] | None) -> Iterator[Question]:
    """Yield one question for every class of equal units, without a service and with each
    service that any provision names.
    """
    codes = tuple(book.units) if units is None else tuple(units)
    named = {service for effect in book.effects for service in effect.scope.services}
    for service in sorted({"", *named}):
        yield from _classes(book, codes, service)


def _classes(book: Book, units: Iterable[str], service: str) -> Iterator[Question]:
    classes: defaultdict[int, list[str]] = defaultdict(list)
    for unit in units:
        if unit in book.units:
            classes[book.class_of(unit)].append(unit)
    for alike in classes.values():
        codes = tuple(sorted(alike))
        yield Question(codes[0], service, "", codes)


def _rooms(book: Book, units: Iterable[str] | None) -> Iterator[Question]:
    """Yield one question for every room that a provision names."""
    wanted = None if units is None else set(units)
    for code in sorted({effect.scope.room for effect in book.effects} - {""}):
        room = book.rooms.get(code)
        if room and (wanted is None or room.unit in wanted):
            yield Question(room.unit, "", code, (room.unit,))


def _stretches(
    book: Book, question: Question, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times in a period between two boundaries."""
    boundaries = book.boundaries(
        question.unit, service=question.service, room=question.room, since=since, until=until
    )
    moments = sorted({since, until, *boundaries})
    return pairwise(moments)


def _answers(
    book: Book, question: Question, since: datetime, until: datetime, *, daily: bool = False
) -> Iterator[tuple[InForce, datetime, datetime]]:
    """Yield what holds in each stretch; daily: also on each further day of the week."""
    for start, end in _stretches(book, question, since, until):
        for days in range(_A_WEEK if daily else 1):
            at = start + timedelta(days=days)
            if at < end:
                answer = book.in_force(
                    question.unit, service=question.service, room=question.room, at=at
                )
                yield answer, start, end


def _finding(
    book: Book, kind: Kind, becauses: tuple[Because, ...], group: _Group, *, rule: str = ""
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
        tuple(book.units[unit].name for unit in units[:_MOST_EXAMPLES]),
        group.since.astimezone(zone),
        group.until.astimezone(zone) if group.until else None,
        rule,
        cap,
    )
