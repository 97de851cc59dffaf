"""What must be done before the office may reopen, and that it was done."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.incidents.access import HANDLE
from loket.incidents.events import IncidentTaskDone
from loket.incidents.models import Incident, Task
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.policies import services as policies
from loket.policies.access import CLOSE

MOST = 300


def do_task(
    *,
    incident: Incident,
    kind: str,
    words: str,
    done_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Task:
    """Write down that disinfection or tracing was done; the closure has its record with it.

    :raises NotAllowed: if the actor does not handle incidents of the unit.
    :raises Invalid: if there is no such task, nothing is said, or the moment cannot be.
    :raises Conflict: if it was done already, or the incident is over.
    """
    require(actor, HANDLE, scope=incident.unit_path)
    moment = done_at or at
    _require_sound(incident, kind, words, moment, at=at)
    with transaction.atomic():
        is_open = _lock(incident)
        # By its own columns alone: PostgreSQL looks at them again after it has waited.
        mine = Task.objects.filter(incident=incident, kind=kind, done_at=None)
        said = words.strip()[:MOST]
        if not is_open or not mine.update(done_at=moment, done_by=actor.name[:60], words=said):
            raise Conflict(_("This was done already, or the incident is over."))
        if incident.closure is not None and incident.closure.reopened_at is None:
            # The record of its own closure is a part of the task; opening it is not.
            scope = incident.closure.unit_path
            grants = actor.grants | {(CLOSE.name, scope)}
            policies.record(
                closure=incident.closure,
                kind=kind,
                done_at=moment,
                words=said,
                actor=Actor(ref=actor.ref, name=actor.name, grants=grants),
                at=at,
            )
        announce(
            IncidentTaskDone(
                actor=actor,
                at=at,
                subject=incident.subject,
                unit=incident.unit_path,
                kind=kind,
            )
        )
    return Task.objects.get(incident=incident, kind=kind)


def _lock(incident: Incident) -> bool:
    """Make clearing and erasing wait; say whether the incident is open."""
    rows = Incident.objects.select_for_update().filter(pk=incident.pk)
    return rows.filter(state=Incident.State.OPEN).exists()


def _require_sound(
    incident: Incident, kind: str, words: str, moment: datetime, *, at: datetime
) -> None:
    wrong: dict[str, list[str]] = {}
    since = incident.closure.starts_at if incident.closure else incident.reported_at
    if kind not in Task.Kind.values:
        wrong["kind"] = [_("Choose what was done.")]
    if not words.strip():
        wrong["words"] = [_("Say who did what.")]
    if moment > at:
        wrong["done_at"] = [_("It cannot have been done in the future.")]
    elif moment < since:
        wrong["done_at"] = [_("It must have been done after the closure began.")]
    if wrong:
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)
