"""Who may take which seats on each day to come, as the circulation of a problem has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from loket.workforce.rules.problem import Day, Lock, Member, Problem, Span, Turn

from .counting import told_days
from .days import is_frozen

Seat = tuple[str, str, str]
"""(shift, counter, ``""``) or (shift, ``""``, room of the desk)."""

Seats = tuple[frozenset[Seat], frozenset[Seat]]
"""At counters (the pool), and at the own desk."""


@dataclass(slots=True)
class Live:
    """One live day: who may take which seats."""

    day: Day
    clusters: list[list[str]]
    is_told: bool
    seats: dict[str, Seats] = field(default_factory=dict)
    """Of each member who has some."""
    kept: dict[str, list[Seat]] = field(default_factory=dict)
    """Of each member who may keep what they were told: those seats."""
    wanted: set[str] = field(default_factory=set)
    classes: dict[Seats, int] = field(default_factory=dict)
    """How many share these seats; in order of the first member."""
    pools: dict[frozenset[Seat], int] = field(default_factory=dict)
    """The same of the seats at counters alone."""

    def seat(self, member: Member, seats: Seats, told: Iterable[Turn]) -> None:
        """Note what a member may do."""
        self.seats[member.key] = seats
        self.classes[seats] = self.classes.get(seats, 0) + 1
        pool, desks = seats
        if pool:
            self.pools[pool] = self.pools.get(pool, 0) + 1
        for turn in told:
            among = pool if turn.counter else desks
            kept = [seat for seat in among if seat[:2] == (turn.shift, turn.counter)]
            if kept:
                self.kept.setdefault(member.key, []).extend(kept)


def live_days(problem: Problem) -> list[Live]:
    """Return the days that are not frozen."""
    told = told_days(problem)
    published: dict[object, list[Turn]] = {}
    for turn in problem.published:
        published.setdefault((turn.on, turn.member), []).append(turn)
    locks: dict[object, list[Lock]] = {}
    for lock in problem.locks:
        locks.setdefault((lock.on, lock.member), []).append(lock)
    found = []
    for day in problem.days:
        if not is_frozen(problem, day.on):
            live = Live(day, _clusters(day), is_told=day.on in told)
            _fill(live, problem.members, locks, published)
            found.append(live)
    return found


def _fill(
    live: Live,
    members: tuple[Member, ...],
    locks: Mapping[object, list[Lock]],
    published: Mapping[object, list[Turn]],
) -> None:
    on = live.day.on
    pools: dict[object, frozenset[Seat]] = {}
    desks: dict[object, frozenset[Seat]] = {}
    for member in members:
        own = tuple(locks.get((on, member.key), ()))
        if not all(lock.is_in for lock in own):
            continue
        if own or on in member.pinned - member.away:
            live.wanted.add(member.key)
        if on in member.away:
            continue
        if (member.skills, own) not in pools:
            pools[member.skills, own] = frozenset(_counters(live.day, member, own))
        if (member.room, own) not in desks:
            desks[member.room, own] = frozenset(_desks(live.day, member, own))
        seats = pools[member.skills, own], desks[member.room, own]
        if any(seats):
            live.seat(
                member, seats, published.get((on, member.key), ()) if live.is_told else ()
            )


def _counters(day: Day, member: Member, locks: tuple[Lock, ...]) -> Iterator[Seat]:
    shifts = {span.name for span in day.shifts}
    for need in day.needs:
        is_open = need.people and need.shift in shifts
        is_fit = need.skill in {"", *member.skills}
        if is_open and is_fit and _allow(locks, need.shift, need.counter):
            yield need.shift, need.counter, ""


def _desks(day: Day, member: Member, locks: tuple[Lock, ...]) -> Iterator[Seat]:
    room = member.room if member.room in day.rooms else ""
    for span in day.shifts:
        if _allow(locks, span.name, ""):
            yield span.name, "", room


def _allow(locks: tuple[Lock, ...], shift: str, counter: str) -> bool:
    return all(
        lock.shift in {None, shift} and lock.counter in {None, counter} for lock in locks
    )


def _clusters(day: Day) -> list[list[str]]:
    """Return shifts that are all on at one moment, together."""
    left = [
        (since, until, place, span.name)
        for place, span in enumerate(day.shifts)
        for since, until in [_hours(span)]
    ]
    left.sort()
    clusters = []
    while left:
        ends = left[0][1]
        joined = [left[0]]
        for shift in left[1:]:
            if shift[0] < ends:
                joined.append(shift)
                ends = min(ends, shift[1])
        left = [shift for shift in left if shift not in joined]
        clusters.append([name for *_, name in joined])
    return clusters


def _hours(span: Span) -> tuple[int, int]:
    since = (span.since.hour * 60 + span.since.minute) * 60 + span.since.second
    until = (span.until.hour * 60 + span.until.minute) * 60 + span.until.second
    return since, until if until > since else until + 24 * 60 * 60
