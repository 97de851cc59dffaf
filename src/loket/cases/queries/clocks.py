"""The clock of a case as people read it: when it is due, and which days counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from loket.cases.models import Case
from loket.cases.rules import clock as rules
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.organisation.rules.calendar import Calendar, CalendarMissing, local_day


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What the clock of a case shows at a moment."""

    due_on: date
    days: tuple[rules.Day, ...]
    """Every day after the filing up to the due date, with its number or why it has none."""
    working_days: int
    """How many the service promises."""
    counted: int
    is_paused: bool
    is_stopped: bool

    @property
    def left(self) -> int:
        """Working days that are left."""
        return max(self.working_days - self.counted, 0)

    def is_late(self, today: date) -> bool:
        """Say whether the due date has passed while the clock was running."""
        return today > self.due_on and not (self.is_paused or self.is_stopped)


def zone_of(unit: Unit) -> ZoneInfo:
    """Return the zone in which a unit's days begin and end."""
    return organisation.zone(unit)


def today(at: datetime) -> date:
    """Return the day of a moment for people outside any office."""
    return organisation.today(None, at=at)


def filed_on(case: Case) -> date:
    """Return the office's day on which a case was filed."""
    return organisation.today(case.unit, at=case.submitted_at)


def calendar_for(unit: Unit, day: date, until: date | None = None) -> Calendar:
    """Return the unit's days of the years that a count from a day can reach."""
    return organisation.calendar(unit, years=range(day.year, (until or day).year + 2))


def intervals(case: Case) -> list[rules.Interval]:
    """Return the pauses of a case, the first one first."""
    pauses = case.pauses.order_by("starts_at")
    return [rules.Interval(p.starts_at, p.ends_at) for p in pauses]


def count_of(case: Case, *, pauses: list[rules.Interval], at: datetime) -> rules.Count:
    """Return the days until a case is due, given its pauses.

    :raises CalendarMissing: if the count reaches a year without holidays on record.
    """
    zone, first = zone_of(case.unit), filed_on(case)
    return rules.count(
        filed_on=first,
        working_days=case.service_version.service.due_working_days,
        calendar=calendar_for(case.unit, first, local_day(at, zone)),
        pauses=pauses,
        zone=zone,
    )


def days_spent(case: Case, *, at: datetime) -> int | None:
    """Return how many working days counted until a moment, or None if nobody can tell yet."""
    zone, first = zone_of(case.unit), filed_on(case)
    until = local_day(at, zone)
    try:
        return rules.elapsed(
            filed_on=first,
            until=until,
            calendar=calendar_for(case.unit, first, until),
            pauses=intervals(case),
            zone=zone,
        )
    except CalendarMissing:
        # A case must be able to end even where a year's holidays are not on record.
        return None


def clock(*, case: Case, at: datetime) -> ClockFace:
    """Return the case's clock, day by day.

    :raises CalendarMissing: if the count reaches a year without holidays on record.
    """
    zone = zone_of(case.unit)
    spans = intervals(case)
    counted = count_of(case, pauses=spans, at=case.closed_at or at)
    open_pause = next((s for s in spans if s.ends_at is None), None)
    until = local_day(case.closed_at or at, zone)
    if open_pause:
        until = min(until, local_day(open_pause.starts_at, zone))
    return ClockFace(
        due_on=counted.due_on,
        days=counted.days,
        working_days=case.service_version.service.due_working_days,
        counted=counted.counted_by(until),
        is_paused=open_pause is not None,
        is_stopped=case.closed_at is not None,
    )
