"""What the law says of one day of a unit's staff: its shifts, and how many may come.

A day is planned by the strictest moment within the hours of each shift: a circular that
begins at noon holds for the whole shift in which noon lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from loket.policies.rules import shares
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because, InForce, Part

from .problem import Span

OPENS, CLOSES = time(7, 30), time(16, 0)
"""The hours of an office that says nothing else (Perpres 21/2023)."""
RECEIVING = frozenset({"open", "limited"})


@dataclass(frozen=True, slots=True)
class Said:
    """What the law says of a day in shares, the same for all units that are alike."""

    on: date
    shifts: tuple[Span, ...]
    is_closed: bool
    receives: frozenset[str]
    """Shifts during which the public is received."""
    is_remote: bool
    """Everybody must work from home, and nothing says how many may come all the same."""
    is_ordinary: bool
    """Nothing is said of presence: everybody comes."""
    max_share: Decimal | None
    max_share_concurrent: Decimal | None
    min_share: Decimal | None
    pinned: tuple[str, ...]
    elderly_from: int | None
    because: Mapping[str, tuple[Because, ...]]


@dataclass(frozen=True, slots=True)
class LawDay:
    """The same in people, for a unit of so many."""

    on: date
    shifts: tuple[Span, ...]
    receives: frozenset[str]
    most: int | None
    most_at_once: int | None
    least: int
    rooms: Mapping[str, int]
    because: Mapping[str, tuple[Because, ...]]
    """``most``, ``most_at_once``, ``least``, ``pinned``, ``shifts``, ``counters``,
    ``room:CODE``: what decided each of them."""

    @property
    def cited(self) -> dict[str, tuple[str, ...]]:
        """The same, as it is cited."""
        return {key: tuple(map(cite, reasons)) for key, reasons in self.because.items()}


def cite(reason: Because) -> str:
    """Return how a provision is cited."""
    return f"{reason.label}, {reason.article}" if reason.article else reason.label


def expected(book: Book, *, at: datetime) -> Book:
    """Return the law as it is expected to go on: an open closure ends when it first may.

    One that may have ended by now, and has not, goes on until somebody reopens.
    """
    effects = tuple(
        replace(effect, ends_at=effect.earliest_at)
        if effect.is_closure
        and effect.ends_at is None
        and effect.earliest_at
        and effect.earliest_at > max(at, effect.starts_at)
        else effect
        for effect in book.effects
    )
    return book if effects == book.effects else book.with_effects(effects)


def ends_at(span: Span, on: date, zone: ZoneInfo) -> datetime:
    """Return when a shift of a day ends: at or before it began, that is on the next day."""
    day = on if span.until > span.since else on + timedelta(days=1)
    return datetime.combine(day, span.until, zone)


def counted(
    said: Said,
    *,
    staff: int,
    able: int,
    pinned: int,
    rooms: Mapping[str, Part[int | None]],
) -> LawDay:
    """Return what the law says in people.

    ``able`` of the ``staff`` are not away, ``pinned`` hold posts that stay in the office; they
    are who may come when all others must work from home. A minimum yields to a maximum.
    """
    most = None if said.max_share is None else shares.at_most(said.max_share, staff)
    if said.is_remote:
        most = pinned
    at_once = said.max_share_concurrent
    most_at_once = None if at_once is None else shares.at_most(at_once, staff)
    if said.is_closed:
        most = most_at_once = 0
    least = shares.at_least(said.min_share, staff) if said.min_share else 0
    if said.is_ordinary:
        least = able
    if most is not None:
        least = min(least, most)
    if most_at_once is not None:
        least = min(least, most_at_once * _in_turn(said.shifts))
    return LawDay(
        said.on,
        said.shifts,
        said.receives,
        most,
        most_at_once,
        least,
        {code: part.value for code, part in rooms.items() if part.value is not None},
        {
            **said.because,
            **{f"room:{code}": part.because for code, part in rooms.items() if part.because},
        },
    )


def _in_turn(shifts: tuple[Span, ...]) -> int:
    """Return how many shifts of a day there are of which none overlaps another."""
    count, free_at = 0, 0
    for since, until in sorted(map(minutes, shifts), key=lambda span: span[1]):
        if since >= free_at:
            count, free_at = count + 1, until
    return count


def minutes(span: Span) -> tuple[int, int]:
    """Return when a shift begins and ends, in minutes of its day; those of the next go on."""
    since, until = (moment.hour * 60 + moment.minute for moment in (span.since, span.until))
    return since, until if until > since else until + 24 * 60


def said(book: Book, unit: str, on: date) -> Said:
    """Return what the law says of a day of a unit, and of all units of its class."""
    return _Reading(book, unit, on).said()


def rooms(
    book: Book, unit: str, said: Said, codes: Iterable[str]
) -> dict[str, Part[int | None]]:
    """Return how many people the rooms of a unit may hold on a day, of those with a limit."""
    reading = _Reading(book, unit, said.on)
    found = {code: reading.room(code, said.shifts) for code in sorted(codes)}
    return {code: part for code, part in found.items() if part.value is not None}


class _Reading:
    """One day of one unit, read in the book of law."""

    def __init__(self, book: Book, unit: str, on: date) -> None:
        self.book, self.unit, self.on = book, unit, on
        self.zone = book.zone(unit)
        week = book.units[unit].hours
        self.ordinary = week[on.weekday()] if week else ()

    @cached_property
    def morning(self) -> InForce:
        opens = self.ordinary[0].opens if self.ordinary else OPENS
        return self.asked(datetime.combine(self.on, opens, self.zone))

    def asked(self, at: datetime, room: str = "") -> InForce:
        return self.book.in_force(self.unit, room=room, at=at)

    def spans(self) -> tuple[Span, ...]:
        shifts = self.morning.attendance.shifts.value
        if shifts:
            return tuple(Span(s.name, s.hours.opens, s.hours.closes) for s in shifts)
        hours = self.morning.counters.hours.value or self.ordinary
        if hours:
            return (Span("", hours[0].opens, max(h.closes for h in hours)),)
        return (Span("", OPENS, CLOSES),)

    def answers(self, span: Span, room: str = "") -> Iterator[InForce]:
        since = datetime.combine(self.on, span.since, self.zone)
        until = ends_at(span, self.on, self.zone)
        inside = self.book.boundaries(self.unit, room=room, since=since, until=until)
        yield from (self.asked(moment, room) for moment in sorted({since, *inside}))

    def said(self) -> Said:
        found = {span: tuple(self.answers(span)) for span in self.spans()}
        open_ones = {s: a for s, a in found.items() if not any(map(_closing, a))}
        asked = open_ones or found
        everything = [answer for answers in asked.values() for answer in answers]
        staff = [answer.attendance for answer in everything]
        most = _strictest(part.max_share for part in staff)
        at_once = _strictest(part.max_share_concurrent for part in staff)
        least = _strictest((part.min_share for part in staff), reverse=True)
        remote = next((part.remote for part in staff if part.remote.value == "required"), None)
        is_remote = remote is not None and most.value is None and at_once.value is None
        pinned = staff[0].pinned
        because: dict[str, tuple[Because, ...]] = {
            "most": remote.because if is_remote and remote else most.because,
            "most_at_once": at_once.because,
            "least": least.because,
            "pinned": pinned.because,
            "shifts": self.shifts_because(),
            "counters": everything[0].counters.state.because,
        }
        if not open_ones:
            because["most"] = because["most_at_once"] = next(
                reasons for answer in everything if (reasons := _closing(answer))
            )
        return Said(
            on=self.on,
            shifts=tuple(asked),
            is_closed=not open_ones,
            receives=frozenset(s.name for s, a in open_ones.items() if self.receives(s, a)),
            is_remote=is_remote,
            is_ordinary=bool(open_ones)
            and all(part.value is None for part in (most, at_once, least))
            and not any(part.remote.value for part in staff),
            max_share=most.value,
            max_share_concurrent=at_once.value,
            min_share=least.value,
            pinned=pinned.value,
            elderly_from=_elderly(everything),
            because={key: reasons for key, reasons in because.items() if reasons},
        )

    def shifts_because(self) -> tuple[Because, ...]:
        shifts = self.morning.attendance.shifts
        return shifts.because if shifts.value else self.morning.counters.hours.because

    def receives(self, span: Span, answers: Iterable[InForce]) -> bool:
        """Say whether the public is received at some time of a shift."""
        until = span.until if span.until > span.since else time.max
        return any(
            answer.counters.state.value in RECEIVING
            and any(
                h.opens < until and span.since < h.closes for h in answer.counters.hours.value
            )
            for answer in answers
        )

    def room(self, room: str, spans: Iterable[Span]) -> Part[int | None]:
        """Return the fewest people that a room may hold; nobody in one that is closed."""
        found: list[Part[int | None]] = []
        for span in spans:
            for answer in self.answers(span, room):
                closing = _closing(answer)
                found.append(Part(0, closing) if closing else answer.rooms.max_people)
        return _strictest(found)


def _closing(answer: InForce) -> tuple[Because, ...]:
    """Return the closure behind an answer, if there is one."""
    return tuple(reason for reason in answer.counters.state.because[:1] if reason.is_closure)


def _strictest(parts: Iterable[Part[Any]], *, reverse: bool = False) -> Part[Any]:
    said = [part for part in parts if part.value is not None]
    return sorted(said, key=lambda part: part.value, reverse=reverse)[0] if said else Part(None)


def _elderly(answers: Iterable[InForce]) -> int | None:
    ages = (
        answer.attendance.elderly_from.value
        for answer in answers
        if "elderly" in answer.attendance.excused.value
    )
    return min((age for age in ages if age is not None), default=None)
