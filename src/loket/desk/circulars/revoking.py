"""Ending a circular before its time: first what that does, then the deed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.access import ENACT
from loket.policies.models import Circular
from loket.policies.rules.format.written import YEARS
from loket.ui import reply
from loket.ui.periods import moment_in_words

from . import glances, impacts, lists, showing


@require_POST
@staff_only
@reply.private
def revoke(request: DeskRequest, code: str) -> HttpResponse:
    """Show what ends with a circular; end it, once that was looked at."""
    circular = queries.get(code=code, actor=request.actor)
    for path in circular.scopes or [""]:
        require(request.actor, ENACT, scope=path)
    if request.POST.get("do") == "change":
        return showing.page(request, circular)
    at = clock.now()
    given: dict[str, Any] = {"circular": circular, "actor": request.actor, "at": at}
    try:
        given |= wanted(request)
        if request.POST.get("do") != "revoke":
            return preview(request, circular, given)
        seen = queries.edition()
        if typed.count(request.POST, "edition") != seen:
            return preview(request, circular, given, is_stale=True)
        policies.revoke(**given, seen=seen)
    except (Invalid, Conflict) as refusal:
        circular.refresh_from_db()
        return showing.page(request, circular, refused=refusal)
    messages.success(request, _("The circular is revoked. Offices and due dates are put back."))
    return reply.seen_other(reverse("desk:circular", args=[code]))


def wanted(request: DeskRequest) -> dict[str, Any]:
    """Return from when a circular is to end, and why.

    :raises Invalid: if the moment cannot be read.
    """
    state = typed.day(request.POST, "revoked_from")
    since = typed.as_moment(state, typed.one(request.POST, "revoked_from_time"))
    return {
        "revoked_from": whole_moment(since),
        "reason": typed.one(request.POST, "reason"),
    }


def preview(
    request: DeskRequest, circular: Circular, given: dict[str, Any], *, is_stale: bool = False
) -> HttpResponse:
    """Show what a revocation would do.

    :raises Invalid: if it would be refused.
    :raises Conflict: if the circular is not in force.
    """
    found = policies.preview_revocation(**given)
    since = given["revoked_from"]
    context = {
        "circular": circular,
        "title": lists.title_of(circular),
        "impact": impacts.shown(found),
        "besides": glances.besides(row.kind for row in circular.provisions.all()),
        "edition": found["edition"] - 1,
        "since": moment_in_words(since),
        "is_past": since < given["at"] and circular.starts_at < given["at"],
        "is_stale": is_stale,
        "typed": showing.revocation(request),
    }
    status = 409 if is_stale else 200
    return reply.page(request, "desk/circulars/revoke.html", context, status=status)


def whole_moment(since: date | datetime | str | None) -> datetime:
    """Return a day as its first moment.

    :raises Invalid: if it is neither a day nor a moment, or further away than anybody counts.
    """
    if isinstance(since, date) and since.year in YEARS:
        if isinstance(since, datetime):
            return since
        return datetime(since.year, since.month, since.day, tzinfo=typed.zone())
    sentence = _("Fill in a day that exists: day, month and year as numbers; time like 07:30.")
    raise Invalid(sentence, fields={"revoked_from": [sentence]})
