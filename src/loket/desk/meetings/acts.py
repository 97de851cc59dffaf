"""Calling a meeting, changing and cancelling it, and writing down what was said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loket.desk import choosing, typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid
from loket.organisation.models import Unit
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import MEET
from loket.workforce.models import Meeting

from . import forms, views


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def begin(request: DeskRequest) -> HttpResponse:
    """Call a meeting of a unit."""
    unit, units = choosing.first(request, MEET)
    at = clock.now()
    if request.method != "POST":
        return form_page(request, unit, forms.blank(at), units=units)
    state = forms.typed_state(request.POST)
    try:
        form = forms.form_of(state, unit, own=request.user.pk, at=at)
        if away := forms.unseen_away(state, unit, form):
            return form_page(request, unit, state, units=units, away=away)
        meeting = workforce.call_meeting(unit=unit, form=form, actor=request.actor, at=at)
    except Invalid as refusal:
        return form_page(request, unit, state, units=units, refusal=refusal)
    messages.success(request, _("Everybody is invited, with an entry for the calendar."))
    return reply.seen_other(reverse("desk:meeting", args=[meeting.code]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def change(request: DeskRequest, code: str) -> HttpResponse:
    """Change a meeting that was called."""
    meeting = seen(request, code)
    at = clock.now()
    if request.method != "POST":
        return form_page(request, meeting.unit, forms.state_of(meeting), meeting=meeting)
    state = forms.typed_state(request.POST)
    try:
        form = forms.form_of(state, meeting.unit, own=meeting.organiser_id, at=at)
        if away := forms.unseen_away(state, meeting.unit, form):
            return form_page(request, meeting.unit, state, meeting=meeting, away=away)
        workforce.change_meeting(
            meeting=meeting,
            form=form,
            sequence=state["sequence"],
            actor=request.actor,
            at=at,
        )
    except Invalid as refusal:
        return form_page(request, meeting.unit, state, meeting=meeting, refusal=refusal)
    messages.success(request, _("It is changed, and everybody hears of it."))
    return reply.seen_other(reverse("desk:meeting", args=[code]))


@require_POST
@staff_only
def cancel(request: DeskRequest, code: str) -> HttpResponse:
    """Cancel a meeting."""
    meeting = seen(request, code)
    workforce.cancel_meeting(
        meeting=meeting,
        sequence=typed.count(request.POST, "sequence") or 0,
        actor=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("It is cancelled, and everybody hears of it."))
    return reply.seen_other(reverse("desk:meeting", args=[code]))


@require_POST
@staff_only
@reply.private
def answer(request: DeskRequest, code: str) -> HttpResponse:
    """Say whether one comes."""
    meeting = queries.meeting(code=code, actor=request.actor)
    said, words = typed.one(request.POST, "answer"), typed.one(request.POST, "words")
    given = {"answer": said, "answer_words": words}
    try:
        workforce.answer_meeting(
            meeting=meeting,
            answer=said,
            words=words,
            sequence=typed.count(request.POST, "sequence") or 0,
            actor=request.actor,
            at=clock.now(),
        )
    except Invalid as refusal:
        return views.page(
            request, meeting, wrong=dict(refusal.fields), said=str(refusal), typed=given
        )
    except Conflict as refusal:
        meeting = queries.meeting(code=code, actor=request.actor)
        return views.page(request, meeting, said=str(refusal), typed=given)
    messages.success(
        request, _("Your answer is kept. You can change it until the meeting begins.")
    )
    return reply.seen_other(reverse("desk:meeting", args=[code]))


@require_POST
@staff_only
@reply.private
def minutes(request: DeskRequest, code: str) -> HttpResponse:
    """Write down what was said and who was there."""
    meeting = seen(request, code)
    known = dict(views.presences(meeting))
    came = {
        each.account_id: typed.one(request.POST, f"presence-{each.account_id}")
        for each in queries.participants_of(meeting)
        if f"presence-{each.account_id}" in request.POST
    }
    words = typed.one(request.POST, "minutes")
    presence = {number: way for number, way in came.items() if way in known}
    given = {"minutes": words, "presence": presence}
    try:
        workforce.write_minutes(
            meeting=meeting,
            minutes=words,
            presence=presence,
            actor=request.actor,
            at=clock.now(),
        )
    except Invalid as refusal:
        return views.page(
            request, meeting, wrong=dict(refusal.fields), said=str(refusal), typed=given
        )
    except Conflict as refusal:
        return views.page(request, meeting, said=str(refusal), typed=given)
    messages.success(request, _("The minutes are kept."))
    return reply.seen_other(reverse("desk:meeting", args=[code]))


def seen(request: DeskRequest, code: str) -> Meeting:
    """Return a meeting that the actor may lead.

    :raises NotFound: if the actor may not see it.
    :raises NotAllowed: if the actor only takes part.
    """
    meeting = queries.meeting(code=code, actor=request.actor)
    require(request.actor, MEET, scope=meeting.unit.path)
    return meeting


def form_page(
    request: DeskRequest,
    unit: Unit,
    state: forms.State,
    *,
    units: list[Unit] | None = None,
    meeting: Meeting | None = None,
    refusal: Invalid | None = None,
    away: list[str] | None = None,
) -> HttpResponse:
    """Show the form, with what was typed, and who of those invited is away."""
    context = {
        "unit": unit,
        "units": units or [],
        "meeting": meeting,
        "state": state,
        "errors": dict(refusal.fields) if refusal else {},
        "refusal": str(refusal) if refusal else "",
        "away": away or [],
        **forms.choices(unit, state, at=clock.now(), meeting=meeting),
    }
    status = 422 if refusal or away else 200
    return reply.page(request, "desk/meetings/form.html", context, status=status)
