"""A time between two boundaries: nothing changes in it but the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from loket.policies.rules import shares
from loket.policies.rules.values import (
    Attendance,
    Clock,
    Counters,
    Dispute,
    Hours,
    Letters,
    Measure,
    Part,
    Room,
    Service,
    State,
)

from . import parts
from .contest import Contest, Rule
from .openings import ONE_DAY, REST, WHOLE_DAY, Setting
from .spans import LAST


@dataclass(frozen=True, slots=True)
class Daily:
    """The parts that depend on the weekday."""

    counters: Counters
    attendance: Attendance
    service: Service
    disputes: tuple[Dispute, ...]


class Segment:
    """What holds between two boundaries, worked out when it is first asked for."""

    def __init__(
        self, start: datetime, end: datetime, rules: Iterable[Rule], setting: Setting
    ) -> None:
        self.start = start
        self.end = end
        self.rules = tuple(rules)
        self.setting = setting
        self._daily: dict[int, Daily] = {}
        self._rooms: dict[int | None, Room] = {}

    @cached_property
    def contest(self) -> Contest:
        return Contest(self.rules)

    @cached_property
    def state(self) -> Part[State]:
        return parts.state(self.contest)

    def receives(self) -> bool:
        """Say whether the counters receive the public, by rule."""
        return self.state.value not in parts.NOT_RECEIVING

    @cached_property
    def attendance(self) -> tuple[Attendance, tuple[Dispute, ...]]:
        return parts.attendance(self.contest)

    @cached_property
    def service(self) -> Service:
        return parts.service(self.contest, self.state)

    @cached_property
    def clock(self) -> Clock:
        return parts.clock(self.contest)

    @cached_property
    def letters(self) -> Letters:
        return parts.letters(self.contest)

    @cached_property
    def protocol(self) -> tuple[tuple[str, Part[Measure]], ...]:
        return parts.protocol(self.contest)

    def daily(self, weekday: int) -> Daily:
        """Return what depends on the weekday, as :meth:`.Setting.weekday` counts it."""
        found = self._daily.get(weekday)
        if found is None:
            found = self._daily[weekday] = self._of(weekday)
        return found

    def room(self, capacity: int | None) -> Room:
        """Return the share of a room that may be used, and how many people that are."""
        found = self._rooms.get(capacity)
        if found is None:
            share: Part[Decimal | None] = self.contest.winner("room.max_share", None)
            people = None
            if share.value is not None and capacity is not None:
                people = shares.at_most(share.value, capacity)
            found = self._rooms[capacity] = Room(share, Part(people, share.because))
        return found

    def hours(self, weekday: int) -> Part[tuple[Hours, ...]]:
        """Return the hours of the counters if they receive the public at all."""
        if weekday == REST:
            return Part(())
        return self.contest.winner(f"counters.hours.{weekday}", self.setting.ordinary(weekday))

    def opening(self, since: datetime, *, days: int = 366) -> datetime | None:
        """Return the first moment of the segment within opening hours, at or after another.

        A unit without any hours opens when a working day begins.
        """
        moment = max(self.start, since)
        day = self.setting.day(moment)
        for _ in range(days):
            weekday = self.setting.weekday(day)
            for opens, closes in self._periods(day, weekday):
                if max(opens, moment) < closes:
                    found = max(opens, moment)
                    return found if found < self.end else None
            if day == date.max or (self.end != LAST and self.setting.day(self.end) <= day):
                return None
            day += ONE_DAY
        return None

    def _periods(self, day: date, weekday: int) -> list[tuple[datetime, datetime]]:
        said = self.hours(weekday)
        hours = said.value
        if weekday < REST and not (said.because or self.setting.has_hours):
            hours = WHOLE_DAY
        moment = self.setting.moment
        return [(moment(day, h.opens), moment(day, h.closes)) for h in hours]

    def _of(self, weekday: int) -> Daily:
        hours = self.hours(weekday)
        if not self.receives():
            hours = Part((), self.state.because)
        attendance, impossible = self.attendance
        service = self.service
        if weekday < REST:
            shifts = self.contest.winner("attendance.shifts", None)
            if shifts.value:
                shifts = Part(shifts.value[weekday], shifts.because)
                attendance = replace(attendance, shifts=shifts)
            said = self.contest.winner("service.channels", None)
            if said.value and not service.suspended.value and any(said.value[1]):
                service = replace(service, hours=Part(said.value[1][weekday], said.because))
        disputes = (*impossible, *parts.disputes(self.contest, weekday))
        return Daily(Counters(self.state, hours), attendance, service, disputes)
