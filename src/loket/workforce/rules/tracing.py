"""Who was in the same room as somebody, when and for how long.

Contacts are found from stretches of time in rooms: those of the person, and those of
everybody else in the same room on the same days. What counts as close is the rule of
KMK 413/2020: fifteen minutes or more, here of one day together; from July 2021 having been
in the same office was enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loket.workforce.rules.longest import LONGEST

CLOSE_MINUTES = 15
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody in a room from a moment until another."""

    account: int
    """0 for somebody who is not on the staff."""
    room: int
    on: date
    """The office's day; of a stretch across midnight, the day it began."""
    starts_at: datetime
    ends_at: datetime
    source: str
    """``clock``, ``claim`` (clocked without a line, not confirmed), ``meeting``, ``turn``
    (planned, and nobody clocked), ``visit``."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Two people in one room, without a break."""

    room: int
    on: date
    starts_at: datetime
    ends_at: datetime
    source: str
    """The weaker source of the two: ``turn`` if either was only planned to be there."""

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // MINUTE


@dataclass(frozen=True, slots=True)
class ContactFound:
    """Somebody who was met, each time in order."""

    account: int
    occasions: tuple[Occasion, ...]

    @property
    def last_on(self) -> date:
        return max(each.on for each in self.occasions)

    @property
    def minutes(self) -> int:
        """Return the minutes of all days together; time in two rooms at once counts once."""
        return sum(self.by_day.values())

    @property
    def by_day(self) -> dict[date, int]:
        """Return the minutes of each day."""
        spans: dict[date, list[tuple[datetime, datetime]]] = defaultdict(list)
        for each in self.occasions:
            spans[each.on].append((each.starts_at, each.ends_at))
        return {on: covered(spans[on]) // MINUTE for on in sorted(spans)}

    def is_close(self, *, since: date, until: date, minutes: int = CLOSE_MINUTES) -> bool:
        """Say whether on some day in ``[since, until)`` it was so long. 0: any time at all."""
        return any(
            since <= on < until and spent >= minutes for on, spent in self.by_day.items()
        )


def contacts(
    own: Iterable[Stretch],
    others: Iterable[Stretch],
    *,
    office_of: Mapping[int, int] | None = None,
) -> list[ContactFound]:
    """Return whom somebody met, who was met longest first.

    ``office_of`` widens a room to all rooms of its office: whoever was in any of them at the
    same time was met.
    """
    offices = office_of or {}
    places: dict[int, list[Stretch]] = defaultdict(list)
    me = set()
    for mine in own:
        places[offices.get(mine.room, mine.room)].append(mine)
        me.add(mine.account)
    met: dict[int, list[Occasion]] = defaultdict(list)
    for other in others:
        if other.account in me:
            continue
        for mine in places.get(offices.get(other.room, other.room), ()):
            starts_at = max(mine.starts_at, other.starts_at)
            ends_at = min(mine.ends_at, other.ends_at)
            if starts_at < ends_at:
                source = weaker(mine.source, other.source)
                occasion = Occasion(mine.room, mine.on, starts_at, ends_at, source)
                met[other.account].append(occasion)
    found = [ContactFound(account, joined(times)) for account, times in met.items()]
    return sorted(found, key=lambda contact: (-contact.minutes, contact.account))


def joined(occasions: Iterable[Occasion]) -> tuple[Occasion, ...]:
    """Return occasions in order, those that touch in one room as one."""
    kept: list[Occasion] = []
    for each in sorted(occasions, key=lambda o: (o.room, o.starts_at, o.ends_at)):
        last = kept[-1] if kept else None
        if last and last.room == each.room and each.starts_at <= last.ends_at:
            kept[-1] = Occasion(
                last.room,
                last.on,
                last.starts_at,
                max(last.ends_at, each.ends_at),
                stronger(last.source, each.source),
            )
        else:
            kept.append(each)
    return tuple(sorted(kept, key=lambda o: (o.starts_at, o.room)))


def covered(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Return how long it was altogether; what overlaps counts once."""
    ordered = sorted(spans)
    if not ordered:
        return timedelta()
    reached = [ordered[0][1]]
    for _starts_at, ends_at in ordered[1:]:
        reached.append(max(reached[-1], ends_at))
    gaps = (
        max(starts_at - until, timedelta())
        for until, (starts_at, _ends_at) in zip(reached, ordered[1:], strict=False)
    )
    return reached[-1] - ordered[0][0] - sum(gaps, timedelta())


ORDER = ("turn", "claim", "clock", "visit", "meeting")
"""From what was only planned to what says most about where people were."""


def weaker(one: str, other: str) -> str:
    return min(one, other, key=ORDER.index)


def stronger(one: str, other: str) -> str:
    return max(one, other, key=ORDER.index)


def end_of(starts_at: datetime, ends_at: datetime | None, *, at: datetime) -> datetime:
    """Return when a stay ended, as far as is known at a moment."""
    return min(ends_at or starts_at + LONGEST, at)


def days_around(days: Iterable[date]) -> set[date]:
    """Return days with those before and after: stays across midnight belong to one of them."""
    day = timedelta(days=1)
    return {near for on in days for near in (on - day, on, on + day)}
