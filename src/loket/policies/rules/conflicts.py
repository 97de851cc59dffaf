"""Find what is doubtful about the law: contradictions, impossible caps, shut ways, gaps.

Each finder works once for every class of equal units, walks from boundary to boundary and
groups what it finds over units. The order of records never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from .caps import impossible_caps
from .facts import Effect
from .findings import KINDS, Finding, order
from .nobody import unmet
from .resolving import Book
from .values import Because
from .walking import Group, Question, answers, classes, made, stretches

__all__ = [
    "KINDS",
    "Finding",
    "all_of",
    "disputes",
    "gaps",
    "impossible_caps",
    "unmet",
    "unreachable_services",
]

SHORT_GAP = timedelta(days=60)
"""A longer time without a rule is taken to be meant."""


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
        *unmet(book, since=since),
    ]


def disputes(
    book: Book, *, units: Iterable[str] | None = None, since: datetime, until: datetime
) -> list[Finding]:
    """Return provisions that contradict each other in a period, and which of them holds."""
    groups: defaultdict[tuple[Because, Because, str], Group] = defaultdict(Group)
    questions = [*_questions(book, units), *_rooms(book, units)]
    daily = any(effect.kind == "hours" for effect in book.effects)
    for question in questions:
        for answer, _start, _end in answers(book, question, since, until, daily=daily):
            for dispute in answer.disputes:
                group = groups[dispute.holds, dispute.yields, dispute.rule]
                group.units.update(question.units)
                group.subjects.add(dispute.part)
    found = []
    for (holds, yields, rule), group in groups.items():
        ends = [end for end in (holds.ends_at, yields.ends_at) if end]
        group.since = max(holds.starts_at, yields.starts_at)
        group.until = min(ends, default=None)
        found.append(made(book, "contradiction", (holds, yields), group, rule=rule))
    return sorted(found, key=order)


def unreachable_services(
    book: Book, *, services: Mapping[str, Iterable[str]], since: datetime, until: datetime
) -> list[Finding]:
    """Return services for which no way to apply is open, though they are not suspended.

    ``services``: code of a service to the units that give it.
    """
    groups: defaultdict[tuple[Because, ...], Group] = defaultdict(Group)
    for service, units in sorted(services.items()):
        for question in classes(book, units, service):
            for answer, start, end in answers(book, question, since, until):
                if answer.services.suspended.value or answer.services.channels.value:
                    continue
                group = groups[answer.services.channels.because]
                group.units.update(question.units)
                group.subjects.add(service)
                group.stretch(start, end)
    found = [made(book, "no_channel", key, group) for key, group in groups.items()]
    return sorted(found, key=order)


def gaps(
    book: Book, *, units: Iterable[str] | None = None, since: datetime, until: datetime
) -> list[Finding]:
    """Return short times without a rule between two provisions of one kind."""
    groups: defaultdict[tuple[Because, Because, datetime, datetime], Group]
    groups = defaultdict(Group)
    for question in _questions(book, units):
        for kind, before, after, over_at, begins_at in _pauses(book, question, since, until):
            key = (before, after, over_at, begins_at)
            group = groups[key]
            group.units.update(question.units)
            group.subjects.add(kind)
            group.since, group.until = key[2:]
    found = [made(book, "gap", key[:2], group) for key, group in groups.items()]
    return sorted(found, key=order)


def _pauses(
    book: Book, question: Question, since: datetime, until: datetime
) -> Iterator[tuple[str, Because, Because, datetime, datetime]]:
    """Yield the provisions of one kind before and after a short time without any."""
    last: dict[str, tuple[datetime, Effect]] = {}
    around = since - SHORT_GAP, until + SHORT_GAP
    for start, end in stretches(book, question, *around):
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
        yield from classes(book, codes, service)


def _rooms(book: Book, units: Iterable[str] | None) -> Iterator[Question]:
    """Yield one question for every room that a provision names."""
    wanted = None if units is None else set(units)
    for code in sorted({effect.scope.room for effect in book.effects} - {""}):
        room = book.rooms.get(code)
        if room and (wanted is None or room.unit in wanted):
            yield Question(room.unit, "", code, (room.unit,))
