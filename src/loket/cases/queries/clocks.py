"""The clock of a case as people read it: when it is due, and which days counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from loket.cases.models import Case
from loket.cases.rules import clock as rules
from loket.cases.rules.law import Law, week
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.organisation.rules.calendar import Calendar, CalendarMissing, local_day
from loket.policies import queries as policies
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because, Suspension

AHEAD = timedelta(days=800)
"""How far ahead suspensions are looked for: further than any promise reaches."""


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
    extended_by: int = 0
    """Working days that a circular granted on top."""
    suspensions: tuple[Suspension, ...] = ()
    """What holds the clock up at the moment: circulars and closures."""

    @property
    def left(self) -> int:
        """Working days that are left."""
        return max(self.working_days + self.extended_by - self.counted, 0)

    @property
    def because(self) -> tuple[Because, ...]:
        """The circulars and closures that have a part in the count, each once."""
        of_days = (reason for day in self.days for reason in day.because)
        of_now = (reason for held in self.suspensions for reason in held.because)
        return tuple(dict.fromkeys((*of_days, *of_now)))

    @property
    def resumes_at(self) -> datetime | None:
        """When the clock runs on, if it is held up and that is known."""
        known = [s.expected_at for s in self.suspensions]
        return max((at for at in known if at), default=None) if all(known) else None

    def is_late(self, today: date) -> bool:
        """Say whether the due date has passed and the clock is running."""
        stands = self.is_paused or self.is_stopped or bool(self.suspensions)
        return today > self.due_on and not stands


@dataclass(frozen=True, slots=True)
class Terms:
    """All that the counts of one service at one office are made with, as known at a moment."""

    calendar: Calendar
    law: Law
    zone: ZoneInfo
    held_up: tuple[Suspension, ...] = ()
    """The suspensions in force at the moment."""

    def count(
        self, *, filed_on: date, working_days: int, pauses: Sequence[rules.Interval] = ()
    ) -> rules.Count:
        """Return the days until a case is due.

        :raises CalendarMissing: if the count reaches a year without holidays on record.
        """
        return rules.count(
            filed_on=filed_on,
            working_days=working_days,
            calendar=self.calendar,
            pauses=pauses,
            law=self.law,
            zone=self.zone,
        )


def zone_of(unit: Unit) -> ZoneInfo:
    """Return the zone in which a unit's days begin and end."""
    return organisation.zone(unit)


def today(at: datetime) -> date:
    """Return the day of a moment for people outside any office."""
    return organisation.today(None, at=at)


def filed_on(case: Case) -> date:
    """Return the office's day on which a case was filed."""
    return organisation.today(case.unit, at=case.submitted_at)


def intervals(case: Case) -> list[rules.Interval]:
    """Return the pauses of a case, the first one first."""
    pauses = case.pauses.order_by("starts_at")
    return [rules.Interval(p.starts_at, p.ends_at) for p in pauses]


def law_of(book: Book, unit: Unit, service: str, *, since: datetime, at: datetime) -> Law:
    """Return what the law says about clocks of a service at a unit, from a moment on."""
    office = organisation.office_of(unit)
    return Law(
        suspensions=book.suspensions(unit.code, service, since=since, until=at + AHEAD),
        extensions=book.extensions(unit.code, service),
        hours=week(office.hours if office else {}),
    )


def terms_of(
    unit: Unit, service: str, *, since: datetime, at: datetime, book: Book | None = None
) -> Terms:
    """Return what the counts of a service at a unit are made with, by what is known now."""
    zone = zone_of(unit)
    known = law_of(book or policies.book(), unit, service, since=since, at=at)
    law = known.as_of(at)
    until = max([at, *(s.ends_at for s in law.suspensions if s.ends_at)])
    first, last = local_day(since, zone).year, local_day(until, zone).year
    calendar = organisation.calendar(unit, years=range(first, last + 2))
    return Terms(calendar, law, zone, known.stopped_by(at))


def terms_for(case: Case, *, at: datetime, book: Book | None = None) -> Terms:
    """Return what the counts of a case are made with."""
    return terms_of(case.unit, case.service_code, since=case.submitted_at, at=at, book=book)


def runs(case: Case, *, at: datetime, book: Book) -> bool:
    """Say whether a case's clock runs: neither its state nor the law holds it up.

    Only what runs can be late, or due today, in lists and on pages alike.
    """
    state = case.service_version.service.workflow.state(case.state)
    if case.closed_at is not None or state.clock != "running":
        return False
    found = book.in_force(case.unit.code, service=case.service_version.code, at=at)
    return not found.clock.suspended.value


def is_late(case: Case, *, at: datetime, book: Book | None = None) -> bool:
    """Say whether the due date of a case has passed and its clock is running."""
    passed = case.due_on < today(at)
    return passed and runs(case, at=at, book=book or policies.book())


def count_of(case: Case, terms: Terms, pauses: list[rules.Interval]) -> rules.Count:
    """Return the days until a case is due, given its pauses.

    :raises CalendarMissing: if the count reaches a year without holidays on record.
    """
    return terms.count(
        filed_on=filed_on(case),
        working_days=case.service_version.service.due_working_days,
        pauses=pauses,
    )


def spent_and_allowed(case: Case, *, at: datetime) -> tuple[int, int] | None:
    """Return how many working days counted until a moment, and how many the case has.

    None if nobody can tell yet: a case must be able to end even where a year's holidays are
    not on record.
    """
    terms, pauses = terms_for(case, at=at), intervals(case)
    promised = case.service_version.service.due_working_days
    try:
        spent = rules.elapsed(
            filed_on=filed_on(case),
            until=local_day(at, terms.zone),
            calendar=terms.calendar,
            pauses=pauses,
            law=terms.law,
            zone=terms.zone,
        )
        return spent, promised + count_of(case, terms, pauses).extended_by
    except CalendarMissing:
        return None


def clock(*, case: Case, at: datetime, book: Book | None = None) -> ClockFace:
    """Return the case's clock, day by day; by the law as it stands, or as a book has it.

    :raises CalendarMissing: if the count reaches a year without holidays on record.
    """
    at = case.closed_at or at
    terms, pauses = terms_for(case, at=at, book=book), intervals(case)
    counted = count_of(case, terms, pauses)
    open_pause = next((p for p in pauses if p.ends_at is None), None)
    until = local_day(at, terms.zone)
    if open_pause:
        until = min(until, local_day(open_pause.starts_at, terms.zone))
    return ClockFace(
        due_on=counted.due_on,
        days=counted.days,
        working_days=case.service_version.service.due_working_days,
        counted=counted.counted_by(until),
        is_paused=open_pause is not None,
        is_stopped=case.closed_at is not None,
        extended_by=counted.extended_by,
        suspensions=() if case.closed_at else terms.held_up,
    )
