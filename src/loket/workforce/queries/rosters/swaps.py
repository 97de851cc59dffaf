"""Questions about turns that colleagues want to change."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.people.models import Account
from loket.workforce.access import PLAN
from loket.workforce.models import Swap


def swaps_of(*, account: Account) -> list[Swap]:
    """Return the swaps that somebody asked for or was asked for, the latest first."""
    rows = _all().filter(Q(asker=account) | Q(other=account))
    return list(rows.order_by("-asked_at", "-id"))


def swaps_to_decide(*, actor: Actor) -> list[Swap]:
    """Return the swaps that colleagues agreed on and somebody may decide, the first first.

    Not those in which they change turns themselves.
    """
    if not actor.scopes(PLAN):
        return []
    rows = _all().filter(state=Swap.State.AGREED).order_by("gives_on", "id")
    return [
        swap
        for swap in rows
        if actor.may(PLAN, scope=swap.unit.path)
        and actor.ref not in (swap.asker.ref, swap.other.ref)
    ]


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
