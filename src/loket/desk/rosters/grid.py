"""The grid of a roster: people by days, what stands in each cell, and how each day ends.

Made of plain facts, so that the page, its part and the list for a phone agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from loket.workforce.rules.problem import Day, Need

State = Literal["office", "home", "away", "leave", "travel", "holiday"]
"""``away``: must not be in the office; why is nobody's business here."""
ABSENT: Mapping[str, State] = {"home": "away", "leave": "leave", "travel": "travel"}
CELLS = 1500
"""Cells of one page: more are neither read nor quick."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sit:
    """One turn, by what identifies and what is shown of it."""

    member: str
    on: date
    shift: str = ""
    counter: str = ""
    is_locked: bool = False

    @property
    def place(self) -> tuple[str, str]:
        return self.shift, self.counter


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the unit, as a row names them."""

    key: str
    username: str
    name: str
    title: str = ""
    team: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a grid is made of."""

    people: tuple[Person, ...]
    days: Mapping[date, Day]
    """Working days to what the law and the counters demand."""
    closed: Mapping[date, str]
    """Days from Monday to Friday on which nobody works, and what they are called."""
    sits: Mapping[tuple[str, date], Sit]
    told: Mapping[tuple[str, date], Sit]
    """What was published before for the same days."""
    known: frozenset[date]
    """Days for which something was published before."""
    absent: Mapping[tuple[str, date], str]
    """Kind of an absence: ``home``, ``leave``, ``travel``."""
    counters: Mapping[str, str]
    """Code to title."""
    replaced: frozenset[date] = frozenset()
    """Days on which a later roster holds."""
    kept: frozenset[tuple[str, date]] = frozenset()
    """Who was kept at home by hand, and when."""
    unmet: Mapping[date, tuple[str, ...]] = field(default_factory=dict)
    """Who should be there by their post or by hand, and is not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one day."""

    on: date
    state: State
    sit: Sit | None = None
    was: Sit | None = None
    """The turn that was published, if this differs from it."""
    is_changed: bool = False
    may_change: bool = False
    is_locked: bool = False
    """Decided by hand: planning again leaves it."""
    is_first_of_week: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    person: Person
    cells: tuple[Cell, ...]
    turns: int
    """Turns in the whole roster."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A counter that has too few people during a shift."""

    need: Need
    there: int

    @property
    def missing(self) -> int:
        return self.need.people - self.there


@dataclass(frozen=True, slots=True)
class Column:
    """One day: its head and its foot."""

    on: date
    closed: str = ""
    day: Day | None = None
    present: int = 0
    needed: int = 0
    met: int = 0
    lacks: tuple[Lack, ...] = ()
    unmet: tuple[str, ...] = ()
    """Who should be there by their post or by hand, and is not."""
    is_first_of_week: bool = False
    is_today: bool = False
    is_over: bool = False
    """Past, or held by another roster: nothing can be changed."""
    is_replaced: bool = False

    @property
    def is_beyond(self) -> bool:
        """Whether more come than may."""
        return (
            self.day is not None and self.day.most is not None and self.present > self.day.most
        )

    @property
    def is_below(self) -> bool:
        """Whether fewer come than must."""
        return self.day is not None and self.present < self.day.least

    @property
    def is_lacking(self) -> bool:
        """Whether something of the day is not as it should be."""
        return bool(self.lacks or self.unmet or self.is_beyond or self.is_below)


@dataclass(frozen=True, slots=True)
class Board:
    """What one page of a roster shows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    weeks: tuple[tuple[date, int], ...] = ()
    """First day of each week and how many columns it has."""
    before: date | None = None
    """Where the page before this one begins."""
    after: date | None = None
    changes: int = 0


def days_shown(facts: Facts) -> list[date]:
    """Return working days and holidays of the week, in order."""
    return sorted({*facts.days, *facts.closed})


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def pages(days: Sequence[date], people: int) -> list[list[date]]:
    """Split days into pages of whole weeks that hold few enough cells."""
    weeks: dict[date, list[date]] = {}
    for on in days:
        weeks.setdefault(monday(on), []).append(on)
    made: list[list[date]] = []
    for week in weeks.values():
        if made and (len(made[-1]) + len(week)) * people <= CELLS:
            made[-1] += week
        else:
            made.append(list(week))
    return made


def board(facts: Facts, *, since: date | None, today: date, may_change: bool) -> Board:
    """Return the page of a grid that holds a day, or the one with today, or the first."""
    split = pages(days_shown(facts), len(facts.people)) or [[]]
    wanted = since or today
    index = next((i for i, page in enumerate(split) if page and page[-1] >= wanted), 0)
    shown = split[index]
    columns = tuple(column(facts, on, shown, today) for on in shown)
    turns = Counter(member for member, _on in facts.sits)
    return Board(
        columns=columns,
        rows=tuple(
            Row(person, cells(facts, person, columns, may_change=may_change), turns[person.key])
            for person in facts.people
        ),
        weeks=weeks_of(shown),
        before=split[index - 1][0] if index else None,
        after=split[index + 1][0] if index + 1 < len(split) else None,
        changes=len(differences(facts)),
    )


def all_days(facts: Facts, *, today: date) -> tuple[Column, ...]:
    """Return every day of the roster."""
    shown = days_shown(facts)
    return tuple(column(facts, on, shown, today) for on in shown)


def weeks_of(shown: Iterable[date]) -> tuple[tuple[date, int], ...]:
    counted: dict[date, list[date]] = {}
    for on in shown:
        counted.setdefault(monday(on), []).append(on)
    return tuple((days[0], len(days)) for days in counted.values())


def column(facts: Facts, on: date, shown: Sequence[date], today: date) -> Column:
    """Return a day with what it needs and who comes."""
    day = facts.days.get(on)
    here = [sit for sit in facts.sits.values() if sit.on == on]
    there: dict[tuple[str, str], int] = {}
    for sit in here:
        there[sit.place] = there.get(sit.place, 0) + 1
    needs = day.needs if day else ()
    counted = [(need, there.get((need.shift, need.counter), 0)) for need in needs]
    place = shown.index(on)
    return Column(
        on=on,
        closed=facts.closed.get(on, ""),
        day=day,
        present=len(here),
        needed=sum(need.people for need in needs),
        met=sum(min(need.people, number) for need, number in counted),
        lacks=tuple(Lack(need, number) for need, number in counted if number < need.people),
        unmet=facts.unmet.get(on, ()),
        is_first_of_week=place == 0 or monday(shown[place - 1]) != monday(on),
        is_today=on == today,
        is_over=on < today or on in facts.replaced,
        is_replaced=on in facts.replaced,
    )


def cells(
    facts: Facts, person: Person, columns: Iterable[Column], *, may_change: bool
) -> tuple[Cell, ...]:
    return tuple(cell(facts, person.key, each, may_change=may_change) for each in columns)


def cell(facts: Facts, member: str, column: Column, *, may_change: bool) -> Cell:
    """Return what one person does on one day."""
    on = column.on
    if column.closed or column.day is None:
        return Cell(on, "holiday", is_first_of_week=column.is_first_of_week)
    sit, was = facts.sits.get((member, on)), facts.told.get((member, on))
    kind = facts.absent.get((member, on), "")
    state: State = "office" if sit else ABSENT.get(kind, "home")
    return Cell(
        on,
        state,
        sit,
        was,
        is_changed=on in facts.known and places(sit) != places(was),
        may_change=may_change and not column.is_over and (sit is not None or not kind),
        is_locked=sit.is_locked if sit else (member, on) in facts.kept,
        is_first_of_week=column.is_first_of_week,
    )


def places(sit: Sit | None) -> tuple[str, str] | None:
    return sit.place if sit else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One day of somebody that is not as it was published."""

    person: Person
    on: date
    was: Sit | None
    now: Sit | None


def differences(facts: Facts) -> tuple[Difference, ...]:
    """Return every day that differs from what people were told, by person and day."""
    return tuple(
        Difference(person, on, was, now)
        for person in facts.people
        for on in sorted(facts.known - facts.replaced)
        if places(was := facts.told.get((person.key, on)))
        != places(now := facts.sits.get((person.key, on)))
    )
