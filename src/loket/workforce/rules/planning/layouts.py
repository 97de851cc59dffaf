"""What days have in common: which shifts overlap, and the seats that can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cached_property

from loket.workforce.rules.problem import Day, Lock, Member, Need, Span, Turn

MINUTES_OF_DAY = 24 * 60
Seats = tuple[tuple[int, ...], tuple[int, ...]]
"""Needs, and desks, among which somebody may choose."""


@dataclass(frozen=True)
class Layout:
    """The seats of a day and the places they stand in. Days that look alike share one."""

    shifts: tuple[Span, ...]
    needs: tuple[Need, ...]
    rooms: tuple[str, ...]
    """Rooms with a limit, sorted."""
    clusters: tuple[tuple[int, ...], ...]
    """Shifts that share a limit at one moment."""

    @cached_property
    def cluster_of(self) -> dict[int, int]:
        """Each shift to its cluster."""
        return {shift: c for c, shifts in enumerate(self.clusters) for shift in shifts}

    @cached_property
    def shift_named(self) -> dict[str, int]:
        """Each name to the first shift that bears it."""
        found: dict[str, int] = {}
        for shift, span in enumerate(self.shifts):
            found.setdefault(span.name, shift)
        return found

    @property
    def desks(self) -> int:
        """How many kinds of desks there are: by shift and by room."""
        return len(self.shifts) * (1 + len(self.rooms))

    def desk(self, shift: int, room: str) -> int:
        """Return the seat of a desk: after the needs, by shift, ``""`` before the rooms."""
        at = self.rooms.index(room) + 1 if room in self.rooms else 0
        return len(self.needs) + shift * (1 + len(self.rooms)) + at

    def placed(self, seat: int) -> tuple[int, int]:
        """Return shift and room of a seat; room -1: none with a limit."""
        if seat < len(self.needs):
            need = self.needs[seat]
            at = self.rooms.index(need.room) if need.room in self.rooms else -1
            return self.shift_named.get(need.shift, -1), at
        shift, at = divmod(seat - len(self.needs), 1 + len(self.rooms))
        return shift, at - 1

    def turn_at(self, seat: int) -> tuple[str, str]:
        """Return the names of shift and counter of a seat."""
        if seat < len(self.needs):
            return self.needs[seat].shift, self.needs[seat].counter
        return self.shifts[self.placed(seat)[0]].name, ""

    def seats_for(self, skills: frozenset[str], room: str) -> Seats:
        """Return what somebody may take."""
        served = tuple(
            k
            for k, need in enumerate(self.needs)
            if need.people > 0
            and need.shift in self.shift_named
            and (not need.skill or need.skill in skills)
        )
        return served, tuple(self.desk(shift, room) for shift in range(len(self.shifts)))

    def allowed(self, seats: Seats, locks: Sequence[Lock]) -> Seats:
        """Return the seats that decisions by hand leave."""
        if any(not lock.is_in for lock in locks):
            return (), ()
        served, desks = (
            tuple(seat for seat in some if all(self._fits(seat, lock) for lock in locks))
            for some in seats
        )
        return served, desks

    def _fits(self, seat: int, lock: Lock) -> bool:
        shift, counter = self.turn_at(seat)
        return lock.shift in {None, shift} and lock.counter in {None, counter}

    def told(self, seats: Iterable[int], turns: Iterable[Turn]) -> tuple[int, ...]:
        """Return the seats that keep what somebody was told."""
        kept = {(turn.shift, turn.counter) for turn in turns}
        return tuple(seat for seat in seats if self.turn_at(seat) in kept)


def laid_out(day: Day, *, is_joined: bool) -> Layout:
    """Return how a day looks; ``is_joined``: shifts overlapping in a chain share one limit."""
    return Layout(
        day.shifts,
        day.needs,
        tuple(sorted(day.rooms)),
        clusters(day.shifts, is_joined=is_joined),
    )


def is_chained(day: Day) -> bool:
    """Whether shifts overlap in a chain, so that who meets whom is no tree."""
    return clusters(day.shifts, is_joined=True) != clusters(day.shifts, is_joined=False)


def clusters(shifts: Sequence[Span], *, is_joined: bool) -> tuple[tuple[int, ...], ...]:
    """Group shifts: those of one moment, or all that hang together."""
    spans = [bounds(span) for span in shifts]
    left = sorted(range(len(shifts)), key=lambda shift: (*spans[shift], shift))
    found = []
    while left:
        group = [left.pop(0)]
        end = spans[group[0]][1]
        for shift in tuple(left):
            since, until = spans[shift]
            if since < end:
                group.append(shift)
                left.remove(shift)
                end = max(end, until) if is_joined else min(end, until)
        found.append(tuple(group))
    return tuple(found)


def bounds(span: Span) -> tuple[int, int]:
    """Return minutes from midnight; what ends on the next day ends later than a day."""
    since, until = minutes(span.since), minutes(span.until)
    return since, until if until > since else until + MINUTES_OF_DAY


def minutes(moment: time) -> int:
    """Return minutes from midnight."""
    return moment.hour * 60 + moment.minute


def room_of(member: Member, layout: Layout) -> str:
    """Return where somebody's own desk is, if that room has a limit."""
    return member.room if member.room in layout.rooms else ""
