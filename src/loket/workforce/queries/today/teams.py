"""One unit today, as its head sees it: who is where, what is full, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, IntegerField, Q, QuerySet, Subquery

from loket.kernel.access import Actor
from loket.organisation.models import Room, Unit
from loket.people.models import Position
from loket.workforce.models import Absence, Clocking, Roster, Ruling, Swap, WorkReport
from loket.workforce.queries.superiors import deciding

from .presence import Presence, placed, seats


@dataclass(frozen=True, slots=True)
class Teammate:
    """One of the staff, and where they are."""

    account_id: int
    name: str
    title: str
    phone: str
    """Of the record of employment; empty if none is kept."""
    where: Presence

    @property
    def is_in(self) -> bool:
        """Say whether they clocked in, wherever, and have not clocked out."""
        return self.where.clocked_in_at is not None and self.where.clocked_out_at is None


@dataclass(frozen=True, slots=True)
class Waits:
    """How much waits for the decision of somebody in a unit."""

    reports: int
    appeals: int
    absences: int
    swaps: int
    drafts: int
    """Rosters planned again because something changed; nobody has published them yet."""
    is_clocked: bool
    """Whether anybody of the unit ever clocked in: else nobody can be missed."""

    @property
    def total(self) -> int:
        """Return how much waits altogether."""
        return self.reports + self.appeals + self.absences + self.swaps + self.drafts


@dataclass(frozen=True, slots=True)
class RoomNow:
    """A room, and how many people of the staff are in it."""

    code: str
    name: str
    capacity: int
    people: int


def team(*, unit: Unit, on: date, at: datetime) -> list[Teammate]:
    """Return the staff of a unit by name, and where each is on a day. Five queries."""
    staff = seats([unit], on=on)
    found = placed(staff, units=[unit], on=on, at=at)
    return [
        Teammate(
            seat.account_id, seat.name, seat.title, seat.phone or "", found[seat.account_id]
        )
        for seat in sorted(staff, key=lambda seat: (seat.name, seat.title))
    ]


def _held(unit: Unit, *, on: date) -> QuerySet[Position]:
    still = Q(ends_on=None) | Q(ends_on__gt=on)
    basis = Position.Basis.DEFINITIVE
    return Position.objects.filter(still, unit=unit, starts_on__lte=on, basis=basis)


class _Number(Subquery):
    """How many rows a query has, within another statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def waits(*, unit: Unit, actor: Actor, on: date) -> Waits:
    """Return how much the actor may decide in a unit: of its staff, and of the heads below.

    Three queries; five where heads below matter.
    """
    mine = deciding(actor, on=on, unit=unit)
    theirs = mine.rows
    asked = Absence.objects.filter(mine.absences, state=Absence.State.ASKED)
    reports = WorkReport.objects.filter(theirs, state=WorkReport.State.SUBMITTED)
    appeals = Ruling.objects.filter(theirs, state=Ruling.State.ASKED)
    swaps = Swap.objects.filter(mine.swaps, state=Swap.State.AGREED)
    drafts = Roster.objects.filter(unit=unit, state=Roster.State.DRAFT).exclude(cause="")
    counts = {
        "reports": _Number(reports.order_by().values("pk")),
        "appeals": _Number(appeals.order_by().values("pk")),
        "absences": _Number(asked.order_by().values("pk")),
        "swaps": _Number(swaps.order_by().values("pk")),
        "drafts": _Number(drafts.order_by().values("pk")),
        "is_clocked": Exists(Clocking.objects.filter(unit=unit)),
    }
    row = Unit.objects.filter(pk=unit.pk).annotate(**counts).values(*counts).get()
    return Waits(**row)


def rooms_now(*, unit: Unit, on: date, at: datetime) -> list[RoomNow]:
    """Return the rooms of a unit and how many of the staff are in each. One query."""
    inside = Q(stays__on=on, stays__starts_at__lte=at) & (
        Q(stays__ends_at=None) | Q(stays__ends_at__gt=at)
    )
    people = Count("stays__account", filter=inside, distinct=True)
    rows = Room.objects.filter(unit=unit).annotate(people=people).order_by("code")
    return [RoomNow(*row) for row in rows.values_list("code", "name", "capacity", "people")]
