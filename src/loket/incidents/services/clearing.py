"""An incident is over: the work is done, and what it shut opens again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.incidents.access import HANDLE
from loket.incidents.events import IncidentCleared
from loket.incidents.models import Incident
from loket.incidents.queries import finding
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.policies import queries as policy
from loket.policies import services as policies


@transaction.atomic
def clear(*, incident: Incident, actor: Actor, at: datetime) -> Incident:
    """Say that an incident is over, and decide that what it shut opens as soon as it may.

    What another open incident needs shut stays shut. Names are kept for a while from now on.

    :raises NotAllowed: if the actor may not handle it, or may not reopen what it shut.
    :raises Conflict: if disinfection or tracing is not done, or it is over already.
    """
    require(actor, HANDLE, scope=incident.unit_path)
    # Somebody may close the office for it at this very moment: that is waited for.
    Incident.objects.select_for_update().get(pk=incident.pk)
    incident.refresh_from_db()
    if finding.undone(incident):
        raise Conflict(_("Disinfection and tracing must both be done first."))
    today = organisation.today(incident.unit, at=at)
    still = Incident.objects.filter(pk=incident.pk, state=Incident.State.OPEN)
    if not still.update(
        state=Incident.State.CLEARED,
        cleared_at=at,
        erase_on=today + timedelta(days=settings.INCIDENT_DAYS),
    ):
        raise Conflict(_("This incident is over already."))
    closure = policy.closure(incident.closure.code) if incident.closure else None
    is_last = closure is not None and not finding.sharing(closure, besides=incident).exists()
    if closure is not None and is_last and closure.reopened_at is None:
        policies.reopen(closure=closure, actor=actor, at=at)
    incident.refresh_from_db()
    announce(
        IncidentCleared(actor=actor, at=at, subject=incident.subject, unit=incident.unit_path)
    )
    return incident
