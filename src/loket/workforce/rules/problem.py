"""What a roster must decide, and what was decided: values that planner, checker and words share.

Nothing here says why somebody is away: a reason never reaches a plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """One shift of a day. ``until`` at or before ``since`` means it ends on the next day."""

    name: str
    """As the law calls it; ``""`` for the ordinary hours."""
    since: time
    until: time


@dataclass(frozen=True, slots=True)
class Need:
    """So many people who can do something, at one counter, during one shift."""

    counter: str
    """Code of the counter within its unit."""
    skill: str
    """``""``: anybody."""
    people: int
    shift: str = ""
    """Name of the shift; needs are written once for each shift."""
    weight: int = 1
    """1 to 9; the greater, the later it yields."""
    room: str = ""
    """Code of the room in which it stands; ``""`` if that is not known."""


@dataclass(frozen=True, slots=True)
class Day:
    """One working day of the unit, and what the law says of it."""

    on: date
    shifts: tuple[Span, ...]
    """At least one. A day on which nobody may be in the office has ``most`` 0."""
    needs: tuple[Need, ...] = ()
    most: int | None = None
    """People who may come on this day; None: all."""
    most_at_once: int | None = None
    """People who may be there at the same moment; shifts that overlap share it."""
    least: int = 0
    """People who must come on this day, if they can."""
    rooms: Mapping[str, int] = field(default_factory=dict)
    """Code of a room to the people who may be in it at once; a room not named has no limit."""
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """``most``, ``most_at_once``, ``least``, ``pinned``, ``room:CODE``, ``shifts`` to the
    articles behind it, as they are cited."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the unit's staff."""

    key: str
    """``account:12``."""
    skills: frozenset[str] = frozenset()
    away: frozenset[date] = frozenset()
    """Days on which they must not be in the office, for whatever reason."""
    pinned: frozenset[date] = frozenset()
    """Days on which the law keeps their post in the office."""
    carried: int = 0
    """Turns of the last eight weeks; days of absence are credited, so that they are not made up."""
    room: str = ""
    """Where they sit when no counter needs them."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Decided by hand: this member on this day in this shift, or not in the office at all."""

    member: str
    on: date
    is_in: bool
    shift: str | None = None
    """None: whichever."""
    counter: str | None = None
    """None: whichever; ``""``: none."""


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """One member in the office for one shift of one day."""

    on: date
    shift: str
    counter: str
    """``""``: at their own desk."""
    member: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that decides a roster of one unit."""

    unit: str
    days: tuple[Day, ...]
    """In order; holidays are not among them."""
    members: tuple[Member, ...]
    """In order of key."""
    locks: tuple[Lock, ...] = ()
    published: frozenset[Turn] = frozenset()
    """What people were told; a plan that changes it is worth less."""
    frozen_before: date | None = None
    """Days before this one stay as published."""
    teams: int = 0
    """How many groups should take turns, so that few meet many; 0 or 1: none."""
    block: Literal["day", "week", "fortnight"] = "week"
    """How long a group's turn lasts."""


Lacking = Literal["pinned", "least", "counter", "lock"]


@dataclass(frozen=True, slots=True, order=True)
class Shortage:
    """Something that the plan could not meet."""

    on: date
    kind: Lacking
    shift: str
    counter: str
    missing: int
    members: tuple[str, ...] = ()
    """Who of the pinned or locked could not be there."""


@dataclass(frozen=True, slots=True)
class Objective:
    """What was minimised, the first first. Each is proven given those before it."""

    pinned: int
    """Pinned or locked members who could not be there."""
    uncovered: int
    """Sum of weight times missing people over all needs; the daily minimum weighs 10."""
    changes: int
    """Turns that differ from what was published, counting both days of a move."""
    unfairness: int
    """Sum over members of (carried + turns)²."""
    is_stability_first: bool
    """Whether changes were minimised before unfairness, as when a roster is repaired."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The turns, what they lack, and the proof that nothing better exists."""

    turns: tuple[Turn, ...]
    shortages: tuple[Shortage, ...]
    objective: Objective
    is_proven: bool
    """Whether a certificate proves the objective."""
    certificate: bytes
    """See ``planning.certificates``; verified by ``checking``, which shares no code with it."""
    team_of: Mapping[str, int] = field(default_factory=dict)
    """Member to group, from 0; empty without groups."""
    off_team: int = 0
    """Turns outside the group's own block: the fewer, the fewer groups meet."""
    contacts: float = 0.0
    """Mean number of distinct colleagues met in the trailing 14 days, over members and days."""
    gap: float = 0.0
    """Proven bound on how far ``off_team`` may be from the least, relative; 0 if it is it."""
    long_runs: int = 0
    """Windows in which somebody comes on more than five working days in a row."""
