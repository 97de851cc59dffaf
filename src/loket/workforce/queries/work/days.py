"""Questions about daily work: what the journal counts, what was written, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotAllowed, NotFound
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.policies import queries as policies
from loket.policies.rules.values import Part
from loket.workforce.models import Absence, Clocking, RosterDay, Turn, WorkEntry, WorkReport
from loket.workforce.queries.superiors import decides, deciding
from loket.workforce.rules import work

from . import counting

NOON = time(12)
MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class WorkDay:
    """One person's work of one day, as it stands."""

    on: date
    unit: Unit
    entries: list[WorkEntry]
    counted: tuple[work.Line, ...]
    """By the journal; as handed in, if it was."""
    report: WorkReport | None
    is_at_home: bool
    duties: Part[tuple[str, ...]] = field(default_factory=lambda: Part(()))
    """What the law asks of who works from home."""

    @property
    def minutes(self) -> int:
        """Return all minutes of the day."""
        own = sum(entry.minutes for entry in self.entries)
        return own + sum(line.minutes for line in self.counted)

    @property
    def is_open(self) -> bool:
        """Say whether its lines may still change."""
        return self.report is None or self.report.state == WorkReport.State.RETURNED

    @property
    def needs_proof(self) -> bool:
        """Say whether the law wants proof that is still missing."""
        wanted = self.is_at_home and "photo" in self.duties.value
        return wanted and not any(entry.proof_id for entry in self.entries)


def work_day(*, account: Account, on: date, at: datetime) -> WorkDay:
    """Return one person's work of a day, as far as it went by a moment.

    :raises NotAllowed: if they hold no position on that day.
    """
    unit = unit_of_work(account, on=on)
    report = WorkReport.objects.filter(account=account, on=on).first()
    entries = WorkEntry.objects.filter(account=account, on=on).select_related("proof")
    is_frozen = report is not None and report.state != WorkReport.State.RETURNED
    return WorkDay(
        on=on,
        unit=unit,
        entries=list(entries.order_by("id")),
        counted=counted_in(report)
        if report and is_frozen
        else counting.counted(account, unit, on, at=at),
        report=report,
        is_at_home=is_at_home(account, unit, on=on),
        duties=duties(unit, on=on),
    )


def counted_in(report: WorkReport) -> tuple[work.Line, ...]:
    """Return the counted lines of a report, as they were when it was handed in."""
    return tuple(
        work.Line(
            str(row["kind"]), int(row["count"]), int(row["minutes"]), row.get("words", "")
        )
        for row in report.counted
    )


def unit_of_work(account: Account, *, on: date) -> Unit:
    """Return the unit to which somebody belongs on a day: of their definitive position.

    :raises NotAllowed: if they hold no position.
    """
    places = people.homes(account, on=on)
    if not places:
        raise NotAllowed(_("You hold no position on this day, so there is no work to report."))
    return places[0].unit


def duties(unit: Unit, *, on: date) -> Part[tuple[str, ...]]:
    """Return what the law asks of whoever works from home on a day."""
    noon = datetime.combine(on, NOON, tzinfo=organisation.zone(unit))
    return policies.in_force(unit=unit.code, at=noon).attendance.reporting


def is_at_home(account: Account, unit: Unit, *, on: date) -> bool:
    """Say whether somebody works from home on a day, by roster, absence or clocking.

    Without any of them nobody is taken to be at home.
    """
    absent = Absence.objects.filter(
        account=account,
        kind=Absence.Kind.HOME,
        state=Absence.State.GRANTED,
        starts_on__lte=on,
        ends_on__gt=on,
    )
    clocked = Clocking.objects.filter(account=account, on=on, way=Clocking.Way.HOME)
    turn = Turn.objects.filter(roster=OuterRef("roster"), account=account, on=on)
    planned = RosterDay.objects.filter(~Exists(turn), unit=unit, on=on)
    asked = Unit.objects.filter(pk=unit.pk)
    return asked.filter(Exists(absent) | Exists(clocked) | Exists(planned)).exists()


def own_entry(*, number: int, actor: Actor) -> WorkEntry:
    """Return one of the actor's own entries.

    :raises NotFound: if there is none, or it is somebody else's.
    """
    mine = WorkEntry.objects.filter(account=people.account_of(actor), pk=number)
    found = mine.select_related("account", "proof").first()
    if found is None:
        raise NotFound(_("There is no such entry."))
    return found


def work_reports_of(account: Account, *, limit: int) -> list[WorkReport]:
    """Return the last reports that somebody handed in, the newest day first."""
    return list(WorkReport.objects.filter(account=account).order_by("-on")[:limit])


def work_report(*, username: str, on: date, actor: Actor, today: date) -> WorkReport:
    """Return a report that the actor may judge today.

    :raises NotFound: if there is none, or the actor may not: the same answer.
    """
    found = shown(WorkReport.objects.filter(account__username=username, on=on)).first()
    if found is None or not decides(actor, found, on=today):
        raise NotFound(_("There is no such report."))
    return found


def shown(reports: QuerySet[WorkReport]) -> QuerySet[WorkReport]:
    """Return reports with what lists and decisions read."""
    return reports.select_related("account", "unit__parent", "decided_by")


def waiting_reports(
    *, unit: Unit, actor: Actor, today: date, limit: int = MOST_WAITING
) -> list[WorkReport]:
    """Return what waits for the superior of a unit, the oldest day first.

    The staff's, and those of the heads of the units right below; never the actor's own.
    """
    wanted = deciding(actor, on=today, unit=unit).rows
    found = shown(WorkReport.objects.filter(wanted, state=WorkReport.State.SUBMITTED))
    return list(found.order_by("on", "account__full_name", "id")[:limit])


def entries_of(reports: Sequence[WorkReport]) -> dict[tuple[int, date], list[WorkEntry]]:
    """Return what people wrote themselves, for several reports. One query."""
    found: dict[tuple[int, date], list[WorkEntry]] = {(r.account_id, r.on): [] for r in reports}
    wanted = WorkEntry.objects.filter(
        account__in={r.account_id for r in reports}, on__in={r.on for r in reports}
    )
    for entry in wanted.select_related("proof").order_by("id"):
        if (entry.account_id, entry.on) in found:
            found[(entry.account_id, entry.on)].append(entry)
    return found


def is_report_overdue(report: WorkReport, *, today: date) -> bool:
    """Say whether a report waits for longer than the region's limit, if it set one."""
    limit = settings.WORK_VALIDATION_DAYS
    waits = report.state == WorkReport.State.SUBMITTED
    return bool(limit) and waits and today > report.on + timedelta(days=limit)
