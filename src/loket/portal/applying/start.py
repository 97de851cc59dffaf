"""Beginning an application, going on with one, or throwing it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.cases import queries as cases
from loket.cases import services as doing
from loket.cases.queries.clocks import today
from loket.catalogue import queries as catalogue
from loket.catalogue.rules import flow
from loket.kernel import clock
from loket.people import queries as people
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply


@resident_only
@require_http_methods(["GET", "POST"])
def begin(request: PortalRequest, code: str) -> HttpResponse:
    """Begin; where there is an open draft, ask whether to go on with it.

    A suspended service is not begun: the page says why, and from when it is given again.
    """
    version, now = catalogue.get(code), clock.now()
    draft = cases.drafts_of(request.actor).filter(service_code=version.code).first()
    stop = cases.stopped(version.service, draft.answers if draft else None, at=now)
    if request.method == "GET" or (stop and not draft):
        context = {"version": version, "service": version.service, "draft": draft, "stop": stop}
        status = 200 if request.method == "GET" else 409
        return reply.page(request, "portal/apply/start.html", context, status=status)
    if draft and not stop and request.POST.get("afresh"):
        doing.discard_draft(draft=draft, actor=request.actor, at=now)
    draft = doing.start_draft(
        service_code=version.code,
        resident=people.resident_of(request.actor),
        actor=request.actor,
        at=now,
    )
    return reply.seen_other(reverse("portal:draft", args=[draft.code]))


@resident_only
@require_safe
def resume(request: PortalRequest, code: str) -> HttpResponse:
    """Go on with the first question that has no answer yet; say if the form has changed."""
    draft = cases.draft(code=code, actor=request.actor)
    if carried := doing.carry_draft(draft=draft, actor=request.actor, at=clock.now()):
        context = {"draft": draft, "service": draft.service_version.service, "carried": carried}
        return reply.page(request, "portal/apply/carried.html", context)
    on = today(clock.now())
    question = flow.first_unanswered(draft.service_version.service, draft.answers, on)
    if question is None:
        return reply.seen_other(reverse("portal:draft-check", args=[draft.code]))
    return reply.seen_other(reverse("portal:question", args=[draft.code, question.name]))


@resident_only
@require_POST
def discard(request: PortalRequest, code: str) -> HttpResponse:
    """Throw an application away that was not sent."""
    draft = cases.draft(code=code, actor=request.actor)
    doing.discard_draft(draft=draft, actor=request.actor, at=clock.now())
    messages.success(request, _("The draft and its files are deleted."))
    return reply.seen_other(reverse("portal:cases"))
