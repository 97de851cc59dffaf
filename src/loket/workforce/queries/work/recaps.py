"""What was handed in during a month, by person and by day. Counts and sums; no judgement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from loket.kernel.access import Actor, require
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce.access import VALIDATE, VIEW
from loket.workforce.models import WorkEntry, WorkReport

from .days import counted_in, entries_of

LATER = timedelta(days=32)
"""From the first of a month, this is always in the next."""


@dataclass(frozen=True, slots=True)
class RecapDay:
    """One person's report of one day."""

    account: Account
    on: date
    state: str
    is_late: bool
    counts: dict[str, int]
    """Kind of work, counted or written down, to how often."""
    minutes: dict[str, int]
    """Kind of work to its minutes."""
    words: tuple[str, ...]
    """Hours on record, and what was written down."""

    @property
    def total(self) -> int:
        """Return all minutes."""
        return sum(self.minutes.values())


@dataclass(frozen=True, slots=True)
class RecapPerson:
    """What one person handed in during a month."""

    account: Account
    days: tuple[RecapDay, ...]

    @property
    def validated(self) -> int:
        """Return how many days the superior validated."""
        return self._in(WorkReport.State.VALIDATED)

    @property
    def waiting(self) -> int:
        """Return how many days wait for the superior."""
        return self._in(WorkReport.State.SUBMITTED)

    @property
    def returned(self) -> int:
        """Return how many days were given back and not handed in again."""
        return self._in(WorkReport.State.RETURNED)

    @property
    def late(self) -> int:
        """Return how many days came late."""
        return sum(day.is_late for day in self.days)

    @property
    def pieces(self) -> int:
        """Return how many pieces of work there were."""
        return sum(sum(day.counts.values()) for day in self.days)

    @property
    def minutes(self) -> int:
        """Return all minutes."""
        return sum(day.total for day in self.days)

    def _in(self, state: str) -> int:
        return sum(day.state == state for day in self.days)


def month_of(on: date) -> tuple[date, date]:
    """Return the first day of a month, and of the next."""
    first = on.replace(day=1)
    return first, (first + LATER).replace(day=1)


def recap_of_unit(*, unit: Unit, month: date, actor: Actor) -> list[RecapPerson]:
    """Return what the people of a unit handed in during a month, by name. Two queries.

    :raises NotAllowed: if the actor neither validates nor sees who works there.
    """
    if not actor.may(VIEW, scope=unit.path):
        require(actor, VALIDATE, scope=unit.path)
    since, until = month_of(month)
    reports = WorkReport.objects.filter(unit=unit, on__gte=since, on__lt=until)
    ordered = reports.select_related("account").order_by("account__full_name", "account", "on")
    return _people(ordered)


def recap_of(*, account: Account, month: date) -> RecapPerson:
    """Return what one person handed in during a month. Two queries."""
    since, until = month_of(month)
    reports = WorkReport.objects.filter(account=account, on__gte=since, on__lt=until)
    found = _people(reports.select_related("account").order_by("on"))
    return found[0] if found else RecapPerson(account, ())


def _people(reports: Iterable[WorkReport]) -> list[RecapPerson]:
    rows = list(reports)
    entries = entries_of(rows)
    days: defaultdict[int, list[RecapDay]] = defaultdict(list)
    accounts: dict[int, Account] = {}
    for row in rows:
        accounts[row.account_id] = row.account
        days[row.account_id].append(_day(row, entries[(row.account_id, row.on)]))
    return [RecapPerson(accounts[key], tuple(found)) for key, found in days.items()]


def _day(report: WorkReport, entries: list[WorkEntry]) -> RecapDay:
    counts, minutes = Counter[str](), Counter[str]()
    lines = counted_in(report)
    for line in lines:
        counts[line.kind] += line.count
        minutes[line.kind] += line.minutes
    for entry in entries:
        counts[entry.kind] += entry.count
        minutes[entry.kind] += entry.minutes
    return RecapDay(
        account=report.account,
        on=report.on,
        state=report.state,
        is_late=report.is_late,
        counts=dict(counts),
        minutes=dict(minutes),
        words=(
            *(f"{line.label}: {line.words}" for line in lines if line.words),
            *(entry.words for entry in entries),
        ),
    )
