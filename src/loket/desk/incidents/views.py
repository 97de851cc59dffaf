"""Incidents at the desk: which there are, and one of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from loket.desk import choosing
from loket.desk.requests import DeskRequest, staff_only
from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.access import HANDLE, REPORT
from loket.incidents.models import Incident
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.policies import queries as policies
from loket.policies.access import CLOSE
from loket.ui import reply

from . import showing

FOR = timedelta(minutes=30)
"""One entry in the journal covers the looks of half an hour."""
MOST = 100


@require_safe
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """List the incidents that the actor handles, without names; or what of theirs is closed."""
    actor, at = request.actor, clock.now()
    choosing.require_seat(actor, REPORT, HANDLE)
    rows = queries.visible_to(actor).prefetch_related("tasks")[:MOST]
    context = {
        "handles": bool(actor.scopes(HANDLE)),
        "may_report": bool(actor.scopes(REPORT)),
        "rows": [listed(row, at) for row in rows],
        "closures": [] if actor.scopes(HANDLE) else own_closures(actor, at),
    }
    return reply.page(request, "desk/incidents/index.html", context)


def listed(row: Incident, at: datetime) -> dict[str, Any]:
    """Return an incident as the list shows it."""
    tasks = list(row.tasks.all())
    return {
        "incident": row,
        "is_open": row.state == Incident.State.OPEN,
        "is_erased": row.state == Incident.State.ERASED,
        "clock": showing.clock_of(tasks, at=at),
    }


def own_closures(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Return what is closed for a positive case among what the actor could close."""
    return [
        {"closure": row, "label": showing.shut_label(row)}
        for row in policies.closures(open_only=True, at=at)
        if row.reason == "positive_case"
        and any(actor.may(CLOSE, scope=path) for path in row.scopes)
    ]


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show one incident, to its team alone; each look is written down."""
    incident = queries.get(code=code, actor=request.actor)
    account_for(request, incident, at=clock.now())
    return showing.page(request, incident)


def account_for(request: DeskRequest, incident: Incident, *, at: datetime) -> None:
    """Write down that somebody looks, once for half an hour."""
    looks = request.session.get("incident_looks", {})
    until = looks.get(incident.code, "")
    if until and at < datetime.fromisoformat(until):
        return
    incidents.look(incident=incident, actor=request.actor, at=at)
    now = at.isoformat()
    fresh = {code: until for code, until in looks.items() if until > now}
    request.session["incident_looks"] = fresh | {incident.code: (at + FOR).isoformat()}
