"""Taking what was pressed, from a form or from the queue of a phone; and what a phone keeps."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotAllowed, Refusal, TooMany
from loket.organisation import queries as organisation
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce

from . import inputs, saying
from .views import clock_page

WORKER = Path(__file__).resolve().parents[1] / "static" / "desk" / "attendance-worker.js"
STATUS = {TooMany: 429, NotAllowed: 403, Conflict: 409, Invalid: 422}


@require_POST
@staff_only
@reply.private
def clock_in_out(request: DeskRequest) -> HttpResponse:
    """Take a clocking. A script is answered with what it means, a form with the page."""
    at = clock.now()
    wants_data = "application/json" in request.headers.get("Accept", "")
    try:
        row = workforce.clock_in_out(sent=inputs.sent(request), actor=request.actor, at=at)
    except Refusal as refusal:
        if wants_data:
            return _refused(refusal)
        if isinstance(refusal, Invalid):
            return clock_page(request, refusal=refusal, typed=request.POST.dict())
        raise
    told = saying.confirmation(row, organisation.zone(row.unit))
    messages.success(request, told)
    if wants_data:
        word = queries.server_word(account=request.user, at=at)
        return JsonResponse({"sentence": told, "contact": word})
    return reply.seen_other(reverse("desk:attendance"))


@require_safe
@staff_only
@reply.private
def contact(request: DeskRequest) -> HttpResponse:
    """Tell a page that the server hears it: the time, and what it needs to send."""
    at = clock.now()
    return JsonResponse(
        {
            "now": at.isoformat(),
            "csrf": get_token(request),
            "contact": queries.server_word(account=request.user, at=at),
        }
    )


@require_safe
@staff_only
def offline(request: DeskRequest) -> HttpResponse:
    """Show the page that a phone keeps for when there is no line; it knows nobody."""
    return reply.page(request, "desk/attendance/offline.html", {})


@require_safe
@staff_only
def worker(request: DeskRequest) -> HttpResponse:
    """Hand over the script that keeps the offline page; it rules this folder alone."""
    del request
    answer = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


def _refused(refusal: Refusal) -> HttpResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 404)
    fields = list(refusal.fields) if isinstance(refusal, Invalid) else []
    return JsonResponse({"sentence": str(refusal), "fields": fields}, status=status)
