"""What an actor decides as a superior; the rule is that of :mod:`people.queries.superiors`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.workforce.access import PLAN, RECORD, VALIDATE
from loket.workforce.models import Absence, Clocking, Ruling, WorkReport


@dataclass(frozen=True, slots=True)
class Deciding:
    """On what an actor decides on a day; with a unit, what nobody nearer than its heads does."""

    chain: people.Chain
    validating: frozenset[str]
    keeping: frozenset[str]
    planning: frozenset[str]
    """Paths of the units where the actor validates, keeps records, and plans."""
    unit: Unit | None
    on: date

    @property
    def rows(self) -> Q:
        """Return what tells reports, appeals and clockings."""
        mine = self.chain.decided_by_me(self.validating, self.keeping)
        return mine & self.chain.answering_to(self.unit) if self.unit else mine

    @property
    def absences(self) -> Q:
        """Return what tells absences: by where people belong."""
        seats = people.home_seats(on=self.on).filter(account=OuterRef("account"))
        return Q(Exists(seats.filter(self.rows)))

    @property
    def swaps(self) -> Q:
        """Return what tells swaps: by both who change turns.

        Without anybody above it is no swap: a head moves turns of the own unit by hand.
        """
        asker, other = (
            self.chain.decided_by_me(self.planning, account=who) for who in ("asker", "other")
        )
        if self.unit is None:
            return asker & other
        nearest = self.chain.answering_to(self.unit, account="asker")
        return asker & other & (nearest | self.chain.answering_to(self.unit, account="other"))


def deciding(actor: Actor, *, on: date, unit: Unit | None = None) -> Deciding:
    """Return on what an actor decides on a day, anywhere or as seen from a unit.

    Two queries; four where heads below matter.
    """
    validating, planning = actor.scopes(VALIDATE), actor.scopes(PLAN)
    keeping = actor.scopes(RECORD)
    known = people.chain(actor, keeping=keeping, unit=unit, on=on)
    return Deciding(known, validating, keeping, planning, unit, on)


def deciding_first(
    actor: Actor, *, on: date, units: Collection[Unit]
) -> tuple[Deciding, list[Deciding]]:
    """Return on what an actor decides anywhere, and as seen from each of some units.

    Two queries for each unit; four where heads below matter.
    """
    near = [deciding(actor, on=on, unit=unit) for unit in units]
    return (replace(near[0], unit=None) if near else deciding(actor, on=on)), near


def decides(actor: Actor, row: Absence | Clocking | Ruling | WorkReport, *, on: date) -> bool:
    """Say whether an actor decides on something of somebody's."""
    mine = deciding(actor, on=on)
    rule = mine.absences if isinstance(row, Absence) else mine.rows
    return type(row).objects.filter(rule, pk=row.pk).exists()


def decides_on(actor: Actor, account: Account, unit: Unit, *, on: date) -> bool:
    """Say whether an actor decides on what somebody does, or did, on a unit's staff."""
    held = Position.objects.filter(account=account, unit=unit)
    return held.filter(deciding(actor, on=on).rows).exists()
