"""What decides a roster, put together from facts: posts, counters, absences and the law."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from loket.people.rules.refs import ref_of

from .law import LawDay, Said
from .problem import Day, Lock, Member, Need, Problem, Turn

STRUCTURAL, TWO_HIGHEST = "structural", "two_highest_levels"
HIGHEST = 2
Block = Literal["day", "week", "fortnight"]
BLOCKS: tuple[Block, ...] = ("day", "week", "fortnight")


@dataclass(frozen=True, slots=True)
class Post:
    """A definitive position of somebody in the unit."""

    title: str
    level: str
    rank: int
    """Of the level, 0 the highest."""
    starts_on: date
    ends_on: date | None

    def holds(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter, and the days on which it is one."""

    code: str
    skill: str
    people: int
    weight: int
    room: str
    is_public: bool
    starts_on: date
    ends_on: date | None

    def exists(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff, as the tables know them."""

    account: int
    posts: tuple[Post, ...]
    skills: frozenset[str] = frozenset()
    absences: frozenset[date] = frozenset()
    """Before and during the roster."""
    elsewhere: frozenset[date] = frozenset()
    """Days of the roster on which another unit has them."""
    born_on: date | None = None
    room: str = ""

    @property
    def key(self) -> str:
        return ref_of(self.account)

    def works(self, on: date) -> bool:
        return self.post(on) is not None

    def post(self, on: date) -> Post | None:
        for post in self.posts:
            if post.holds(on):
                return post
        return None

    def age(self, on: date) -> int | None:
        if self.born_on is None:
            return None
        return on.year - self.born_on.year - ((on.month, on.day) < _day(self.born_on))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one unit that a roster follows from."""

    unit: str
    people: tuple[Person, ...]
    counters: tuple[Counter, ...] = ()
    past: tuple[Turn, ...] = ()
    """Published turns of the eight weeks before."""
    published: frozenset[Turn] = frozenset()
    locks: tuple[Lock, ...] = ()
    teams: int = 0
    block: Block = "week"
    rooms: frozenset[str] = field(default=frozenset())
    """Those in which somebody works."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """The law of one day, in shares and in people, and whom it concerns."""

    said: Said
    law: LawDay
    pinned: frozenset[int]
    """Whose posts stay in the office, whether they are away or not."""
    gone: frozenset[int]
    """Who cannot be in the office."""


def pinned(people: Iterable[Person], posts: Iterable[str], on: date) -> frozenset[int]:
    """Return whose posts stay in the office on a day, whether they are away or not."""
    wanted = {post.casefold() for post in posts}
    if not wanted:
        return frozenset()
    held = {person.account: post for person in people if (post := person.post(on))}
    levels = sorted({post.rank for post in held.values() if post.level})[:HIGHEST]
    return frozenset(
        account
        for account, post in held.items()
        if (STRUCTURAL in wanted and post.level)
        or (TWO_HIGHEST in wanted and post.level and post.rank in levels)
        or post.title.casefold() in wanted
    )


def problem(facts: Facts, law: Iterable[Ruled]) -> Problem:
    """Return everything that decides a roster of one unit."""
    ruled = tuple(law)
    days = tuple(_day_of(facts, day) for day in ruled)
    carried = _carried(facts)
    members = tuple(
        _member(person, ruled, carried[person.account])
        for person in sorted(facts.people, key=lambda person: person.key)
    )
    return Problem(
        unit=facts.unit,
        days=days,
        members=members,
        locks=facts.locks,
        published=_told(facts.published, days, {member.key for member in members}),
        teams=facts.teams,
        block=facts.block,
    )


def gone(people: Iterable[Person], said: Said) -> frozenset[int]:
    """Return who cannot be in the office on a day."""
    return frozenset(person.account for person in people if _is_gone(person, said))


def _is_gone(person: Person, said: Said) -> bool:
    on = said.on
    if on in person.absences or on in person.elsewhere or not person.works(on):
        return True
    if said.elderly_from is None:
        return False
    age = person.age(on)
    return age is not None and age >= said.elderly_from


def _day_of(facts: Facts, day: Ruled) -> Day:
    law = day.law
    counters = [] if day.said.is_closed else [c for c in facts.counters if c.exists(law.on)]
    needs = tuple(
        Need(c.code, c.skill, c.people, span.name, c.weight, c.room)
        for span in law.shifts
        for c in counters
        if not c.is_public or span.name in law.receives
    )
    return Day(
        on=law.on,
        shifts=law.shifts,
        needs=needs,
        most=law.most,
        most_at_once=law.most_at_once,
        least=law.least,
        rooms=law.rooms,
        cited=law.cited,
    )


def _member(person: Person, ruled: tuple[Ruled, ...], carried: int) -> Member:
    number = person.account
    return Member(
        key=person.key,
        skills=person.skills,
        away=frozenset(day.law.on for day in ruled if number in day.gone),
        pinned=frozenset(
            day.law.on
            for day in ruled
            if number in day.pinned and number not in day.gone and not day.said.is_closed
        ),
        carried=carried,
        room=person.room,
    )


def _carried(facts: Facts) -> dict[int, int]:
    """Return the turns of the last weeks, with days of absence credited at the mean rate.

    Who was away, or not yet of the unit, neither makes up for it nor gains by it.
    """
    days = {turn.on for turn in facts.past}
    turns = Tally(turn.member for turn in facts.past)
    missed = {
        person.account: sum(on in person.absences or not person.works(on) for on in days)
        for person in facts.people
    }
    present = sum(len(days) - away for away in missed.values())
    came = sum(turns[person.key] for person in facts.people)
    rate = came / present if present else 0.0
    return {
        person.account: turns[person.key] + int(rate * missed[person.account] + 0.5)
        for person in facts.people
    }


def _told(published: Iterable[Turn], days: Iterable[Day], members: set[str]) -> frozenset[Turn]:
    """Return what people were told, in the shifts and at the counters that there are now.

    Whoever is told to come keeps the day when the law only cuts it into other shifts.
    """
    known = {day.on: day for day in days}
    found = set()
    for turn in published:
        day = known.get(turn.on)
        if day is None or turn.member not in members:
            continue
        names = [span.name for span in day.shifts]
        shift = turn.shift if turn.shift in names else names[0]
        counters = {need.counter for need in day.needs if need.shift == shift}
        counter = turn.counter if turn.counter in counters else ""
        found.add(Turn(turn.on, shift, counter, turn.member))
    return frozenset(found)


def _day(on: date) -> tuple[int, int]:
    return on.month, on.day
