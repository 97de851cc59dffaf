"""What an officer does with a case: a redirect, or the page again that says why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.cases.rules import transitions
from loket.cases.rules.transitions import Step
from loket.catalogue.rules import reading
from loket.desk import looking
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Invalid
from loket.ui import reply

from . import page
from .asking import Refused


def back_to(code: str) -> HttpResponse:
    return reply.seen_other(reverse("desk:case", args=[code]))


@require_POST
@staff_only
def claim(request: DeskRequest, code: str) -> HttpResponse:
    case = queries.get(code=code, actor=request.actor)
    cases.claim(case=case, actor=request.actor, at=clock.now())
    return back_to(code)


@require_POST
@staff_only
def release(request: DeskRequest, code: str) -> HttpResponse:
    case = queries.get(code=code, actor=request.actor)
    cases.release(case=case, actor=request.actor, at=clock.now())
    messages.success(request, _("You have put the application back for your colleagues."))
    return reply.seen_other(reverse("desk:cases"))


@require_POST
@staff_only
def take_over(request: DeskRequest, code: str) -> HttpResponse:
    case = queries.get(code=code, actor=request.actor)
    cases.take_over(
        case=case, reason=request.POST.get("reason", ""), actor=request.actor, at=clock.now()
    )
    return back_to(code)


@require_POST
@staff_only
def add_note(request: DeskRequest, code: str) -> HttpResponse:
    case = queries.get(code=code, actor=request.actor)
    cases.add_note(
        case=case, words=request.POST.get("words", ""), actor=request.actor, at=clock.now()
    )
    return reply.seen_other(f"{reverse('desk:case', args=[code])}#notes")


@require_POST
@staff_only
def move(request: DeskRequest, code: str, action: str) -> HttpResponse:
    """Take one step; what was typed stays in the form if it is refused."""
    case = queries.get(code=code, actor=request.actor)
    step = transitions.step(case.service_version.service, state=case.state, action=action)
    fields = {ask.name: reading.raw_from(ask, request.POST) for ask in step.action.asks}
    if doubted := doubts(request, case, step, fields):
        return page.show(request, case, refused=doubted)
    try:
        cases.move(
            case=case,
            action=action,
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", ""),
            questions=tuple(request.POST.getlist("questions")),
            fields=fields,
            actor=request.actor,
            at=clock.now(),
        )
    except Invalid as refusal:
        looking.account_for_step(request, case, at=clock.now())
        return page.show(request, case, refused=Refused(action, refusal, request.POST))
    messages.success(request, str(step.action.done))
    return reply.seen_other(next_place(request, code))


def doubts(
    request: DeskRequest, case: Case, step: Step, fields: Mapping[str, Any]
) -> Refused | None:
    """Return what to look at once more, unless the officer just did or something is wrong."""
    if "confirmed" in request.POST:
        return None
    judged = queries.judge_step(case, step.action, fields, on=queries.filed_on(case))
    if judged.errors or not judged.warnings:
        return None
    sentence = Invalid(_("Please look once more. If it is right as it is, confirm it."))
    return Refused(step.action.name, sentence, request.POST, judged.warnings)


def next_place(request: DeskRequest, code: str) -> str:
    """Return to the worklist when the case has left the officer's hands."""
    case = queries.get(code=code, actor=request.actor)
    if case.state_kind == "officer" and case.holder_id == request.user.pk:
        return reverse("desk:case", args=[code])
    return reverse("desk:cases")
