"""What an actor decides as a superior; the rule is :func:`people.queries.decided_by`."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.people.rules.refs import number_of
from loket.workforce.access import PLAN, RECORD, VALIDATE
from loket.workforce.models import Absence, Clocking, Ruling, WorkReport


def decided_by(actor: Actor, *, on: date) -> Q:
    """Return what tells the reports, appeals and clockings on which an actor decides."""
    return people.decided_by(
        number_of(actor.ref),
        heading=actor.scopes(VALIDATE),
        keeping=actor.scopes(RECORD),
        on=on,
    )


def absences_decided_by(actor: Actor, *, on: date, unit: Unit | None = None) -> Q:
    """Return what tells the absences on which an actor decides: by where people belong.

    With a unit only those for which its heads are the nearest.
    """
    seats = people.home_seats(on=on).filter(account=OuterRef("account"))
    if unit is not None:
        seats = seats.filter(people.answering_to(unit, on=on))
    return Q(Exists(seats.filter(decided_by(actor, on=on))))


def swaps_decided_by(actor: Actor, *, on: date) -> Q:
    """Return what tells the swaps on which an actor decides: on both who change turns.

    Without anybody above it is no swap: a head moves turns of the own unit by hand.
    """
    number, heading = number_of(actor.ref), actor.scopes(PLAN)
    asker, other = (
        people.decided_by(number, heading=heading, on=on, account=who)
        for who in ("asker", "other")
    )
    return asker & other


def swaps_answering_to(unit: Unit, *, on: date) -> Q:
    """Return what tells the swaps for which a unit's heads are the nearest."""
    return people.answering_to(unit, on=on, account="asker") | people.answering_to(
        unit, on=on, account="other"
    )


def decides(actor: Actor, row: Absence | Clocking | Ruling | WorkReport, *, on: date) -> bool:
    """Say whether an actor decides on something of somebody's."""
    is_absence = isinstance(row, Absence)
    rule = absences_decided_by(actor, on=on) if is_absence else decided_by(actor, on=on)
    return type(row).objects.filter(rule, pk=row.pk).exists()


def decides_on(actor: Actor, account: Account, unit: Unit, *, on: date) -> bool:
    """Say whether an actor decides on what somebody does, or did, on a unit's staff."""
    held = Position.objects.filter(account=account, unit=unit)
    return held.filter(decided_by(actor, on=on)).exists()
