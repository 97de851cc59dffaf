"""Questions about turns that colleagues want to change."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce.access import PLAN
from loket.workforce.models import Swap
from loket.workforce.queries.superiors import deciding


def swaps_of(*, account: Account) -> list[Swap]:
    """Return the swaps that somebody asked for or was asked for, the latest first."""
    rows = _all().filter(Q(asker=account) | Q(other=account))
    return list(rows.order_by("-asked_at", "-id"))


def swaps_to_decide(*, actor: Actor, today: date, unit: Unit | None = None) -> list[Swap]:
    """Return the swaps that colleagues agreed on and somebody may decide, the first first.

    With a unit only those for which its heads are the nearest.
    """
    if not actor.scopes(PLAN):
        return []
    mine = deciding(actor, on=today, unit=unit).swaps
    rows = _all().filter(mine, state=Swap.State.AGREED)
    return list(rows.order_by("gives_on", "id"))


def swap(*, code: str, actor: Actor) -> Swap:
    """Return a swap.

    :raises NotFound: if there is none, or the actor neither takes part nor plans the unit.
    """
    found = _all().filter(code=code).first()
    if found is None or not _may_see(found, actor):
        raise NotFound(_("There is no swap “%(code)s”.") % {"code": code})
    return found


def _all() -> QuerySet[Swap]:
    return Swap.objects.select_related("unit__office", "asker", "other")


def _may_see(swap: Swap, actor: Actor) -> bool:
    takes_part = actor.ref in (swap.asker.ref, swap.other.ref)
    return takes_part or actor.may(PLAN, scope=swap.unit.path)
