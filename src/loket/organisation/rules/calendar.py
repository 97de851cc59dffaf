"""Working days, counted day by day so that anybody can check the count.

The week has five working days. A :class:`Day` is an exception to the week: a public
holiday, joint leave (*cuti bersama*), a local holiday, or a day made a working day. A year
for which the joint leave is not on record cannot be counted: a deadline that forgets it
would be wrong by a week, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

ONE_DAY = timedelta(days=1)
SATURDAY = 5


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
class CountedDay:
    """One day of a count: its number if it counts, or else the name of the reason."""

    on: date
    number: int | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """The day on which something is due, and every day on the way, the first included."""

    due: date
    days: tuple[CountedDay, ...]


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

    def add_working_days(self, start: date, number: int) -> Count:
        """Count working days after the first day, which is day 0 whatever day it is.

        :raises CalendarMissing: if the count reaches a year that is not on record.
        """
        if number < 0:
            raise ValueError("A count goes forward.")
        days = [CountedDay(start, 0)]
        on, counted = start, 0
        while counted < number:
            on += ONE_DAY
            if reason := self.why_closed(on):
                days.append(CountedDay(on, None, reason))
            else:
                counted += 1
                days.append(CountedDay(on, counted))
        return Count(due=on, days=tuple(days))


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the office's day of a moment: 23:30 UTC is the next day in Jakarta."""
    return at.astimezone(zone).date()
