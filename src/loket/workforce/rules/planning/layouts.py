"""What days have in common: which shifts overlap, and the seats that can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cached_property

from loket.workforce.rules.problem import Day, Lock, Need, Span, Turn

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

    @cached_property
    def banks(self) -> tuple[tuple[int, ...], ...]:
        """Needs that ask for the same skill in the same shift."""
        found: dict[tuple[str, str], list[int]] = {}
        for k, need in enumerate(self.needs):
            if self._is_seat(need):
                found.setdefault((need.skill, need.shift), []).append(k)
        return tuple(tuple(bank) for bank in found.values())

    @property
    def desks(self) -> int:
        """How many sorts of desks there are: by shift and by room."""
        return len(self.shifts) * (1 + len(self.rooms))

    def shift_of(self, seat: int) -> int:
        """Return the shift of a seat: after the needs, one desk for each."""
        if seat < len(self.needs):
            return self.shift_named.get(self.needs[seat].shift, -1)
        return seat - len(self.needs)

    def turn_at(self, seat: int) -> tuple[str, str]:
        """Return the names of shift and counter of a seat."""
        if seat < len(self.needs):
            return self.needs[seat].shift, self.needs[seat].counter
        return self.shifts[seat - len(self.needs)].name, ""

    def seats_for(self, skills: frozenset[str]) -> Seats:
        """Return what somebody may take."""
        served = tuple(
            k
            for k, need in enumerate(self.needs)
            if self._is_seat(need) and (not need.skill or need.skill in skills)
        )
        desks = range(len(self.needs), len(self.needs) + len(self.shifts))
        return served, tuple(desks)

    def _is_seat(self, need: Need) -> bool:
        return need.people > 0 and need.shift in self.shift_named

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
