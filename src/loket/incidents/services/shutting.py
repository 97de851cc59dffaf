"""The unit or the room of a positive case is shut, or joins what is shut already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.incidents.access import HANDLE
from loket.incidents.models import Incident, Task
from loket.incidents.queries import finding
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.policies import services as policies
from loket.policies.access import CLOSE
from loket.policies.models import Closure
from loket.policies.rules import format as form
from loket.policies.rules.closing import REASONS


@transaction.atomic
def shut(
    *, incident: Incident, room: Room | None = None, actor: Actor, at: datetime
) -> Closure:
    """Shut the unit of an incident that closed nothing yet, or only a room of it.

    What was done before is to be done again: people were in it meanwhile.

    :raises NotAllowed: if the actor may not handle the incident, or may not close the unit.
    :raises Conflict: if it is over, or has its closure already.
    """
    require(actor, HANDLE, scope=incident.unit_path)
    require(actor, CLOSE, scope=incident.unit_path)
    existing = finding.closure_over(incident.unit, room)
    closure = existing or _close(incident.unit, room, actor=actor, at=at)
    if not _hold(incident, closure):
        raise Conflict(_("This incident has its closure already, or is over."))
    return closure


@transaction.atomic
def _shut_for(
    incident: Incident, unit: Unit, room: Room | None, *, actor: Actor, at: datetime
) -> Incident:
    """Shut what somebody wanted shut who reported a case that is known; else do nothing."""
    closure = finding.closure_over(unit, room)
    if closure is None and actor.may(CLOSE, scope=unit.path):
        closure = _close(unit, room, actor=actor, at=at)
    if closure is not None:
        _hold(incident, closure)
    return incident


def _hold(incident: Incident, closure: Closure) -> bool:
    """Let an open incident without a closure keep one shut; say whether it was one."""
    bare = Incident.objects.filter(
        pk=incident.pk, state=Incident.State.OPEN, closure__isnull=True
    )
    if not bare.update(closure=closure):
        return False
    incident.closure = closure
    before = Task.objects.filter(incident=incident, done_at__lt=closure.starts_at)
    before.update(done_at=None, done_by="", words="")
    return True


def _close(unit: Unit, room: Room | None, *, actor: Actor, at: datetime) -> Closure:
    """Shut the place; if somebody does so at this very moment, that is the closure."""
    try:
        return policies.close(form=_form(unit, room, at), actor=actor, at=at)
    except Conflict:
        existing = finding.closure_over(unit, room)
        if existing is None:
            raise
        return existing


def _form(unit: Unit, room: Room | None, at: datetime) -> form.ClosureForm:
    """Return the closure: of the room, or of the unit without the units below it."""
    scope: dict[str, Any] = {"room": room.code} if room else {"units": [unit.code]}
    below = [] if room else organisation.children(unit.code)
    with override("id"):
        indonesian = _("The office is closed for disinfection. Online services go on.")
    with override("en"):
        english = _("The office is closed for disinfection. Online services go on.")
    return form.ClosureForm.model_validate(
        {
            **scope,
            "reason": finding.REASON,
            "from": at,
            "basis": REASONS[finding.REASON].source,
            "words": {"id": indonesian, "en": english},
            "stays_open": [{"units": [child.code]} for child in below],
        }
    )
