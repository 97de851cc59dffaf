"""When offices work, and when residents write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from loket.organisation.rules.calendar import Calendar

from .dice import weighted

OPENS, CLOSES = time(7, 30), time(15, 55)
BY_HOUR = {
    6: 2, 7: 4, 8: 8, 9: 10, 10: 9, 11: 7, 12: 5, 13: 6, 14: 6, 15: 5, 16: 4, 17: 3,
    18: 4, 19: 7, 20: 8, 21: 6, 22: 3,
}  # fmt: skip
"""At which hour people send an application: before noon, and again after supper."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The working time of the offices."""

    calendar: Calendar
    zone: ZoneInfo

    def later(self, start: datetime, minutes: float) -> datetime:
        """Return the moment so many minutes of working time after another."""
        here, left = start.astimezone(self.zone), timedelta(minutes=minutes)
        while True:
            opens, closes = self._day(here.date())
            here = max(here, opens)
            if self.calendar.is_working_day(here.date()) and here + left < closes:
                return here + left
            if self.calendar.is_working_day(here.date()) and here < closes:
                left -= closes - here
            here = self._day(here.date() + timedelta(days=1))[0]

    def before(self, end: datetime, days: int) -> datetime:
        """Return the opening so many working days before a moment."""
        on = end.astimezone(self.zone).date()
        while days:
            on -= timedelta(days=1)
            days -= self.calendar.is_working_day(on)
        return self._day(on)[0]

    def written(self, on: date, chance: Random) -> datetime:
        """Return a moment of a day at which somebody sends an application."""
        clock = time(weighted(chance, BY_HOUR), chance.randrange(60), chance.randrange(60))
        return datetime.combine(on, clock, self.zone)

    def _day(self, on: date) -> tuple[datetime, datetime]:
        return (
            datetime.combine(on, OPENS, self.zone),
            datetime.combine(on, CLOSES, self.zone),
        )
