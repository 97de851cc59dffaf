"""What the team does with an incident."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loket.desk import typed
from loket.desk.closures.showing import done_at
from loket.desk.requests import DeskRequest, staff_only
from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.models import Incident
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.organisation.models import Room
from loket.ui import reply

from . import showing
from .views import account_for


def carried_out(
    request: DeskRequest, code: str, act: str, work: Callable[[Incident], str]
) -> HttpResponse:
    """Do something with an incident and say so, or show why not where it was asked."""
    incident = queries.get(code=code, actor=request.actor)
    try:
        said = work(incident)
    except (Invalid, Conflict) as refusal:
        account_for(request, incident, at=clock.now())
        status = 422 if isinstance(refusal, Invalid) else 409
        fresh = queries.get(code=code, actor=request.actor)
        return showing.page(request, fresh, refused=refusal, act=act, status=status)
    messages.success(request, said)
    return reply.seen_other(reverse("desk:incident", args=[code]))


@require_POST
@staff_only
@reply.private
def do_task(request: DeskRequest, code: str) -> HttpResponse:
    """Write down that disinfection or tracing was done."""
    at = clock.now()
    state = showing.typed_task(request, at)

    def work(incident: Incident) -> str:
        shut = incident.closure
        since = shut.starts_at if shut else incident.reported_at
        incidents.do_task(
            incident=incident,
            kind=state["kind"],
            words=state["words"],
            done_at=done_at(state, since=since, at=at),
            actor=request.actor,
            at=at,
        )
        return _("It is recorded.")

    return carried_out(request, code, f"task-{state['kind']}", work)


@require_POST
@staff_only
@reply.private
def trace(request: DeskRequest, code: str) -> HttpResponse:
    """Look for contacts again."""

    def work(incident: Incident) -> str:
        new = incidents.trace(incident=incident, actor=request.actor, at=clock.now())
        if not new:
            return _("Contacts were looked for again. Nobody is new.")
        return ngettext(
            "%(new)s more contact was found.", "%(new)s more contacts were found.", new
        ) % {"new": new}

    return carried_out(request, code, "trace", work)


@require_POST
@staff_only
@reply.private
def set_aside(request: DeskRequest, code: str) -> HttpResponse:
    """Say that somebody on the list was no contact."""
    ref = typed.one(request.POST, "contact")

    def work(incident: Incident) -> str:
        contact = queries.contact(incident, ref=ref)
        incidents.set_aside(
            contact=contact,
            words=typed.one(request.POST, "words"),
            actor=request.actor,
            at=clock.now(),
        )
        return _("%(name)s does not count as a contact any more.") % {"name": contact.name}

    return carried_out(request, code, f"aside-{ref}", work)


@require_POST
@staff_only
@reply.private
def restore(request: DeskRequest, code: str) -> HttpResponse:
    """Count somebody as a contact again."""
    ref = typed.one(request.POST, "contact")

    def work(incident: Incident) -> str:
        contact = queries.contact(incident, ref=ref)
        incidents.restore(contact=contact, actor=request.actor, at=clock.now())
        return _("%(name)s counts as a contact again.") % {"name": contact.name}

    return carried_out(request, code, "restore", work)


@require_POST
@staff_only
@reply.private
def shut(request: DeskRequest, code: str) -> HttpResponse:
    """Close the unit, or one of its rooms."""

    def work(incident: Incident) -> str:
        room = None
        if chosen := typed.one(request.POST, "what"):
            room = Room.objects.filter(unit=incident.unit, code=chosen).first()
            if room is None:
                sentence = _("Choose what is closed.")
                raise Invalid(sentence, fields={"what": [sentence]})
        incidents.shut(incident=incident, room=room, actor=request.actor, at=clock.now())
        return _("It is closed. Applications online go on; due dates stand still.")

    return carried_out(request, code, "shut", work)


@require_POST
@staff_only
@reply.private
def clear(request: DeskRequest, code: str) -> HttpResponse:
    """Say that it is over, and let what was shut open again."""

    def work(incident: Incident) -> str:
        at = clock.now()
        done = incidents.clear(incident=incident, actor=request.actor, at=at)
        closure = done.closure
        if closure is None or closure.reopened_at is None:
            return _("The incident is over.")
        if closure.reopened_at > at:
            return _("The incident is over. It is decided when the office opens again.")
        return _("The incident is over, and the office is open again.")

    return carried_out(request, code, "clear", work)
