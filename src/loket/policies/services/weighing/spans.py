"""The days that are compared, and the units that are alike both before and after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loket.organisation import queries as organisation
from loket.organisation.rules.calendar import local_day
from loket.policies.rules.resolving import Book

OPEN_ENDED = 31
"""Days that are shown of what has no end."""

MOST = 62
"""Days that are shown at most: two months tell what the rest will be like."""


@dataclass(frozen=True)
class Span:
    """The law before and after a change, and the days on which they are compared."""

    before: Book
    after: Book
    starts_at: datetime
    ends_at: datetime
    days: tuple[date, ...]

    def groups(self) -> list[tuple[str, ...]]:
        """Return the codes of units, those together that are alike before and after."""
        alike: dict[tuple[int, int], list[str]] = defaultdict(list)
        for code in sorted(self.after.units):
            alike[self.before.class_of(code), self.after.class_of(code)].append(code)
        return [tuple(codes) for codes in alike.values()]


def window(before: Book, after: Book, *, starts_at: datetime, ends_at: datetime | None) -> Span:
    """Return what is compared of a change that shows from one moment until another."""
    most = starts_at + timedelta(days=MOST if ends_at else OPEN_ENDED)
    end = min(ends_at or most, most)
    zone = organisation.zone(None)
    first, last = local_day(starts_at, zone), local_day(end - timedelta(microseconds=1), zone)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    return Span(before, after, starts_at, end, days)
