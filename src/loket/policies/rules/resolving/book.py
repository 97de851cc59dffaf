"""The law of all units at all times: the one place that knows what is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from loket.organisation.rules.calendar import Calendar
from loket.policies.rules.facts import Effect, RoomFact, UnitFact, ZoneFact
from loket.policies.rules.values import DayState, Extension, InForce, Suspension

from .classes import Classes
from .compiling import Law, Place
from .spans import meet, span
from .timeline import Timeline
from .zones import Zones


class Book:
    """Everything that is in force, was, or will be; frozen, and asked without any I/O.

    Units of which nobody can say anything different are one class; an answer is worked out
    once for a class, a service, a room and the time between two boundaries. Services and rooms
    that no scope names are as none: what is kept grows with the law, not with the questions.
    """

    def __init__(self, classes: Classes, law: Law) -> None:
        self._classes = classes
        self._law = law
        self._timelines: dict[tuple[int, str, tuple[Place, ...] | None], Timeline] = {}

    @classmethod
    def build(
        cls,
        *,
        effects: Iterable[Effect],
        units: Iterable[UnitFact],
        rooms: Iterable[RoomFact] = (),
        zones: Iterable[ZoneFact] = (),
        calendars: Mapping[str, Calendar],
    ) -> Book:
        """Build the book from facts in any order.

        ``calendars``: by code of unit; ``""`` is that of all others.
        """
        law = Law(effects, Zones(zones))
        return cls(Classes(law, units, rooms, calendars), law)

    def with_effects(self, effects: Iterable[Effect]) -> Book:
        """Return a book of the same units, rooms, zones and calendars with other effects."""
        law = Law(effects, self._law.zones)
        return Book(self._classes.under(law), law)

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self._law.effects

    @property
    def units(self) -> Mapping[str, UnitFact]:
        return self._classes.units

    @property
    def rooms(self) -> Mapping[str, RoomFact]:
        return self._classes.rooms

    def zone(self, unit: str) -> ZoneInfo:
        """Return the time zone of the office of a unit.

        :raises NotFound: if there is no such unit.
        """
        return self._classes.kind(self._classes.of(unit)).setting.zone

    def class_of(self, unit: str) -> int:
        """Return the number of the class of a unit: equal units get equal answers.

        :raises NotFound: if there is no such unit.
        """
        return self._classes.of(unit)

    def has_room(self, unit: str, room: str) -> bool:
        """Say whether a room is of a unit, of one below it, or in its building."""
        there, asked = self.rooms[room], self.units[unit]
        owner = self.units.get(there.unit)
        is_below = owner is not None and owner.path.startswith(asked.path)
        return is_below or (bool(asked.place) and asked.place == there.place)

    def is_zoned(self, region: str, effect: Effect) -> bool:
        """Say whether a region is in a zone of an effect at some time of its period."""
        zones, zone = self._law.zones, effect.scope.zone
        if zone is None:
            return True
        period = (span(effect.starts_at, effect.ends_at),)
        return bool(meet(period, zones.spans(zones.lineage(region), zone)))

    def in_force(
        self, unit: str, *, service: str = "", room: str = "", at: datetime
    ) -> InForce:
        """Return what holds for a unit, a service and a room at a moment, and why.

        :raises NotFound: if there is no such unit or room.
        """
        timeline = self._timeline(unit, service, room)
        moment = at.astimezone(UTC)
        number = timeline.number(moment)
        segment = timeline.segment(number)
        setting = timeline.setting
        daily = segment.daily(setting.weekday(setting.day(moment)))
        return InForce(
            at,
            unit,
            service,
            room,
            daily.counters,
            segment.room(self.rooms[room].capacity if room else None),
            daily.attendance,
            daily.service,
            segment.clock,
            segment.letters,
            segment.protocol,
            timeline.reopening(number),
            daily.disputes,
        )

    def effects_at(
        self, unit: str, *, service: str = "", room: str = "", at: datetime
    ) -> tuple[Effect, ...]:
        """Return all that is in force for a unit at a moment, whether it decides or not."""
        timeline = self._timeline(unit, service, room)
        segment = timeline.segment(timeline.number(at.astimezone(UTC)))
        return tuple(rule.effect for rule in segment.rules)

    def boundaries(
        self,
        unit: str,
        *,
        service: str = "",
        room: str = "",
        since: datetime,
        until: datetime,
    ) -> tuple[datetime, ...]:
        """Return the moments in ``[since, until)`` at which something begins or ends."""
        found = self._timeline(unit, service, room).boundaries
        return tuple(moment for moment in found if since <= moment < until)

    def states(
        self, units: Iterable[str], days: Iterable[date]
    ) -> dict[str, tuple[DayState, ...]]:
        """Return the state of units on some days, for a board of many."""
        wanted = tuple(days)
        by_class: dict[int, tuple[DayState, ...]] = {}
        board = {}
        for unit in units:
            number = self._classes.of(unit)
            if number not in by_class:
                timeline = self._timeline(unit, "", "")
                by_class[number] = tuple(timeline.day(day) for day in wanted)
            board[unit] = by_class[number]
        return board

    def reopening(self, unit: str, *, after: datetime) -> datetime | None:
        """Return when counters next receive the public, if they do not and it is known."""
        timeline = self._timeline(unit, "", "")
        return timeline.reopening(timeline.number(after.astimezone(UTC))).value

    def opening_at_or_after(
        self, unit: str, moment: datetime, *, room: str = ""
    ) -> datetime | None:
        """Return the first moment within the hours of an office, at or after another.

        Asks for hours and calendar only: whether counters are closed, or online only, does
        not matter. A unit without hours opens when a working day begins.
        """
        return self._timeline(unit, "", room).opening(moment.astimezone(UTC))

    def suspensions(
        self,
        unit: str,
        service: str = "",
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[Suspension, ...]:
        """Return when clocks stand still, in order and disjoint, each time with its reasons.

        Those that touch ``[since, until)``, whole. Two that follow each other without a gap
        have different reasons.
        """
        found = self._timeline(unit, service, "").suspensions
        return tuple(s for s in found if _touches(s, since, until))

    def extensions(
        self,
        unit: str,
        service: str = "",
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[Extension, ...]:
        """Return when deadlines are longer, by how much and why; as with suspensions."""
        found = self._timeline(unit, service, "").extensions
        return tuple(e for e in found if _touches(e, since, until))

    def _timeline(self, unit: str, service: str, room: str) -> Timeline:
        law, classes = self._law, self._classes
        marks = classes.marks(room)
        key = classes.of(unit), service if service in law.services else "", marks
        found = self._timelines.get(key)
        if found is None:
            kind = classes.kind(key[0])
            rules = law.rules(kind.fits, kind.lineage, key[1], marks)
            found = self._timelines[key] = Timeline(rules, kind.setting)
        return found


def _touches(
    period: Suspension | Extension, since: datetime | None, until: datetime | None
) -> bool:
    ends_too_early = since and period.ends_at and period.ends_at <= since
    return not ends_too_early and not (until and period.starts_at >= until)
