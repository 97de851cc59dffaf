"""Closures: which there are, closing something, and one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.desk import choosing
from loket.desk.circulars import impacts, mistakes
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.access import CLOSE, VIEW
from loket.policies.models import Closure
from loket.policies.rules import format as form
from loket.ui import reply

from . import forms, names, showing

MOST_PAST = 50


@require_safe
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """List what is closed and what was, for the actor's units."""
    choosing.require_seat(request.actor, CLOSE, VIEW)
    at = clock.now()
    within = request.actor.scopes(CLOSE) | request.actor.scopes(VIEW)
    rows = queries.shut_and_past(within=within, past=MOST_PAST, at=at)
    still = [row for row in rows if row.reopened_at is None or row.reopened_at > at]
    past = [row for row in rows if row not in still]
    shut = names.shut([*still, *past])
    context = {
        "open": [listed(row, shut) for row in still],
        "past": [listed(row, shut) for row in past],
        "may_close": bool(request.actor.scopes(CLOSE)),
    }
    return reply.page(request, "desk/closures/index.html", context)


def listed(row: Closure, shut: dict[str, names.Shut]) -> dict[str, Any]:
    """Return a closure as the list shows it."""
    return {
        "closure": row,
        "label": shut[row.code].label,
        "reason": names.reason_label(row.reason),
        "missing": queries.missing_records(row),
        "is_due": row.reopened_at is None and row.earliest_at <= clock.now(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def begin(request: DeskRequest) -> HttpResponse:
    """Choose what is closed; show what that does; close it."""
    choosing.require_seat(request.actor, CLOSE)
    unit = choosing.named(request, CLOSE) or choosing.only(request.actor, CLOSE)
    if unit is None:
        words = request.GET.get("find", "").strip()
        units = choosing.units_of(request.actor, CLOSE, words=words)
        context = {"units": units, "find": words}
        return reply.page(request, "desk/closures/units.html", context, part="units")
    if request.method != "POST":
        return form_page(request, unit, forms.blank(clock.now()))
    state = forms.typed_state(request.POST)
    whats, exceptions = forms.whats(unit, request.actor), forms.exceptions(unit)
    closure, wrong = forms.closure_of(state, whats, exceptions)
    if closure is None:
        return form_page(request, unit, state, wrong=wrong)
    return carry_on(request, unit, state, closure)


def carry_on(
    request: DeskRequest, unit: Unit, state: forms.State, closure: form.ClosureForm
) -> HttpResponse:
    """Show what a closure would do, or do it."""
    given: dict[str, Any] = {"form": closure, "actor": request.actor, "at": clock.now()}
    try:
        if request.POST.get("do") != "close":
            impact = policies.preview_closure(**given)
            return form_page(request, unit, state, impact=impact)
        closed = policies.close(**given)
    except Invalid as refusal:
        wrong = mistakes.of_refusal(refusal, forms.FIELDS, within=())
        return form_page(request, unit, state, wrong=wrong)
    except Conflict as refusal:
        return form_page(request, unit, state, wrong={"": [str(refusal)]})
    messages.success(
        request, _("It is closed. Applications online go on; due dates stand still.")
    )
    return reply.seen_other(reverse("desk:closure", args=[closed.code]))


def form_page(
    request: DeskRequest,
    unit: Unit,
    state: forms.State,
    *,
    wrong: mistakes.Wrong | None = None,
    impact: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, with what was typed and what it would do."""
    found = wrong or {}
    context = {
        "unit": unit,
        "state": state,
        "whats": forms.whats(unit, request.actor),
        "exceptions": forms.exceptions(unit),
        "reasons": names.reasons(),
        "errors": {name: lines for name, lines in found.items() if name},
        "refusal": " ".join(found.get("", [])),
        "impact": impacts.shown(impact) if impact else None,
        "earliest": parse_datetime(impact["earliest_at"]) if impact else None,
        "circular": None,
    }
    return reply.page(request, "desk/closures/form.html", context, status=422 if wrong else 200)


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show one closure: until when, what is still missing, and reopening."""
    return showing.page(request, showing.seen(request, code))
