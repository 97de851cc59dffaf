"""What circulars and closures say about the clocks of one service at one office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loket.organisation.rules.calendar import local_day
from loket.policies.rules.closing import REASONS
from loket.policies.rules.values import Because, Extension, Suspension

Opening = tuple[time, time]
Week = tuple[tuple[Opening, ...], ...]
"""Hours of an office by weekday, Monday first."""

USUAL: tuple[Opening, ...] = ((time(7, 30), time(16, 0)),)
"""Of a day for which an office has no hours on record."""

USUAL_WEEK: Week = (USUAL,) * 7
AN_INSTANT = timedelta(microseconds=1)

STOPPERS = frozenset({"clock", "suspension", "closure"})
"""Kinds of effect that can stop a clock without an end."""


@dataclass(frozen=True, slots=True)
class Law:
    """Suspensions and extensions, with the hours in which an office works."""

    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Extension, ...] = ()
    hours: Week = USUAL_WEEK

    def as_of(self, at: datetime) -> Law:
        """Return the law in which every suspension ends.

        A closure that is not over ends when it is expected to. What nobody knows the end of
        is taken as over at the moment, as a case that is with its applicant is.
        """
        if all(s.ends_at is not None for s in self.suspensions):
            return self
        over = (replace(s, ends_at=likely_end(s, at)) for s in self.suspensions)
        known = tuple(s for s in over if s.ends_at and s.starts_at < s.ends_at)
        return replace(self, suspensions=known)

    def stops(self, on: date, zone: ZoneInfo) -> tuple[Because, ...] | None:
        """Return why the clock stands still on a day of the office, or None if it runs."""
        hours = [
            (datetime.combine(on, opens, zone), datetime.combine(on, closes, zone))
            for opens, closes in self.hours[on.weekday()] or USUAL
        ]
        found = [s for s in self.suspensions if any(touches(s, *span) for span in hours)]
        if not found:
            return None
        reasons = (b for s in sorted(found, key=place) for b in s.because)
        return tuple(dict.fromkeys(reasons))

    def extension(
        self, first: date, last: date, zone: ZoneInfo, *, above: int
    ) -> Extension | None:
        """Return what grants the most working days to a count, if more than so many."""
        found = [
            e
            for e in self.extensions
            if e.working_days > above and reaches(e, first, last, zone)
        ]
        return max(found, key=lambda e: (e.working_days, *place(e)), default=None)

    def stopped_by(self, at: datetime) -> tuple[Suspension, ...]:
        """Return what holds the clock up at a moment, and what goes on when that ends."""
        found: list[Suspension] = []
        until: datetime | None = at
        for suspension in sorted(self.suspensions, key=place):
            if until is None or suspension.starts_at > until:
                break
            if suspension.ends_at is None or suspension.ends_at > until:
                found.append(suspension)
                until = suspension.ends_at
        return tuple(found)

    def stopped_without_end(self, at: datetime) -> frozenset[str]:
        """Return the subjects of what holds the clock up at a moment, if no end is known.

        A closure has an expected end until then; who is not open by then has none.
        """
        held = self.stopped_by(at)
        if not held or held[-1].ends_at is not None:
            return frozenset()
        expected = held[-1].expected_at
        if expected is not None and expected > at:
            return frozenset()
        return frozenset(reason.subject for reason in held[-1].because)

    def stands_by(self, subject: str, at: datetime) -> bool:
        """Say whether this holds the clock up, from now or later on, and nobody knows until when.

        A closure without a minimum is expected to end at the next opening, but for no reason.
        """
        last = self.suspensions[-1] if self.suspensions else None
        if last is None or last.ends_at is not None:
            return False
        if subject not in {reason.subject for reason in last.because}:
            return False
        expected = last.expected_at
        return (
            expected is None or expected <= at or not any(has_minimum(b) for b in last.because)
        )


def likely_end(suspension: Suspension, at: datetime) -> datetime:
    """Return when a suspension ends: as decided, or as expected, or else now."""
    if suspension.ends_at is not None:
        return suspension.ends_at
    return max(suspension.expected_at or at, at)


def has_minimum(because: Because) -> bool:
    """Say whether something is a closure that must last for a while."""
    reason = REASONS.get(because.reason)
    return reason is not None and reason.minimum > timedelta(0)


def touches(suspension: Suspension, opens: datetime, closes: datetime) -> bool:
    """Say whether a suspension covers any part of some hours."""
    ends = closes if suspension.ends_at is None else suspension.ends_at
    return max(suspension.starts_at, opens) < min(ends, closes)


def reaches(extension: Extension, first: date, last: date, zone: ZoneInfo) -> bool:
    """Say whether the period of an extension has a day in common with some days."""
    begins = local_day(extension.starts_at, zone)
    ends = local_day(extension.ends_at - AN_INSTANT, zone) if extension.ends_at else last
    return begins <= last and first <= ends


def place(found: Suspension | Extension) -> tuple[datetime, tuple[str, ...]]:
    """Return where it comes among others, whatever order they were found in."""
    return found.starts_at, tuple(b.label for b in found.because)


def week(hours: Mapping[str, Sequence[Sequence[str]]]) -> Week:
    """Return the hours of an office, ``{"0": [["07:30", "16:00"]], …}``, by weekday."""
    return tuple(
        tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes))
            for opens, closes in hours.get(str(day), ())
        )
        for day in range(7)
    )


NO_LAW = Law()
