"""Exchanges of turns that end long runs of days and cost nothing else."""

from __future__ import annotations

import numpy as np

from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.figures import LONGEST_RUN
from loket.workforce.rules.planning.seating import NOWHERE
from loket.workforce.rules.planning.teams import Calendar, Split

PASSES = 2
NO_SEAT = -9


def mend(facts: Facts, kept: Calendar, split: Split, seats: Ints) -> Ints:
    """Return seats with fewer runs of more than five working days.

    Turns pass from one member to another who may take the same seat, so that every counter,
    room and day keeps its number; each member keeps theirs, or two exchange how often they
    come; and neither changes nor turns outside the own block become more.
    """
    if not facts.sets or not facts.days:
        return seats
    exchange = _Exchange(facts, kept, split, seats.copy())
    for _pass in range(PASSES):
        if not exchange.improve():
            break
    return exchange.seats


class _Exchange:
    """A roster while turns are exchanged in it. Rows are members, columns live days."""

    def __init__(self, facts: Facts, kept: Calendar, split: Split, seats: Ints) -> None:
        self.facts, self.kept, self.seats = facts, kept, seats
        count = len(facts.problem.days)
        self.present = np.zeros((len(seats), count + 2 * LONGEST_RUN), dtype=bool)
        """Members and all days, with room at both ends."""
        self.at = kept.position + LONGEST_RUN
        self.present[:, self.at] = seats != NOWHERE
        self._mark_past()
        self.load = facts.start + (seats != NOWHERE).sum(axis=1)
        outside = kept.duty[None, :] != split.team_of[:, None]
        self.outside = (outside & (kept.teams > 1)).astype(np.int64)
        self.told = np.full(seats.shape, NO_SEAT, dtype=np.int64)
        for d, i, told in facts.kept:
            self.told[i, d] = told[0]
        width = 1 + max((max((*a, *b)) for a, b in facts.sets), default=0)
        self.allows = np.zeros((len(facts.sets) + 1, width), dtype=bool)
        for at, (served, desks) in enumerate(facts.sets):
            self.allows[at, [*served, *desks]] = True

    def _mark_past(self) -> None:
        places = {day.on: n for n, day in enumerate(self.facts.problem.days)}
        row = {member.key: i for i, member in enumerate(self.facts.problem.members)}
        for turn in self.facts.past:
            if turn.member in row:
                self.present[row[turn.member], places[turn.on] + LONGEST_RUN] = True

    def improve(self) -> bool:
        """Try each long run once; say whether one became shorter."""
        size = LONGEST_RUN + 1
        runs = np.lib.stride_tricks.sliding_window_view(self.present, size, axis=1).all(axis=2)
        has = False
        for i in np.flatnonzero(np.any(runs, axis=1)).tolist():
            has |= self._shorten(i)
        return has

    def _shorten(self, i: int) -> bool:
        """Take days out of the long runs of one member while somebody else can have them."""
        has = False
        tried: set[int] = set()
        while True:
            days = [d for d in self._days_to_leave(i) if d not in tried]
            if not days:
                return has
            tried.add(days[0])
            has |= self._leave(i, days[0])

    def _days_to_leave(self, i: int) -> list[int]:
        """Return live days in long runs, those first that break the most."""
        mine = self.present[i]
        windows = np.lib.stride_tricks.sliding_window_view(mine, LONGEST_RUN + 1).all(axis=1)
        broken = np.convolve(
            windows.astype(np.int64), np.ones(LONGEST_RUN + 1, dtype=np.int64)
        )[self.at]
        days = np.flatnonzero((broken > 0) & ~self.facts.wanted[i])
        order: list[int] = days[np.argsort(-broken[days], kind="stable")].tolist()
        return order

    def _leave(self, i: int, d: int) -> bool:
        """Give a turn away, for nothing or for another."""
        gained = -self.outside[i, d], self._leaving(i, d)
        able = (self.seats[:, d] == NOWHERE) & self._may(
            self.facts.sets_of[:, d], self.seats[i, d]
        )
        able &= self._is_short(self.at[d])
        outside = self.outside[:, d] + gained[0]
        changes = self._joining(d, self.seats[i, d]) + gained[1]
        if self.seats[i, d] >= len(self.facts.layout(d).needs):
            able &= self._room_for(d, i)
        even = able & (self.load == self.load[i] - 1) & (outside <= 0) & (changes <= 0)
        if even.any():
            self._pass(int(np.argmax(even)), i, d)
            return True
        return self._trade(i, d, able, (outside, changes))

    def _trade(self, i: int, d: int, able: Bools, costs: tuple[Ints, Ints]) -> bool:
        """Give a turn to somebody and take one of theirs on another day."""
        self.present[i, self.at[d]] = False
        fits = self._fits(i)
        self.present[i, self.at[d]] = True
        for other in np.flatnonzero(fits & (self.seats[i] == NOWHERE)).tolist():
            column = self.seats[:, other]
            takes = able & (column != NOWHERE) & ~self.facts.wanted[:, other]
            takes &= self.allows[self.facts.sets_of[i, other], column]
            takes &= self._room_for(other, i)
            takes &= costs[0] + self.outside[i, other] - self.outside[:, other] <= 0
            if self.facts.is_told[other] or self.facts.is_told[d]:
                kept = self.told[i, other] == column
                joining = np.where(kept, -1, 1) * int(self.facts.is_told[other])
                takes &= costs[1] + joining + self._leaving_all(other) <= 0
            if takes.any():
                j = int(np.argmax(takes))
                self._pass(j, i, d)
                self._pass(i, j, other)
                return True
        return False

    def _pass(self, to: int, of: int, d: int) -> None:
        """Let somebody take the seat of another."""
        self.seats[to, d], self.seats[of, d] = self.seats[of, d], NOWHERE
        self.present[to, self.at[d]], self.present[of, self.at[d]] = True, False
        self.load[to] += 1
        self.load[of] -= 1

    def _room_for(self, d: int, i: int) -> Bools:
        """Say between whom and one member a seat may pass: a desk is in the own room."""
        rooms = self.facts.rooms_of[:, self.facts.layout_of[d]]
        is_need = self.seats[:, d] < len(self.facts.layout(d).needs)
        may: Bools = (rooms == rooms[i]) | (is_need & (self.seats[:, d] != NOWHERE))
        return may

    def _may(self, sets: Ints, seat: int) -> Bools:
        may: Bools = self.allows[sets, seat]
        return may

    def _leaving(self, i: int, d: int) -> int:
        """Return the changes if somebody does not come."""
        if not self.facts.is_told[d]:
            return 0
        return 1 if self.told[i, d] == self.seats[i, d] else -1

    def _leaving_all(self, d: int) -> Ints:
        kept = np.where(self.told[:, d] == self.seats[:, d], 1, -1)
        price: Ints = kept * int(self.facts.is_told[d])
        return price

    def _joining(self, d: int, seat: int) -> Ints:
        """Return the changes if each takes a seat."""
        price: Ints = np.where(self.told[:, d] == seat, -1, 1) * int(self.facts.is_told[d])
        return price

    def _is_short(self, at: int) -> Bools:
        """Say who could come on a day and have no long run."""
        length = np.zeros(len(self.present), dtype=np.int64)
        for step in (-1, 1):
            alive = np.ones(len(self.present), dtype=bool)
            for n in range(1, LONGEST_RUN + 1):
                alive &= self.present[:, at + step * n]
                length += alive
        short: Bools = np.asarray(length < LONGEST_RUN)
        return short

    def _fits(self, i: int) -> Bools:
        """Say on which live days somebody could come and have no long run."""
        length = np.zeros(len(self.at), dtype=np.int64)
        for step in (-1, 1):
            alive = np.ones(len(self.at), dtype=bool)
            for n in range(1, LONGEST_RUN + 1):
                alive &= self.present[i, self.at + step * n]
                length += alive
        short: Bools = np.asarray(length < LONGEST_RUN)
        return short
