"""Which days are working days, and by what name a day is none.

The week has five working days. A :class:`Day` is an exception to the week: a public
holiday, joint leave (*cuti bersama*), a local holiday, or a day made a working day. A year
for which the joint leave is not on record cannot be counted: a deadline that forgets it
would be wrong by a week, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

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
