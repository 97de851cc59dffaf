"""What the grid of a roster is made of, and what a page of it shows: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from loket.workforce.rules.problem import Day, Need

State = Literal["office", "home", "away", "leave", "travel", "holiday"]
"""``away``: must not be in the office; why is nobody's business here."""


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
class Difference:
    """One day of somebody that is not as it was published."""

    person: Person
    on: date
    was: Sit | None
    now: Sit | None


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
    part: int = 0
    """Which part of the people it shows, from 1; 0 for all of them at once."""
    parts: tuple[tuple[Person, ...], ...] = ()
    """People by parts, if they are too many for one page."""
    first: int = 1
    """Which of all people the first row shows."""
    differences: tuple[Difference, ...] = ()

    @property
    def changes(self) -> int:
        return len(self.differences)

    @property
    def last(self) -> int:
        """Which of all people the last row shows."""
        return self.first + len(self.rows) - 1
