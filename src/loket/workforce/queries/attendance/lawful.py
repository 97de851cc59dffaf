"""What the law and the calendar make of a day of a unit, for whoever works there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS

from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.organisation.rules.calendar import SATURDAY, Calendar, Calendars
from loket.policies import queries as policies
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because, InForce, Shift
from loket.workforce.rules.attendance.values import Hours, Where

USUAL = (time(7, 30), time(16, 0))
NOON = time(12, 0)
LONG = timedelta(hours=6)
"""Shorter hours have no break of their own."""

PAUSE = (time(12, 0), time(13, 0))
FRIDAY, FRIDAY_PAUSE = 4, (time(11, 30), time(13, 0))
"""Breaks of Perpres 21/2023 where no circular names others."""


@dataclass(frozen=True, slots=True)
class LawOfDay:
    """What holds for the staff of a unit on a day, turns aside."""

    hours: tuple[Hours, ...]
    pauses: Mapping[str, tuple[time, time] | None]
    """By name of the shift."""
    where: Where
    holiday: str
    is_closed: bool
    reporting: frozenset[str]
    because: Mapping[str, tuple[Because, ...]]


class Law:
    """What the law makes of units and days; each is worked out once."""

    def __init__(self, years: Iterable[int]) -> None:
        self._book: Book = policies.book()
        self._calendars: Calendars = organisation.calendars(years)
        self._known: dict[tuple[str, date], LawOfDay] = {}

    def of(self, unit: Unit, on: date) -> LawOfDay:
        """Return what holds on a day of a unit that was fetched with its office."""
        key = unit.code, on
        if key not in self._known:
            self._known[key] = self._found(unit, on)
        return self._known[key]

    def _found(self, unit: Unit, on: date) -> LawOfDay:
        zone = organisation.zone(unit)
        at = datetime.combine(on, NOON, zone)
        force = policies.in_force(unit=unit.code, at=at, book=self._book)
        staff = force.attendance
        where, why_home = placed_by(force)
        shut = shut_by(force)
        return LawOfDay(
            hours=_hours(staff.shifts.value, unit, on, zone),
            pauses={shift.name: _pause(shift) for shift in staff.shifts.value},
            where=where,
            holiday=_holiday(self._calendars.of(unit.path), on),
            is_closed=bool(shut),
            reporting=frozenset(staff.reporting.value),
            because={
                "closed": shut,
                "home": why_home,
                "shifts": staff.shifts.because,
                "reporting": staff.reporting.because,
            },
        )


def timed(turn_since: datetime, turn_until: datetime, shift: str, law: LawOfDay) -> Hours:
    """Return the hours of a turn, with the break of its shift."""
    pause = law.pauses.get(shift)
    if shift not in law.pauses:
        return _hours_of(turn_since, turn_until, shift)
    on = turn_since.date()
    zone = turn_since.tzinfo
    rest = tuple(datetime.combine(on, each, zone) for each in pause) if pause else None
    return Hours(turn_since, turn_until, (rest[0], rest[1]) if rest else None, shift)


def placed_by(force: InForce) -> tuple[Where, tuple[Because, ...]]:
    """Return where the staff without turns work, and what says so."""
    if shut := shut_by(force):
        return "home", shut
    staff = force.attendance
    if staff.remote.value == "required":
        return "home", staff.remote.because
    for part in (staff.max_share, staff.max_share_concurrent):
        if part.value is not None and not part.value:
            return "home", part.because
    if staff.remote.value == "allowed":
        return "either", staff.remote.because
    return "office", ()


def shut_by(force: InForce) -> tuple[Because, ...]:
    """Return the closures by which an office is shut at a moment; none if it is not."""
    state = force.counters.state
    if state.value != "closed":
        return ()
    return tuple(reason for reason in state.because if reason.is_closure)


def _hours(
    shifts: tuple[Shift, ...], unit: Unit, on: date, zone: ZoneInfo
) -> tuple[Hours, ...]:
    if shifts:
        return tuple(_shift(shift, on, zone) for shift in shifts)
    since, until = _office_hours(unit, on)
    begins, ends = (datetime.combine(on, each, zone) for each in (since, until))
    return (_hours_of(begins, ends, ""),)


def _shift(shift: Shift, on: date, zone: ZoneInfo) -> Hours:
    begins = datetime.combine(on, shift.hours.opens, zone)
    ends = datetime.combine(on, shift.hours.closes, zone)
    if ends <= begins:
        ends += timedelta(days=1)
    pause = _pause(shift)
    rest = tuple(datetime.combine(on, each, zone) for each in pause) if pause else None
    return Hours(begins, ends, (rest[0], rest[1]) if rest else None, shift.name)


def _pause(shift: Shift) -> tuple[time, time] | None:
    return (shift.pause.opens, shift.pause.closes) if shift.pause else None


def _hours_of(begins: datetime, ends: datetime, shift: str) -> Hours:
    """Return ordinary hours, with the ordinary break if they are long and hold it."""
    since, until = FRIDAY_PAUSE if begins.weekday() == FRIDAY else PAUSE
    rest = tuple(datetime.combine(begins.date(), at, begins.tzinfo) for at in (since, until))
    holds = ends - begins > LONG and begins <= rest[0] and rest[1] <= ends
    return Hours(begins, ends, (rest[0], rest[1]) if holds else None, shift)


def _office_hours(unit: Unit, on: date) -> tuple[time, time]:
    office = organisation.office_of(unit)
    periods = office.hours.get(str(on.weekday()), []) if office else []
    if not periods:
        return USUAL
    return time.fromisoformat(periods[0][0]), time.fromisoformat(periods[-1][1])


def _holiday(calendar: Calendar, on: date) -> str:
    """Return why nobody works; of a year without its joint leave, the weekend alone."""
    if on.year in calendar.covered_years:
        return calendar.why_closed(on)
    return str(WEEKDAYS[on.weekday()]) if on.weekday() >= SATURDAY else ""
