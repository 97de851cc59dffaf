"""When an office works: its zone, its calendar, its ordinary week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from loket.organisation.rules.calendar import SATURDAY, Calendar
from loket.policies.rules.facts import Week
from loket.policies.rules.values import Hours

ONE_DAY = timedelta(days=1)
REST = 7
"""Stands for the weekday of a holiday, on which nobody works; greater: no working day."""
OFF = 8
"""Added to a weekday on which an office is ordinarily shut: only who names it opens it."""
WHOLE_DAY = (Hours(time.min, time.max),)


@dataclass(frozen=True, eq=False)
class Setting:
    """What the offices of one class of units have in common, whatever circulars say."""

    week: Week
    calendar: Calendar
    zone: ZoneInfo

    def day(self, moment: datetime) -> date:
        """Return the office's day of a moment."""
        return moment.astimezone(self.zone).date()

    def weekday(self, day: date) -> int:
        """Return the weekday of a working day, 0 to 6.

        Of a holiday :data:`REST`, of a weekend :data:`OFF` and its weekday. An office with
        hours of its own on Saturdays works on Saturdays. A year whose joint leave is not on
        record is taken as it is known: hours never fail, deadlines do.
        """
        weekday = day.weekday()
        if exception := self.calendar.days.get(day):
            return weekday if exception.is_working else REST
        return weekday if weekday < SATURDAY or self.ordinary(weekday) else OFF + weekday

    def ordinary(self, weekday: int) -> tuple[Hours, ...]:
        """Return the office's own hours of a weekday."""
        return self.week[weekday] if self.week and weekday < REST else ()

    def moment(self, day: date, at: time) -> datetime:
        """Return a time of day of the office as a moment."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def shown(self, moment: datetime) -> datetime:
        """Return a moment by the clocks of the office."""
        return moment.astimezone(self.zone)

    @cached_property
    def has_hours(self) -> bool:
        return any(self.week)
