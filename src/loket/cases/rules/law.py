"""What circulars and closures say about the clocks of one service at one office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loket.organisation.rules.calendar import local_day
from loket.policies.rules.values import Because

Opening = tuple[time, time]
Week = tuple[tuple[Opening, ...], ...]
"""Hours of an office by weekday, Monday first."""

USUAL: tuple[Opening, ...] = ((time(7, 30), time(16, 0)),)
"""Of a day for which an office has no hours on record."""

USUAL_WEEK: Week = (USUAL,) * 7
AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time during which the clock stands still, and why. Half-open; None: no known end."""

    starts_at: datetime
    ends_at: datetime | None
    because: tuple[Because, ...] = ()

    def covers(self, at: datetime) -> bool:
        """Say whether the clock stands still at a moment."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def touches(self, opens: datetime, closes: datetime) -> bool:
        """Say whether it covers any part of some hours."""
        ends = closes if self.ends_at is None else self.ends_at
        return max(self.starts_at, opens) < min(ends, closes)


@dataclass(frozen=True, slots=True)
class Extension:
    """Working days granted to every case whose count reaches into a period."""

    starts_at: datetime
    ends_at: datetime | None
    working_days: int
    because: tuple[Because, ...] = ()

    def reaches(self, first: date, last: date, zone: ZoneInfo) -> bool:
        """Say whether its period has a day in common with some days."""
        begins = local_day(self.starts_at, zone)
        ends = local_day(self.ends_at - AN_INSTANT, zone) if self.ends_at else last
        return begins <= last and first <= ends


@dataclass(frozen=True, slots=True)
class Law:
    """Suspensions and extensions, with the hours in which an office works."""

    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Extension, ...] = ()
    hours: Week = USUAL_WEEK

    def as_of(self, at: datetime) -> Law:
        """Return the law in which what has no known end is over at a moment."""
        if all(s.ends_at is not None for s in self.suspensions):
            return self
        over = (s if s.ends_at else replace(s, ends_at=at) for s in self.suspensions)
        known = tuple(s for s in over if s.ends_at is None or s.starts_at < s.ends_at)
        return replace(self, suspensions=known)

    def stops(self, on: date, zone: ZoneInfo) -> tuple[Because, ...] | None:
        """Return why the clock stands still on a day of the office, or None if it runs."""
        found = [s for s in self.suspensions if self._stops(s, on, zone)]
        if not found:
            return None
        reasons = (b for s in sorted(found, key=place) for b in s.because)
        return tuple(dict.fromkeys(reasons))

    def _stops(self, suspension: Suspension, on: date, zone: ZoneInfo) -> bool:
        return any(
            suspension.touches(
                datetime.combine(on, opens, zone), datetime.combine(on, closes, zone)
            )
            for opens, closes in self.hours[on.weekday()] or USUAL
        )

    def extension(
        self, first: date, last: date, zone: ZoneInfo, *, above: int
    ) -> Extension | None:
        """Return what grants the most working days to a count, if more than so many."""
        found = [
            e
            for e in self.extensions
            if e.working_days > above and e.reaches(first, last, zone)
        ]
        return max(found, key=lambda e: (e.working_days, *place(e)), default=None)

    def stopped_by(self, at: datetime) -> tuple[Suspension, ...]:
        """Return the suspensions by which the clock stands still at a moment."""
        return tuple(s for s in self.suspensions if s.covers(at))


def place(found: Suspension | Extension) -> tuple[datetime, tuple[str, ...]]:
    """Return where it comes among others, whatever order they were found in."""
    return found.starts_at, tuple(b.label for b in found.because)


NO_LAW = Law()


def week(hours: Mapping[str, Sequence[Sequence[str]]]) -> Week:
    """Return the hours of an office, ``{"0": [["07:30", "16:00"]], …}``, by weekday."""
    return tuple(
        tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes))
            for opens, closes in hours.get(str(day), ())
        )
        for day in range(7)
    )
