"""The clock of a case: working days that count until it is due.

Three rules, all of the office's own days. The day of filing does not count, for the office
did not have the case when that day began. A working day does not count if the case was with
the applicant when it began: a case returned and sent again within one day costs the office
nothing and gives it nothing. And a working day does not count if a circular or a closure
had stopped the clock during any part of that day's office hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from loket.organisation.rules.calendar import Calendar, local_day
from loket.policies.rules.values import Because

from .law import NO_LAW, Law

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
    because: tuple[Because, ...] = ()
    """The circulars or closures that stopped the clock on it, or that granted it."""


@dataclass(frozen=True, slots=True)
class Count:
    """The days up to and including the one on which a case is due."""

    days: tuple[Day, ...]
    extended_by: int = 0
    """Working days that a circular granted on top of what the service promises."""

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
    law: Law = NO_LAW,
    zone: ZoneInfo,
) -> Count:
    """Count working days from the day of filing; an open pause is taken as over.

    The law must say when each suspension ends (:meth:`Law.as_of`).

    :raises CalendarMissing: if the count reaches a year without holidays on record.
    """
    counting = partial(
        walk, filed_on=filed_on, calendar=calendar, pauses=pauses, law=law, zone=zone
    )
    days, extra = counting(working_days=working_days), 0
    because: tuple[Because, ...] = ()
    # More days may reach into the period of a further extension; the greatest one holds.
    while found := law.extension(filed_on, days[-1].on, zone, above=extra):
        extra, because = found.working_days, found.because
        days = counting(working_days=working_days + extra)
    granted = [
        Day(d.on, d.number, because=because) if d.number and d.number > working_days else d
        for d in days
    ]
    return Count(tuple(granted), extra)


def walk(
    *,
    filed_on: date,
    working_days: int,
    calendar: Calendar,
    pauses: Sequence[Interval],
    law: Law,
    zone: ZoneInfo,
) -> list[Day]:
    """Return each day after the filing, until so many of them counted."""
    spans = [(first, last) for first, last in (p.days(zone) for p in pauses) if last]
    days: list[Day] = []
    on, number = filed_on, 0
    while number < working_days:
        on += ONE_DAY
        works = calendar.is_working_day(on)
        paused = any(first <= on <= last for first, last in spans)
        because = law.stops(on, zone) if works and not paused else ()
        counts = works and not paused and because is None
        number += counts
        days.append(
            Day(
                on,
                number if counts else None,
                calendar.why_closed(on),
                paused,
                because or (),
            )
        )
    return days


def elapsed(
    *,
    filed_on: date,
    until: date,
    calendar: Calendar,
    pauses: Sequence[Interval] = (),
    law: Law = NO_LAW,
    zone: ZoneInfo,
) -> int:
    """Return how many working days counted after the day of filing until a day, inclusive."""
    spans = [p.days(zone) for p in pauses]
    total, on = 0, filed_on
    while on < until:
        on += ONE_DAY
        paused = any(first <= on and (last is None or on <= last) for first, last in spans)
        total += calendar.is_working_day(on) and not paused and law.stops(on, zone) is None
    return total
