"""Mending what was returned: only what was named, then sending it again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.cases import queries
from loket.cases import services as doing
from loket.cases.models import Case
from loket.cases.queries.clocks import today
from loket.catalogue.rules.format import Question
from loket.catalogue.rules.reading import raw_from
from loket.kernel import clock
from loket.kernel.errors import Invalid
from loket.portal.applying import uploads
from loket.portal.applying.drawing import Sheet, draw
from loket.portal.applying.pages import REDRAWS, without_row
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply

from .views import reason_of

Messages = Mapping[str, list[str]]


@resident_only
@require_http_methods(["GET", "POST"])
def overview(request: PortalRequest, code: str) -> HttpResponse:
    """Show what must be mended and what is; send the application again."""
    case = queries.own(code=code, actor=request.actor)
    reason = reason_of(case)
    if not reason:
        return reply.seen_other(reverse("portal:case", args=[case.code]))
    errors: Messages = {}
    if request.method == "POST":
        try:
            doing.resubmit(case=case, actor=request.actor, at=clock.now())
        except Invalid as refusal:
            errors = refusal.fields
        else:
            messages.success(
                request, _("Sent again. The office goes on with your application.")
            )
            return reply.seen_other(reverse("portal:case", args=[case.code]))
    mended = case.returned.get("mended", ())
    service = case.service_version.service
    context = {
        "case": case,
        "service": service,
        "reason": reason,
        "words": case.returned.get("words", ""),
        "items": [
            (service.question(name), name in mended)
            for name in case.returned.get("questions", ())
        ],
        "is_ready": set(case.returned.get("questions", ())) <= set(mended),
        "errors": errors,
    }
    status = 422 if errors else 200
    return reply.page(request, "portal/mend/overview.html", context, status=status)


@resident_only
@require_http_methods(["GET", "POST"])
def question(request: PortalRequest, code: str, question: str) -> HttpResponse:
    """Show one question that was returned, or save its new answer."""
    case = queries.own(code=code, actor=request.actor)
    if question not in case.returned.get("questions", ()):
        raise Http404
    asked = case.service_version.service.question(question)
    if request.method == "GET":
        return _show(request, case, asked, case.answers.get(question))
    if asked.kind == "document":
        return _post_document(request, case, asked)
    post = without_row(request.POST, question)
    raw = raw_from(asked, post)
    if "add" in post:
        raw = [*(raw or []), {}]
    if REDRAWS & {*request.POST, *request.GET}:
        return _show(request, case, asked, raw)
    return _save(request, case, asked, raw)


def _save(request: PortalRequest, case: Case, asked: Question, raw: Any) -> HttpResponse:
    try:
        doing.mend(case=case, question=asked.name, raw=raw, actor=request.actor, at=clock.now())
    except Invalid as refusal:
        return _show(request, case, asked, raw, errors=refusal.fields)
    return reply.seen_other(reverse("portal:mend", args=[case.code]))


def _post_document(request: PortalRequest, case: Case, asked: Question) -> HttpResponse:
    here = reverse("portal:mend-question", args=[case.code, asked.name])
    if ref := request.POST.get("remove_file"):
        doing.unmend_file(case=case, file=ref, actor=request.actor, at=clock.now())
    else:
        raw = raw_from(asked, request.POST) or {"alternative": ""}
        add = partial(
            doing.mend_file, case=case, question=asked.name, alternative=raw["alternative"]
        )
        errors = uploads.take(request, asked.name, add)
        if errors:
            answer = case.answers.get(asked.name) or {}
            return _show(request, case, asked, answer | raw, errors=errors)
        if "upload" not in request.POST and "upload" not in request.GET:
            return _save(request, case, asked, raw)
    if reply.wants_part(request):
        return _show(request, case, asked, case.answers.get(asked.name))
    return reply.seen_other(here)


def _show(
    request: PortalRequest,
    case: Case,
    asked: Question,
    raw: Any,
    *,
    errors: Messages | None = None,
) -> HttpResponse:
    on = today(clock.now())
    returned, added = uploads.listed_of_case(case, asked.name)
    sheet = Sheet(raw, errors or {}, {}, case.answers, on, posted=request.POST)
    context = {
        "case": case,
        "service": case.service_version.service,
        "question": asked,
        "drawing": draw(asked, sheet),
        "errors": errors,
        "own_errors": (errors or {}).get(asked.name),
        "upload_errors": (errors or {}).get(f"{asked.name}.files"),
        "files": added,
        "returned_files": returned,
        "reason": reason_of(case),
        "words": case.returned.get("words", ""),
        "page": {"url": reverse("portal:mend-question", args=[case.code, asked.name])},
        **uploads.limits(),
    }
    status = 422 if errors else 200
    return reply.page(
        request, "portal/mend/question.html", context, part="question", status=status
    )
