"""Erasing: who it was and whom they met is known only for a while. Figures stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from loket.incidents.events import IncidentErased
from loket.incidents.models import Contact, Incident, Task
from loket.kernel.access import Actor
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.workforce import services as workforce

BATCH = 200


def erase_expired(*, actor: Actor, at: datetime) -> int:
    """Erase incidents whose time is over, open ones too. Return how many, at most a batch."""
    today = organisation.today(None, at=at)
    over = Incident.objects.filter(erase_on__lte=today).exclude(state=Incident.State.ERASED)
    return sum(_erase(row, actor=actor, at=at) for row in over.order_by("id")[:BATCH])


def _erase(incident: Incident, *, actor: Actor, at: datetime) -> bool:
    """Erase one incident; False if somebody else just did."""
    with transaction.atomic():
        whole = Incident.objects.filter(pk=incident.pk).exclude(state=Incident.State.ERASED)
        if not whole.update(
            state=Incident.State.ERASED,
            account=None,
            visitor="",
            words="",
            visited_from=None,
            visited_until=None,
            absence="",
        ):
            return False
        gone, _by_table = Contact.objects.filter(incident=incident).delete()
        Task.objects.filter(incident=incident).update(words="")
        workforce.forget_source(source=incident.subject, actor=actor, at=at)
        announce(
            IncidentErased(
                actor=actor,
                at=at,
                subject=incident.subject,
                unit=incident.unit_path,
                contacts=gone,
            )
        )
    return True
