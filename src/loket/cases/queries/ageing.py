"""How old the open cases of a unit get: what is past its date, what nobody has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from loket.kernel.access import Actor

from .clocks import today
from .listing import of_units

WORKED_ON = ("officer", "head")
"""Who must act while the clock of a case runs."""


@dataclass(frozen=True, slots=True)
class Ageing:
    """Open cases of some units that staff must act on."""

    waiting: int
    overdue: int
    """Past their date."""
    due_today: int
    unclaimed: int
    """Of those that officers check, which nobody holds."""


def ageing(*, actor: Actor, units: Collection[int], at: datetime) -> Ageing:
    """Return how many cases of units that the actor may see are how far. One query.

    ``units`` are among those that :func:`units_of` gave for the actor.
    """
    on = today(at)
    rows = of_units(actor, units).filter(unit__in=units).open().filter(state_kind__in=WORKED_ON)
    free = Q(state_kind="officer") & (Q(holder=None) | Q(held_until__lte=at))
    found = rows.aggregate(
        waiting=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        due_today=Count("pk", filter=Q(due_on=on)),
        unclaimed=Count("pk", filter=free),
    )
    return Ageing(**found)
