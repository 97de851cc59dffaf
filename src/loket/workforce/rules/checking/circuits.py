"""The circulation behind a problem, built a second time from the description of it.

Its nodes and arcs are written down in ``planning.certificates``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from loket.workforce.rules.problem import Problem

from .bounding import Bound
from .choices import Live, live_days
from .counting import LEAST_WEIGHS, started, told_days


class Circuit:
    """Numbers the nodes and adds every arc to a bound."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._live = live_days(problem)
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

    def _members(self, bound: Bound, d: int, live: Live) -> None:
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

    def _classes(self, bound: Bound, d: int, live: Live) -> None:
        for seats, size in live.classes.items():
            node = self._number["class", d, seats]
            pool, desks = seats
            if pool:
                bound.arc(node, self._number["pool", d, pool], size)
            for desk in desks:
                bound.arc(node, self._number["seat", d, desk], size)
        people = {(n.shift, n.counter, ""): n.people for n in live.day.needs}
        for pool, size in live.pools.items():
            for seat in pool:
                room = min(size, people[seat])
                bound.arc(self._number["pool", d, pool], self._number["seat", d, seat], room)

    def _places(self, bound: Bound, d: int, live: Live) -> None:
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

    def _limits(self, bound: Bound, d: int, live: Live) -> None:
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
