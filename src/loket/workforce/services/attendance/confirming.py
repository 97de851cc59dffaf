"""Confirm what a phone says of a clocking that came in late."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.workforce.events import ClockingConfirmed
from loket.workforce.models import Clocking
from loket.workforce.queries.attendance.facts import claimable
from loket.workforce.services.overseeing import require_superior
from loket.workforce.services.telling import tell_clocking

from . import stays


def confirm_clocking(*, clocking: Clocking, actor: Actor, at: datetime) -> Clocking:
    """Let the time count that the phone claims, for the superior.

    :raises NotAllowed: if the actor is not the superior, or it is their own.
    :raises Invalid: if the claim lies outside what is possible; then only an appeal helps.
    :raises Conflict: if somebody confirmed it already.
    """
    require_superior(actor, clocking, at=at)
    if clocking.confirmed_by:
        raise Conflict(_("This was already confirmed."))
    claimed = claimable(clocking)
    if claimed is None:
        raise Invalid(
            _(
                "What the phone claims lies outside the time in which it was without a line. "
                "It cannot be confirmed; whoever it concerns can appeal."
            )
        )
    before = clocking.counts_at
    with transaction.atomic():
        waiting = Clocking.objects.filter(pk=clocking.pk, confirmed_by="")
        if not waiting.update(confirmed_by=actor.ref, counts_at=claimed):
            raise Conflict(_("This was already confirmed."))
        clocking.confirmed_by, clocking.counts_at = actor.ref, claimed
        stays.retime(clocking, before=before)
        announce(
            ClockingConfirmed(
                actor=actor,
                at=at,
                subject=clocking.account.ref,
                unit=clocking.unit.path,
                on=clocking.on.isoformat(),
                kind=clocking.kind,
            )
        )
        tell_clocking(clocking, actor=actor, at=at)
    return clocking
