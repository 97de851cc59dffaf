"""One day of a roster beside what the problem says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from loket.workforce.rules.problem import Day, Lock, Member, Need, Problem, Span, Turn

NOON = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The turns of one day, who may take them, and the law of the day."""

    day: Day
    members: Mapping[str, Member]
    turns: tuple[Turn, ...]
    locks: tuple[Lock, ...]
    needs: Mapping[tuple[str, str], Need]
    """By counter and shift."""

    @property
    def on(self) -> date:
        return self.day.on

    @property
    def present(self) -> frozenset[str]:
        return frozenset(turn.member for turn in self.turns)

    def need(self, turn: Turn) -> Need | None:
        """Return the need that a turn at a counter answers."""
        return self.needs.get((turn.counter, turn.shift))

    def room(self, turn: Turn) -> str:
        """Return where somebody is: at the counter, else where they sit."""
        need = self.need(turn) if turn.counter else None
        if need:
            return need.room
        member = self.members.get(turn.member)
        return member.room if member and not turn.counter else ""

    def cited(self, part: str) -> tuple[str, ...]:
        return tuple(self.day.cited.get(part, ()))

    def moments(self) -> dict[str, frozenset[str]]:
        """Return, for the beginning of each shift, the shifts that are on at that moment.

        Nobody comes between two beginnings, so no other moment has more people.
        """
        return {
            span.name: frozenset(other.name for other in self.day.shifts if _is_on(other, span))
            for span in self.day.shifts
        }


def sheets(problem: Problem, turns: Iterable[Turn]) -> list[Sheet]:
    """Return a sheet for each day of the problem that is not frozen."""
    members = {member.key: member for member in problem.members}
    by_day: dict[date, list[Turn]] = {}
    for turn in turns:
        by_day.setdefault(turn.on, []).append(turn)
    locks: dict[date, list[Lock]] = {}
    for lock in problem.locks:
        locks.setdefault(lock.on, []).append(lock)
    return [
        Sheet(
            day,
            members,
            tuple(sorted(by_day.get(day.on, []))),
            tuple(locks.get(day.on, [])),
            {(need.counter, need.shift): need for need in day.needs},
        )
        for day in problem.days
        if not is_frozen(problem, day.on)
    ]


def is_frozen(problem: Problem, on: date) -> bool:
    return problem.frozen_before is not None and on < problem.frozen_before


def _is_on(span: Span, moment: Span) -> bool:
    start = _since_midnight(span.since)
    end = _since_midnight(span.until)
    if end <= start:
        end += 2 * NOON
    return start <= _since_midnight(moment.since) < end


def _since_midnight(moment: time) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
