"""Questions about working days and the day of an office.

Calendars are not cached: one indexed query for some fifty rows costs less than a
millisecond, and every process sees a decree the moment it is on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from loket.organisation.models import CalendarDay, Office, Unit
from loket.organisation.rules.calendar import (
    Calendar,
    Calendars,
    Decided,
    local_day,
    merge,
    paths_above,
)


def calendar(unit: Unit | None, years: Iterable[int]) -> Calendar:
    """Return the calendar of a unit, or of the nation, for some years. One query."""
    above = paths_above(unit.path if unit else "")
    days = CalendarDay.objects.filter(Q(unit=None) | Q(unit__path__in=above))
    return merge(_decided(days, years))


def calendars(years: Iterable[int]) -> Calendars:
    """Return the calendars of all units for some years. One query."""
    return Calendars(_decided(CalendarDay.objects.all(), years))


def office_of(unit: Unit | None) -> Office | None:
    """Return the office of a unit, if it has one; no query if it was fetched with it."""
    return getattr(unit, "office", None)


def zone(unit: Unit | None) -> ZoneInfo:
    """Return the time zone of a unit's office; no query if the office was fetched with it."""
    office = office_of(unit)
    return ZoneInfo(office.time_zone if office else settings.OFFICE_TIME_ZONE)


def today(unit: Unit | None, *, at: datetime) -> date:
    """Return the day that a moment belongs to at a unit's office."""
    return local_day(at, zone(unit))


def _decided(days: QuerySet[CalendarDay], years: Iterable[int]) -> Iterator[Decided]:
    wanted = sorted(set(years))
    period = {"on__gte": date(wanted[0], 1, 1), "on__lte": date(wanted[-1], 12, 31)}
    rows = days.filter(**period).values_list("on", "kind", "name", "unit__path")
    return (Decided(on, kind, name, path or "") for on, kind, name, path in rows)
