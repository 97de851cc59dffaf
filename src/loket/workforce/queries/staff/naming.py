"""What people, counters and rooms are called in the sentences about a roster."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from loket.organisation.models import Room, Unit
from loket.people.models import Account
from loket.people.rules.refs import number_of, ref_of
from loket.workforce.models import Counter
from loket.workforce.queries.absences import kinds_on
from loket.workforce.rules import checking, explaining
from loket.workforce.rules.checking import Broken
from loket.workforce.rules.explaining import Reason
from loket.workforce.rules.problem import Problem

KEY = re.compile(r"account:[0-9]{1,18}")
"""A file may call people anything."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names by key and code; of an absence its kind, never its reason."""

    names: Mapping[str, str]
    kinds: Mapping[tuple[str, date], str]
    counters: Mapping[str, str]
    rooms: Mapping[str, str]

    def broken(self, found: tuple[Broken, ...], *, is_for_planner: bool = True) -> list[str]:
        """Return broken rules as sentences; to colleagues only that somebody cannot come.

        A rule may be broken by who is not on the staff any more: they are named as well.
        """
        others = {who for each in found for who in each.members} - self.names.keys()
        unsaid = {(who, each.on): checking.UNSAID for each in found for who in each.members}
        return list(
            checking.sentences(
                found,
                names={**self.names, **_names(others)} if others else self.names,
                kinds=self.kinds if is_for_planner else unsaid,
                counters=self.counters,
                rooms=self.rooms,
            )
        )

    def reasons(self, found: tuple[Reason, ...]) -> list[str]:
        """Return why a day cannot be staffed, as sentences."""
        return list(
            explaining.sentences(
                found,
                names=self.names,
                kinds=self.kinds,
                counters=self.counters,
                rooms=self.rooms,
            )
        )


def naming(problem: Problem, *, unit: Unit) -> Naming:
    """Return what everything in a problem is called."""
    numbers = [number_of(member.key) for member in problem.members]
    kinds: dict[tuple[int, date], str] = {}
    if problem.days:
        last = problem.days[-1].on + timedelta(days=1)
        kinds = kinds_on(numbers, since=problem.days[0].on, until=last)
    rooms = {code for day in problem.days for code in day.rooms}
    return Naming(
        names=member_names(problem),
        kinds={(ref_of(number), on): kind for (number, on), kind in kinds.items()},
        counters=counter_titles(unit),
        rooms=dict(Room.objects.filter(code__in=rooms).values_list("code", "name")),
    )


def member_names(problem: Problem) -> dict[str, str]:
    """Return the names of the members of a problem by their keys."""
    return _names(member.key for member in problem.members)


def counter_titles(unit: Unit) -> dict[str, str]:
    """Return what the counters of a unit are called, by code."""
    return dict(Counter.objects.filter(unit=unit).values_list("code", "title"))


def _names(keys: Iterable[str]) -> dict[str, str]:
    wanted = [number_of(key) for key in keys if KEY.fullmatch(key)]
    rows = Account.objects.filter(pk__in=wanted, kind=Account.Kind.STAFF)
    return {row.ref: str(row) for row in rows.only("full_name", "username")}
