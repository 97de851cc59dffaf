"""What is in force, worked out in the dumbest way: everything is looked at each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from loket.organisation.rules.calendar import Calendar
from loket.policies.rules.facts import (
    CircularFact,
    ClosureFact,
    ProvisionFact,
    RoomFact,
    UnitFact,
    ZoneFact,
)
from loket.policies.rules.format import Scope
from tests.policies.rules.law import JAKARTA


@dataclass(frozen=True)
class Asked:
    unit: UnitFact
    service: str
    room: RoomFact | None
    at: datetime


@dataclass(frozen=True)
class Said:
    """One value that somebody wants a part to have."""

    value: Any
    key: tuple[Any, ...]
    by: tuple[str, str]
    """Subject and article."""


@dataclass(frozen=True)
class Law:
    circulars: tuple[CircularFact, ...]
    closures: tuple[ClosureFact, ...]
    zones: tuple[ZoneFact, ...]
    units: tuple[UnitFact, ...]
    rooms: tuple[RoomFact, ...]
    calendar: Calendar

    # When circulars end

    def end(self, circular: CircularFact) -> datetime | None:
        """Return when a circular really ends; at its own beginning if it never holds."""
        moved = sorted(
            (other.date, other.starts_at, _over(change.extended_through))
            for other in self.circulars
            for change in other.amends
            if change.extended_through and _is(change, circular) and self.begins(other)
        )
        ends = circular.ends_at
        for _date, begins, new_end in moved:
            if ends is None or begins <= ends:
                ends = max(new_end, begins)
        return _first(ends, circular.revoked_from, *self.revoked(circular))

    def revoked(self, circular: CircularFact) -> list[datetime]:
        return [
            other.starts_at
            for other in self.circulars
            if any(_is(name, circular) for name in other.revokes) and self.begins(other)
        ]

    def begins(self, circular: CircularFact) -> bool:
        """Say whether a circular holds when it begins."""
        ends = self.end(circular)
        return ends is None or ends > circular.starts_at

    def provision_end(self, circular: CircularFact, fact: ProvisionFact) -> datetime | None:
        replaced = [
            other.starts_at
            for other in self.circulars
            for change in other.amends
            if _is(change, circular)
            and fact.provision.article in change.articles
            and self.begins(other)
        ]
        own = fact.ends_at if fact.has_own_period else None
        return _first(self.end(circular), own, *replaced)

    # What is in force

    def in_force(self, asked: Asked) -> Iterator[tuple[CircularFact, ProvisionFact]]:
        for circular in self.circulars:
            for fact in circular.provisions:
                ends = self.provision_end(circular, fact)
                holds = fact.starts_at <= asked.at and (ends is None or asked.at < ends)
                if holds and self.fits(fact.provision.scope, asked):
                    yield circular, fact

    def fits(self, scope: Scope, asked: Asked) -> bool:
        room = asked.room
        return all(
            (
                not scope.units or any(self.above(u, asked.unit) for u in scope.units),
                not any(self.above(u, asked.unit) for u in scope.except_units),
                not scope.kinds or asked.unit.kind in scope.kinds,
                not scope.functions or asked.unit.function in scope.functions,
                not scope.place or _inside(scope, asked.unit) or _inside(scope, room),
                not scope.room or (room is not None and room.code == scope.room),
                not scope.services or asked.service in scope.services,
                scope.zone is None or self.zone(asked, scope.zone.scheme) in scope.zone.values,
            )
        )

    def above(self, code: str, unit: UnitFact) -> bool:
        return any(unit.path.startswith(u.path) for u in self.units if u.code == code)

    def depth(self, scope: Scope, unit: UnitFact) -> int:
        return max(
            (
                len(u.path.strip("/").split("/"))
                for u in self.units
                if u.code in scope.units and unit.path.startswith(u.path)
            ),
            default=0,
        )

    def zone(self, asked: Asked, scheme: str) -> str | None:
        """Return the zone of the nearest region that has one."""
        steps = asked.unit.region.split(".")
        for length in range(len(steps), 0, -1):
            held = [
                (zone.starts_at, zone.value)
                for zone in self.zones
                if zone.region == ".".join(steps[:length])
                and zone.scheme == scheme
                and zone.starts_at <= asked.at
                and (zone.ends_at is None or asked.at < zone.ends_at)
            ]
            if held:
                return max(held)[1]
        return None

    def shut(self, asked: Asked) -> list[ClosureFact]:
        return [
            closure
            for closure in self.closures
            if closure.starts_at <= asked.at
            and (closure.reopened_at is None or asked.at < closure.reopened_at)
            and self.covers(closure.scope, asked)
            and not any(self.covers(scope, asked) for scope in closure.stays_open)
        ]

    def covers(self, scope: Scope, asked: Asked) -> bool:
        if not scope.room:
            return self.fits(scope, asked)
        own = [room.code for room in self.rooms if room.unit == asked.unit.code]
        return (asked.room is not None and asked.room.code == scope.room) or own == [scope.room]

    # Who wins

    def winner(
        self,
        asked: Asked,
        kind: str,
        value: Callable[[Any], Any],
        strictness: Callable[[Any], Any] = lambda _value: 0,
    ) -> Said | None:
        """Return what the strongest provision of a kind says, of those that say something."""
        said = []
        for circular, fact in self.in_force(asked):
            provision = fact.provision
            if provision.kind != kind or (found := value(provision)) is None:
                continue
            scope = provision.scope
            narrowness = (
                bool(scope.room),
                bool(scope.floor),
                bool(scope.place),
                self.depth(scope, asked.unit),
                bool(scope.services),
                bool(scope.kinds or scope.functions),
                scope.zone is not None,
            )
            key = (
                narrowness,
                circular.date,
                fact.starts_at,
                strictness(found),
                circular.label,
                provision.article,
            )
            said.append(Said(found, key, (circular.subject, provision.article)))
        return max(said, key=lambda one: one.key, default=None)

    def boundaries(self) -> Iterator[datetime]:
        for circular in self.circulars:
            for fact in circular.provisions:
                yield fact.starts_at
                if ends := self.provision_end(circular, fact):
                    yield ends
        for period in (*self.zones, *self.closures):
            yield period.starts_at
            ends = getattr(period, "ends_at", None) or getattr(period, "reopened_at", None)
            if ends:
                yield ends


def _is(name: Any, circular: CircularFact) -> bool:
    return (name.issuer, name.number, name.date) == (
        circular.issuer,
        circular.number,
        circular.date,
    )


def _over(last_day: date) -> datetime:
    return datetime.combine(last_day + timedelta(days=1), time.min, JAKARTA)


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _inside(scope: Scope, what: UnitFact | RoomFact | None) -> bool:
    return what is not None and what.place == scope.place and scope.floor in ("", what.floor)
