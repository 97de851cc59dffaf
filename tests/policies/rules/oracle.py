"""The answer once more, worked out in the dumbest way: no memory, no classes, no segments.

Written from the words of the rules alone, and from nothing of ``resolving`` or ``ending``;
so that two readings of the same law can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from loket.policies.rules.facts import ClosureFact, UnitFact
from loket.policies.rules.format import DAYS
from tests.policies.rules.law import JAKARTA
from tests.policies.rules.oracle_law import Asked, Law, Said

STATES = ("open", "limited", "online_only", "closed")
PPE = ("none", "mask_gloves", "full")
SHARES = ("min_share", "max_share", "max_share_concurrent")


@dataclass(frozen=True)
class Oracle(Law):
    """Answers part by part."""

    def state(self, asked: Asked) -> str:
        return self.decided(asked)[0]

    def decided(self, asked: Asked) -> tuple[str, tuple[str, str] | None]:
        """Return the state of the counters, and who said so unless it was a closure."""
        if self.shut(asked):
            return "closed", None
        said = self.winner(asked, "counters", lambda p: p.state, STATES.index)
        state = said.value if said else "open"
        share = self.room(asked)
        if state == "open" and share and share.value < 1:
            return "limited", share.by
        return state, said.by if said else None

    def room(self, asked: Asked) -> Said | None:
        return self.winner(asked, "room", lambda p: p.max_share, lambda v: -v)

    def hours(self, asked: Asked) -> tuple[str, ...]:
        on = asked.at.astimezone(JAKARTA).date()
        works = self.works(asked.unit, on)
        is_holiday = on in self.calendar.days and not works
        if not _receives(self.state(asked)) or is_holiday:
            return ()
        said = self.winner(
            asked,
            "hours",
            lambda p: _of_day(p.hours, on) if works else p.hours.get(DAYS[on.weekday()]),
            lambda v: -_length(v),
        )
        ordinary = asked.unit.hours[on.weekday()] if asked.unit.hours and works else ()
        return tuple(sorted(said.value)) if said else tuple(map(str, ordinary))

    def works(self, unit: UnitFact, on: date) -> bool:
        if on in self.calendar.days:
            return self.calendar.days[on].is_working
        return on.weekday() < 5 or bool(unit.hours and unit.hours[on.weekday()])

    def shares(self, asked: Asked) -> dict[str, Said | None]:
        low, high, most = (
            self.winner(
                asked,
                "attendance",
                lambda p, name=name: getattr(p, name),
                (lambda v: v) if name == "min_share" else (lambda v: -v),
            )
            for name in SHARES
        )
        if low and high and low.value > high.value:
            low, high = (low, None) if _before(low, high) else (None, high)
        if low and most and low.value > 0 and most.value == 0:
            low, most = (low, None) if _before(low, most) else (None, most)
        return dict(zip(SHARES, (low, high, most), strict=True))

    def suspended(self, asked: Asked) -> bool:
        return any(fact.provision.kind == "suspension" for _, fact in self.in_force(asked))

    def clock_stands(self, asked: Asked) -> bool:
        said = self.winner(asked, "clock", lambda p: p.suspended or None)
        return bool(said or self.suspended(asked) or self.shut(asked))

    def remote(self, asked: Asked) -> str:
        said = self.winner(asked, "remote", lambda p: p.work, lambda v: v == "required")
        return "required" if self.shut(asked) else said.value if said else ""

    def shifts(self, asked: Asked) -> list[tuple[str, str, str | None]]:
        on = asked.at.astimezone(JAKARTA).date()
        said = self.winner(asked, "shifts", lambda p: p.shifts)
        return [
            (shift.name, hours, _of_day(shift.pause, on))
            for shift in (said.value if said and self.works(asked.unit, on) else ())
            if (hours := _of_day(shift.hours, on))
        ]

    def worked_on(self, asked: Asked) -> tuple[str, ...]:
        """Return when requests by the web and the like are worked on."""
        on = asked.at.astimezone(JAKARTA).date()
        said = self.winner(asked, "channels", lambda p: p, lambda v: -len(v.channels))
        is_worked = said and self.works(asked.unit, on) and not self.suspended(asked)
        return tuple(_of_day(said.value.hours, on) or ()) if is_worked else ()

    def channels(self, asked: Asked) -> tuple[str, ...]:
        if self.suspended(asked):
            return ()
        said = self.winner(asked, "channels", lambda p: p.channels, lambda v: -len(v))
        ways = said.value if said else ("counter", "web")
        return tuple(w for w in ways if w != "counter" or _receives(self.state(asked)))

    def union(self, asked: Asked, kind: str, name: str) -> set[str]:
        return {
            one
            for _, fact in self.in_force(asked)
            if fact.provision.kind == kind
            for one in getattr(fact.provision, name)
        }

    # When it opens again

    def reopens_at(self, asked: Asked, until: datetime) -> datetime | None:
        """Walk through every beginning, end and opening after the moment."""
        if _receives(self.state(asked)):
            return None
        then = Oracle(
            self.circulars,
            tuple(_taken_to_end(closure, asked.at) for closure in self.closures),
            self.zones,
            self.units,
            self.rooms,
            self.calendar,
        )
        for moment in sorted(then.moments(asked.at, until)):
            later = Asked(asked.unit, asked.service, asked.room, moment)
            clock = f"{moment.astimezone(JAKARTA):%H:%M}"
            if _receives(then.state(later)) and any(
                opening[:5] <= clock < opening[6:] for opening in then.day(later)
            ):
                return moment
        return None

    def day(self, asked: Asked) -> tuple[str, ...]:
        """Return the hours of a day; the whole working day of a unit that never had any."""
        on = asked.at.astimezone(JAKARTA).date()
        hourless = (
            not asked.unit.hours
            and self.winner(asked, "hours", lambda p: _of_day(p.hours, on)) is None
        )
        return (
            ("00:00-24:00",) if hourless and self.works(asked.unit, on) else self.hours(asked)
        )

    def moments(self, since: datetime, until: datetime) -> set[datetime]:
        """Return all moments at which anything could change, and some more."""
        found = {since, *self.boundaries()}
        clocks = {time(0), *self.opening_times()}
        day = since.astimezone(JAKARTA).date()
        while datetime.combine(day, time.min, JAKARTA) < until:
            found |= {datetime.combine(day, clock, JAKARTA) for clock in clocks}
            day += timedelta(days=1)
        return {moment for moment in found if since <= moment < until}

    def opening_times(self) -> Iterator[time]:
        for unit in self.units:
            yield from (opening.opens for day in unit.hours for opening in day)
        for circular in self.circulars:
            for fact in circular.provisions:
                for openings in getattr(fact.provision, "hours", {}).values():
                    yield from (time.fromisoformat(opening[:5]) for opening in openings)


def _receives(state: str) -> bool:
    return state in ("open", "limited")


def _of_day(hours: Any, on: date) -> Any:
    return hours.get(DAYS[on.weekday()], hours.get("every_day"))


def _length(openings: Any) -> int:
    return sum(
        int(one[6:8]) * 60 + int(one[9:]) - int(one[:2]) * 60 - int(one[3:5])
        for one in openings
    )


def _before(one: Said, other: Said) -> bool:
    """Compare shares that contradict each other: a minimum is no stricter than a maximum."""
    return (*one.key[:3], *one.key[4:]) > (*other.key[:3], *other.key[4:])


def _taken_to_end(closure: ClosureFact, at: datetime) -> ClosureFact:
    """An open closure ends at its earliest reopening, if that is still to come."""
    if closure.reopened_at is None and closure.earliest_at > at:
        return replace(closure, reopened_at=closure.earliest_at)
    return closure
