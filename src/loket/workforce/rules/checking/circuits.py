"""The circulation behind a problem, built a second time from the description of it.

Its nodes and arcs are written down in ``planning.certificates``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loket.workforce.rules.problem import Day, Lock, Member, Problem, Span, Turn

from .bounding import Bound
from .counting import LEAST_WEIGHS, started, told_days
from .days import is_frozen

Seat = tuple[str, str, str]
"""(shift, counter, ``""``) or (shift, ``""``, room of the desk)."""


@dataclass(slots=True)
class _Live:
    """One live day: who may take which seats."""

    day: Day
    clusters: list[list[str]]
    seats: dict[str, frozenset[Seat]]
    """Of each member who has some."""
    kept: dict[str, list[Seat]]
    """Of each member who may keep what they were told: those seats."""
    wanted: frozenset[str]
    is_told: bool
    classes: dict[frozenset[Seat], int] = field(default_factory=dict)
    """How many share this set of seats; in order of the first member."""
    pools: dict[frozenset[Seat], int] = field(default_factory=dict)
    """The same of the seats at counters alone."""


class Circuit:
    """Numbers the nodes and adds every arc to a bound."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._live = _live_days(problem)
        self._number: dict[object, int] = {}
        for name in self._nodes():
            self._number[name] = len(self._number)

    @property
    def size(self) -> int:
        return len(self._number)

    def fill(self, bound: Bound) -> None:
        """Add all constants and all arcs."""
        self._constants(bound)
        self._turns(bound)
        for number, live in enumerate(self._live):
            self._members(bound, number, live)
            self._classes(bound, number, live)
            self._places(bound, number, live)

    def _nodes(self) -> Iterator[object]:
        live = list(enumerate(self._live))
        yield "hub"
        yield from (("member", member.key) for member in self._problem.members)
        yield from (("day", d) for d, _ in live)
        yield from (("cluster", d, c) for d, one in live for c in range(len(one.clusters)))
        yield from (
            ("room", d, c, room)
            for d, one in live
            for c in range(len(one.clusters))
            for room in sorted(one.day.rooms)
        )
        yield from (
            ("seat", d, (n.shift, n.counter, "")) for d, one in live for n in one.day.needs
        )
        yield from (
            ("seat", d, (span.name, "", room))
            for d, one in live
            for span in one.day.shifts
            for room in ("", *sorted(one.day.rooms))
        )
        yield from (("pool", d, seats) for d, one in live for seats in one.pools)
        yield from (("class", d, seats) for d, one in live for seats in one.classes)
        yield from (
            ("kept", d, member.key)
            for d, one in live
            for member in self._problem.members
            if member.key in one.kept
        )

    def _constants(self, bound: Bound) -> None:
        for live in self._live:
            needs = sum(need.weight * need.people for need in live.day.needs)
            least = LEAST_WEIGHS * live.day.least
            bound.constant((len(live.wanted), needs + least, 0, 0))
        days = told_days(self._problem)
        told = sum(turn.on in days for turn in self._problem.published)
        squares = sum(start**2 for start in started(self._problem).values())
        bound.constant((0, 0, told, squares))

    def _turns(self, bound: Bound) -> None:
        start = started(self._problem)
        days = Counter(key for live in self._live for key in live.seats)
        for member in self._problem.members:
            node = self._number["member", member.key]
            for turn in range(1, days[member.key] + 1):
                bound.arc(0, node, 1, (0, 0, 0, 2 * (start[member.key] + turn) - 1))

    def _members(self, bound: Bound, d: int, live: _Live) -> None:
        for key, seats in live.seats.items():
            node, class_ = self._number["member", key], self._number["class", d, seats]
            pinned = -1 if key in live.wanted else 0
            if key not in live.kept:
                bound.arc(node, class_, 1, (pinned, 0, int(live.is_told), 0))
                continue
            kept = self._number["kept", d, key]
            bound.arc(node, kept, 1, (pinned, 0, 0, 0))
            bound.arc(kept, class_, 1, (0, 0, 1, 0))
            for seat in live.kept[key]:
                bound.arc(kept, self._number["seat", d, seat], 1, (0, 0, -1, 0))

    def _classes(self, bound: Bound, d: int, live: _Live) -> None:
        for seats, size in live.classes.items():
            node = self._number["class", d, seats]
            if pool := _at_counters(seats):
                bound.arc(node, self._number["pool", d, pool], size)
            for seat in seats - pool:
                bound.arc(node, self._number["seat", d, seat], size)
        people = {(n.shift, n.counter, ""): n.people for n in live.day.needs}
        for pool, size in live.pools.items():
            for seat in pool:
                room = min(size, people[seat])
                bound.arc(self._number["pool", d, pool], self._number["seat", d, seat], room)

    def _places(self, bound: Bound, d: int, live: _Live) -> None:
        everybody, day = len(self._problem.members), live.day
        cluster_of = {shift: c for c, shifts in enumerate(live.clusters) for shift in shifts}

        def towards(shift: str, room: str) -> int:
            c = cluster_of[shift]
            return self._number[
                ("room", d, c, room) if room in day.rooms else ("cluster", d, c)
            ]

        for need in day.needs:
            if need.shift in cluster_of:
                node = self._number["seat", d, (need.shift, need.counter, "")]
                costs = (0, -need.weight, 0, 0)
                bound.arc(node, towards(need.shift, need.room), need.people, costs)
        for span in day.shifts:
            for room in ("", *sorted(day.rooms)):
                node = self._number["seat", d, (span.name, "", room)]
                bound.arc(node, towards(span.name, room), everybody)
        self._limits(bound, d, live)

    def _limits(self, bound: Bound, d: int, live: _Live) -> None:
        everybody, day = len(self._problem.members), live.day
        at_once = everybody if day.most_at_once is None else day.most_at_once
        for c in range(len(live.clusters)):
            cluster = self._number["cluster", d, c]
            for room, most in day.rooms.items():
                bound.arc(self._number["room", d, c, room], cluster, most)
            bound.arc(cluster, self._number["day", d], at_once)
        most = everybody if day.most is None else day.most
        least = min(day.least, most)
        bound.arc(self._number["day", d], 0, least, (0, -LEAST_WEIGHS, 0, 0))
        bound.arc(self._number["day", d], 0, most - least)


def _live_days(problem: Problem) -> list[_Live]:
    told = told_days(problem)
    published: dict[object, list[Turn]] = {}
    for turn in problem.published:
        published.setdefault((turn.on, turn.member), []).append(turn)
    locks: dict[object, list[Lock]] = {}
    for lock in problem.locks:
        locks.setdefault((lock.on, lock.member), []).append(lock)
    days = [day for day in problem.days if not is_frozen(problem, day.on)]
    return [
        _live(day, problem.members, locks, published, is_told=day.on in told) for day in days
    ]


def _live(
    day: Day,
    members: tuple[Member, ...],
    locks: Mapping[object, list[Lock]],
    published: Mapping[object, list[Turn]],
    *,
    is_told: bool,
) -> _Live:
    live = _Live(day, _clusters(day), {}, {}, frozenset(), is_told)
    wanted = set()
    for member in members:
        own = locks.get((day.on, member.key), [])
        is_kept_out = not all(lock.is_in for lock in own)
        is_pinned = day.on in member.pinned - member.away
        if not is_kept_out and (own or is_pinned):
            wanted.add(member.key)
        if is_kept_out or day.on in member.away:
            continue
        seats = frozenset(_seats(day, member, own))
        if not seats:
            continue
        live.seats[member.key] = seats
        live.classes[seats] = live.classes.get(seats, 0) + 1
        if pool := _at_counters(seats):
            live.pools[pool] = live.pools.get(pool, 0) + 1
        told = published.get((day.on, member.key), []) if is_told else []
        kept = [seat for seat in sorted(seats) if any(_is_told(seat, turn) for turn in told)]
        if kept:
            live.kept[member.key] = kept
    live.wanted = frozenset(wanted)
    return live


def _at_counters(seats: frozenset[Seat]) -> frozenset[Seat]:
    return frozenset(seat for seat in seats if seat[1])


def _is_told(seat: Seat, turn: Turn) -> bool:
    return seat[:2] == (turn.shift, turn.counter)


def _seats(day: Day, member: Member, locks: list[Lock]) -> Iterator[Seat]:
    shifts = {span.name for span in day.shifts}
    room = member.room if member.room in day.rooms else ""
    seats = [
        (need.shift, need.counter, "")
        for need in day.needs
        if need.people and need.shift in shifts and need.skill in {"", *member.skills}
    ]
    seats += [(span.name, "", room) for span in day.shifts]
    for seat in seats:
        if all(
            lock.shift in {None, seat[0]} and lock.counter in {None, seat[1]} for lock in locks
        ):
            yield seat


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
