"""Which days are working days, and by what name a day is none.

The week has five working days. A :class:`Day` is an exception to the week: a public
holiday, joint leave (*cuti bersama*), a local holiday, or a day made a working day. A year
for which the joint leave is not on record cannot be counted: a deadline that forgets it
would be wrong by a week, and nobody would notice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

SATURDAY = 5
JOINT_LEAVE = "joint_leave"
WORKING_DAY = "working_day"
_WEIGHT = (JOINT_LEAVE, "local_holiday", "public_holiday", WORKING_DAY)
"""Which of two rows of one day and one level holds: the later."""


class CalendarMissing(Invalid):
    """Days cannot be counted in a year whose joint leave is not on record."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _(
                "Working days in %(year)d cannot be counted yet: the joint leave of that year "
                "is not on record. An administrator must load it."
            )
            % {"year": year}
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which the rule of the week does not hold."""

    name: str
    is_working: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """The exceptions of some years, for one unit."""

    days: Mapping[date, Day]
    covered_years: frozenset[int]

    def is_working_day(self, on: date) -> bool:
        """Say whether offices work on a day.

        :raises CalendarMissing: if the joint leave of its year is not on record.
        """
        if on.year not in self.covered_years:
            raise CalendarMissing(on.year)
        day = self.days.get(on)
        return on.weekday() < SATURDAY if day is None else day.is_working

    def why_closed(self, on: date) -> str:
        """Return the name of the holiday or of the day of the weekend, or nothing.

        :raises CalendarMissing: if the joint leave of its year is not on record.
        """
        if self.is_working_day(on):
            return ""
        day = self.days.get(on)
        return str(WEEKDAYS[on.weekday()]) if day is None else day.name


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the office's day of a moment: 23:30 UTC is the next day in Jakarta."""
    return at.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Decided:
    """A day as a unit decided it, or the nation if the path is empty."""

    on: date
    kind: str
    name: str
    path: str


class Calendars:
    """The calendars of all units in some years.

    Units for which nobody decided anything of their own share one calendar, and so do
    those that follow the same units above them: the same object, so that what was worked
    out for one holds for all.
    """

    def __init__(self, days: Iterable[Decided]) -> None:
        self._decided: defaultdict[str, list[Decided]] = defaultdict(list)
        for day in days:
            self._decided[day.path].append(day)
        self._merged: dict[tuple[str, ...], Calendar] = {}

    @property
    def national(self) -> Calendar:
        """The calendar of whoever decided nothing."""
        return self._of(("",))

    def of(self, path: str) -> Calendar:
        """Return the calendar of the unit with this path."""
        above = (step for step in paths_above(path) if step in self._decided)
        return self._of(("", *above))

    def _of(self, paths: tuple[str, ...]) -> Calendar:
        if paths not in self._merged:
            days = (day for path in paths for day in self._decided.get(path, ()))
            self._merged[paths] = merge(days)
        return self._merged[paths]


def merge(decided: Iterable[Decided]) -> Calendar:
    """Return one calendar.

    What a unit decided goes before what a unit above it decided, and that before the
    nation; where both stand at one level, the day works. A year is covered if the nation's
    joint leave in it is on record.
    """
    days = sorted(decided, key=lambda day: (len(day.path), _WEIGHT.index(day.kind)))
    return Calendar(
        days={day.on: Day(day.name, is_working=day.kind == WORKING_DAY) for day in days},
        covered_years=frozenset(
            day.on.year for day in days if day.kind == JOINT_LEAVE and not day.path
        ),
    )


def paths_above(path: str) -> list[str]:
    """Return the paths of the units on the way from the top to a unit, its own last."""
    steps = path.strip("/").split("/") if path else []
    return ["/" + "/".join(steps[:length]) + "/" for length in range(1, len(steps) + 1)]
