"""The clock of a case: working days that count until it is due.

Two rules, both of the day's beginning in the office's zone. The day of filing does not
count, for the office did not have the case when that day began. A working day does not
count either if the case was with the applicant when it began: a case returned and sent
again within one day costs the office nothing and gives it nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from loket.organisation.rules.calendar import Calendar, local_day

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A pause from a moment until a moment, or until further notice."""

    starts_at: datetime
    ends_at: datetime | None

    def days(self, zone: ZoneInfo) -> tuple[date, date | None]:
        """Return the first and the last day that began within the pause."""
        first = local_day(self.starts_at, zone) + ONE_DAY
        last = local_day(self.ends_at, zone) if self.ends_at else None
        return first, last


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the count: its number if it counts, or why it does not."""

    on: date
    number: int | None
    name: str = ""
    """Name of the holiday or of the day of the weekend."""
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The days up to and including the one on which a case is due."""

    days: tuple[Day, ...]

    @property
    def due_on(self) -> date:
        return self.days[-1].on

    def counted_by(self, day: date) -> int:
        """Return how many days had counted at the end of a day."""
        return sum(1 for d in self.days if d.number is not None and d.on <= day)


def count(
    *,
    filed_on: date,
    working_days: int,
    calendar: Calendar,
    pauses: Sequence[Interval] = (),
    zone: ZoneInfo,
) -> Count:
    """Count working days from the day of filing; an open pause is taken as over.

    :raises CalendarMissing: if the count reaches a year without holidays on record.
    """
    spans = [(first, last) for first, last in (p.days(zone) for p in pauses) if last]
    days: list[Day] = []
    on, number = filed_on, 0
    while number < working_days:
        on += ONE_DAY
        works = calendar.is_working_day(on)
        paused = any(first <= on <= last for first, last in spans)
        counts = works and not paused
        number += counts
        days.append(Day(on, number if counts else None, calendar.why_closed(on), paused))
    return Count(tuple(days))


def elapsed(
    *,
    filed_on: date,
    until: date,
    calendar: Calendar,
    pauses: Sequence[Interval] = (),
    zone: ZoneInfo,
) -> int:
    """Return how many working days counted after the day of filing until a day, inclusive."""
    spans = [p.days(zone) for p in pauses]
    total, on = 0, filed_on
    while on < until:
        on += ONE_DAY
        paused = any(first <= on and (last is None or on <= last) for first, last in spans)
        total += calendar.is_working_day(on) and not paused
    return total
