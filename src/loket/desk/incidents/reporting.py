"""Reporting a positive case: somebody of the unit, a visitor, or oneself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.desk import choosing, typed
from loket.desk.requests import DeskRequest, staff_only
from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.access import HANDLE, REPORT
from loket.incidents.rules import windows
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies.access import CLOSE
from loket.ui import reply

from . import forms, showing


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def begin(request: DeskRequest) -> HttpResponse:
    """Say who is positive; show what follows; let it happen."""
    choosing.require_seat(request.actor, REPORT)
    unit = choosing.named(request, REPORT) or choosing.only(request.actor, REPORT)
    if unit is None:
        words = request.GET.get("find", "").strip()
        units = choosing.units_of(request.actor, REPORT, words=words)
        context = {"units": units, "find": words}
        return reply.page(request, "desk/incidents/units.html", context, part="units")
    if request.method != "POST":
        return form_page(request, unit, forms.blank(unit, clock.now()))
    return carry_on(request, unit, forms.typed_state(request.POST))


def carry_on(request: DeskRequest, unit: Unit, state: forms.State) -> HttpResponse:
    """Show what a report would do, or do it."""
    actor, at = request.actor, clock.now()
    try:
        report = forms.report_of(state, unit)
        if request.POST.get("do") != "report":
            seen = incidents.preview_report(report=report, actor=actor, at=at)
            return form_page(request, unit, state, preview=seen)
        made = incidents.report_incident(report=report, actor=actor, at=at)
    except Invalid as refusal:
        wrong = forms.wrong_of(refusal)
        return form_page(request, unit, state, wrong=wrong, refusal=str(refusal), status=422)
    except Conflict as refusal:
        return reported_already(request, unit, state, refusal)
    if actor.may(HANDLE, scope=made.unit_path):
        messages.success(request, _("The incident is open."))
        return reply.seen_other(reverse("desk:incident", args=[made.code]))
    messages.success(
        request, _("It is reported. The tracing team is told and sees to everything else.")
    )
    return reply.seen_other(reverse("desk:incidents"))


def reported_already(
    request: DeskRequest, unit: Unit, state: forms.State, refusal: Conflict
) -> HttpResponse:
    """Lead the team to the open incident about the same person; tell others that there is one."""
    account = forms.account_of(state["account"], {}) if state["who"] != "visitor" else None
    existing = queries.open_about(account) if account else None
    if existing and request.actor.may(HANDLE, scope=existing.unit_path):
        messages.info(request, str(refusal))
        return reply.seen_other(reverse("desk:incident", args=[existing.code]))
    return form_page(request, unit, state, refusal=str(refusal), status=409)


def form_page(
    request: DeskRequest,
    unit: Unit,
    state: forms.State,
    *,
    wrong: dict[str, list[str]] | None = None,
    refusal: str = "",
    preview: incidents.Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form, with what was typed and what would follow."""
    shut = preview.closure if preview else None
    context: dict[str, Any] = {
        "unit": unit,
        "state": state,
        "staff": forms.staff(unit, clock.now()),
        "rooms": forms.rooms(unit),
        "whats": forms.whats(unit),
        "may_close": request.actor.may(CLOSE, scope=unit.path),
        "errors": wrong or {},
        "refusal": refusal,
        "preview": preview,
        "closure": shut,
        "closure_label": showing.shut_label(shut) if shut else "",
    }
    return reply.page(request, "desk/incidents/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def own(request: DeskRequest) -> HttpResponse:
    """Report one's own positive test; see what is known of it."""
    at = clock.now()
    day = typed.day_state(organisation.today(None, at=at))
    state: forms.State = {"onset_on": day, "words": ""}
    if request.method != "POST":
        return own_page(request, state)
    state = {
        "onset_on": typed.day(request.POST, "onset_on"),
        "words": typed.one(request.POST, "words"),
    }
    wrong: dict[str, list[str]] = {}
    onset_on = forms.day_of(state, "onset_on", wrong)
    if wrong:
        return own_page(request, state, wrong=wrong, status=422)
    try:
        incidents.report_self(
            onset_on=onset_on, words=state["words"], actor=request.actor, at=at
        )
    except Invalid as refusal:
        return own_page(request, state, wrong=refusal.fields, status=422)
    except Conflict as refusal:
        messages.info(request, str(refusal))
        return reply.seen_other(reverse("desk:incident-self"))
    messages.success(request, _("Thank you. It is reported. Get well soon."))
    return reply.seen_other(reverse("desk:incident-self"))


def own_page(
    request: DeskRequest,
    state: forms.State,
    *,
    wrong: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form, or what was reported of oneself."""
    known = queries.open_about(request.user)
    context = {
        "known": known,
        "until": windows.isolated_until(known.onset_on) if known else None,
        "state": state,
        "errors": wrong or {},
    }
    return reply.page(request, "desk/incidents/own.html", context, status=status)
