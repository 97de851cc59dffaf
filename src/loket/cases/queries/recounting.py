"""Counting many open cases at once: what is the same for many is worked out once."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Min

from loket.cases.models import Case, CaseQuerySet, Pause
from loket.cases.rules.clock import Interval
from loket.catalogue.models import ServiceVersion
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.organisation.rules.calendar import Calendars, local_day
from loket.policies.rules.resolving import Book

from .clocks import Terms, law_of

BATCH = 10_000
"""Cases in memory at once, some megabytes. Smaller ones split the groups that move alike."""

Key = tuple[int, int, date, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Open:
    """What of an open case its due date follows from, and the date itself."""

    pk: int
    unit_id: int
    service: str
    version_id: int
    submitted_at: datetime
    due_on: date
    promised_on: date | None


@dataclass
class Recount:
    """Due dates of open cases by the law of a book, as known at a moment."""

    book: Book
    at: datetime
    since: datetime
    """When the oldest of the cases was filed."""
    _units: dict[int, Unit] = field(default_factory=dict)
    _promised: dict[int, int] = field(default_factory=dict)
    _calendars: Calendars = field(init=False)
    _terms: dict[tuple[int, str], Terms] = field(default_factory=dict)
    _endless: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)
    _same: dict[tuple[object, ...], Terms] = field(default_factory=dict)
    _due: dict[Key, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A promise reaches into the next year, and a long suspension into the one after it.
        self._calendars = organisation.calendars(range(self.since.year, self.at.year + 3))

    def due_on(self, case: Open, pauses: tuple[Interval, ...]) -> date:
        """Return when a case is due.

        :raises CalendarMissing: if the count reaches a year without holidays on record.
        """
        terms = self.terms(case.unit_id, case.service)
        filed_on = local_day(case.submitted_at, terms.zone)
        days = self.promised(case.version_id)
        key = (id(terms), days, filed_on, pauses)
        if key not in self._due:
            counted = terms.count(filed_on=filed_on, working_days=days, pauses=pauses)
            self._due[key] = counted.due_on
        return self._due[key]

    def terms(self, unit_id: int, service: str) -> Terms:
        """Return the terms of a service at a unit; equal ones are one object."""
        pair = (unit_id, service)
        if pair not in self._terms:
            unit = self.unit(unit_id)
            law = law_of(self.book, unit, service, since=self.since, at=self.at)
            calendar = self._calendars.of(unit.path)
            zone: ZoneInfo = organisation.zone(unit)
            self._endless[pair] = law.stopped_without_end(self.at)
            made = Terms(calendar, law.as_of(self.at), zone)
            same = (id(calendar), made.law, zone.key)
            self._terms[pair] = self._same.setdefault(same, made)
        return self._terms[pair]

    def stopped_without_end(self, unit_id: int, service: str) -> frozenset[str]:
        """Return what holds the clocks of a service at a unit up until further notice."""
        self.terms(unit_id, service)
        return self._endless[unit_id, service]

    def unit(self, pk: int) -> Unit:
        """Return a unit with its office; all of them are read at once."""
        if pk not in self._units:
            self._units = Unit.objects.select_related("office").in_bulk()
        return self._units[pk]

    def promised(self, version_id: int) -> int:
        """Return the working days that a version of a service promises."""
        if version_id not in self._promised:
            version = ServiceVersion.objects.get(pk=version_id)
            self._promised[version_id] = version.service.due_working_days
        return self._promised[version_id]


def open_within(scopes: Collection[str]) -> CaseQuerySet:
    """Return the open cases of units below these paths."""
    cases = Case.objects.all().open()
    paths = dict(Unit.objects.values_list("pk", "path"))
    units = [pk for pk, path in paths.items() if path.startswith(tuple(scopes))]
    # By unit, the keys come from an index alone; for all units, no choice is to be made.
    return cases if len(units) == len(paths) else cases.filter(unit_id__in=units)


def oldest(cases: CaseQuerySet) -> datetime | None:
    """Return when the oldest of some cases was filed."""
    found: datetime | None = cases.aggregate(oldest=Min("submitted_at"))["oldest"]
    return found


def in_batches(cases: CaseQuerySet, *, is_locked: bool = True) -> Iterator[list[Open]]:
    """Yield open cases in order of their keys, each batch locked while it is in hand.

    Only keys are read ahead, eight bytes for each case. The lock keeps officers' steps and
    a new count of the same case from passing each other; who only looks needs none.
    """
    keys = array("q", sorted(cases.order_by().values_list("pk", flat=True).iterator()))
    named = (
        "pk", "unit_id", "service_code", "service_version_id", "submitted_at", "due_on",
        "promised_on",
    )  # fmt: skip
    for start in range(0, len(keys), BATCH):
        some = Case.objects.among(keys[start : start + BATCH]).filter(closed_at=None)
        if is_locked:
            some = some.select_for_update(no_key=True)
        yield [Open(*row) for row in some.order_by("pk").values_list(*named)]


def pauses_of(cases: Sequence[Open]) -> dict[int, tuple[Interval, ...]]:
    """Return the pauses of cases that are over, by case. Most cases have none.

    ``cases`` are in order of their keys: all pauses between the first and the last are read.
    """
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    if not cases:
        return {}
    between = Pause.objects.filter(case_id__gte=cases[0].pk, case_id__lte=cases[-1].pk)
    rows = between.filter(ends_at__isnull=False, case__closed_at=None).order_by("starts_at")
    for pk, starts_at, ends_at in rows.values_list("case_id", "starts_at", "ends_at"):
        found[pk].append(Interval(starts_at, ends_at))
    return {pk: tuple(spans) for pk, spans in found.items()}
