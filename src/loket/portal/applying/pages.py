"""One question on one page: show it, save the answer, go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from loket.cases import queries as cases
from loket.cases import services as doing
from loket.cases.models import Draft
from loket.cases.queries.clocks import today
from loket.cases.queries.judging import judge
from loket.catalogue.rules import flow
from loket.catalogue.rules.format import Question, Service
from loket.catalogue.rules.reading import raw_from
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotFound, Refusal
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply

from . import uploads
from .drawing import Drawing, Sheet, draw

Messages = Mapping[str, list[str]]
NUMBER = re.compile(r"[0-9]{1,9}")
REDRAWS = {"draw", "add", "remove"}
"""Buttons that change what is asked on the page, and save nothing."""


@dataclass(frozen=True)
class Page:
    """One question of one draft, on one day."""

    draft: Draft
    question: Question
    on: date

    @property
    def service(self) -> Service:
        return self.draft.service_version.service

    @property
    def url(self) -> str:
        return reverse("portal:question", args=[self.draft.code, self.question.name])

    @property
    def check_url(self) -> str:
        return reverse("portal:draft-check", args=[self.draft.code])

    @property
    def back_url(self) -> str:
        """Return the page before this one."""
        earlier = flow.before(self.service, self.question.name, self.draft.answers, self.on)
        if earlier is None:
            return reverse("portal:service", args=[self.service.code])
        return reverse("portal:question", args=[self.draft.code, earlier.name])

    def next_url(self) -> str:
        """Return the next page that has no answer yet, or the one where all are checked."""
        answers = self.draft.answers
        following = flow.next_after(self.service, self.question.name, answers, self.on)
        while following is not None and flow.is_done(following, answers):
            following = flow.next_after(self.service, following.name, answers, self.on)
        following = following or flow.first_unanswered(self.service, answers, self.on)
        if following is None:
            return self.check_url
        return reverse("portal:question", args=[self.draft.code, following.name])

    def warnings(self) -> Messages:
        """Return what may be wrong with the answer that is saved."""
        name = self.question.name
        if self.question.kind == "document" or name not in self.draft.answers:
            return {}
        return judge(
            self.service, self.draft.answers, files=(), on=self.on, only=(name,)
        ).warnings


@resident_only
@require_http_methods(["GET", "POST"])
def question(request: PortalRequest, code: str, question: str) -> HttpResponse:
    """Show one question, or save its answer."""
    try:
        draft = cases.draft(code=code, actor=request.actor)
    except NotFound:
        # Sent in the meantime, perhaps from another window: the case has the same code.
        case = cases.own(code=code, actor=request.actor)
        return reply.seen_other(reverse("portal:case", args=[case.code]))
    on = today(clock.now())
    asked = flow.visible(draft.service_version.service, draft.answers, on)
    found = next((q for q in asked if q.name == question), None)
    if found is None:
        return reply.seen_other(reverse("portal:draft", args=[draft.code]))
    page = Page(draft, found, on)
    return _post(request, page) if request.method == "POST" else _get(request, page)


def _get(request: PortalRequest, page: Page) -> HttpResponse:
    warned = page.warnings() if "warned" in request.GET else {}
    return _show(request, page, page.draft.answers.get(page.question.name), warnings=warned)


def _post(request: PortalRequest, page: Page) -> HttpResponse:
    if page.question.kind == "document":
        return _post_document(request, page)
    post = without_row(request.POST, page.question.name)
    raw = raw_from(page.question, post)
    if "add" in post:
        raw = [*(raw or []), {}]
    if REDRAWS & {*request.POST, *request.GET}:
        return _show(request, page, raw)
    if "auto" in request.GET:
        return _save_quietly(request, page, raw)
    return _save(request, page, raw)


def without_row(post: QueryDict, name: str) -> QueryDict:
    """Return a form without the person that somebody wants to take out of a group."""
    if "remove" not in post:
        return post
    kept = post.copy()
    for key in [k for k in post if k.startswith(f"{name}.{post['remove']}.")]:
        del kept[key]
    return kept


def _save(request: PortalRequest, page: Page, raw: Any) -> HttpResponse:
    try:
        _keep(request, page, raw)
    except Invalid as refusal:
        return _show(request, page, raw, errors=refusal.fields, status=422)
    except Conflict as refusal:
        fresh = replace(page, draft=cases.draft(code=page.draft.code, actor=request.actor))
        return _show(request, fresh, raw, conflict=str(refusal), status=409)
    if "confirmed" not in request.POST and page.warnings():
        return reply.seen_other(f"{page.url}?warned=1")
    return reply.seen_other(page.next_url())


def _save_quietly(request: PortalRequest, page: Page, raw: Any) -> HttpResponse:
    """Save what can be saved while the person is still on the page; say nothing."""
    try:
        _keep(request, page, raw)
    except Refusal:
        return HttpResponse(status=204)
    context = {"draft": page.draft, "swapped": True}
    return reply.page(request, "portal/apply/revision.html", context)


def _keep(request: PortalRequest, page: Page, raw: Any) -> None:
    seen = request.POST.get("revision", "")
    doing.save_answer(
        draft=page.draft,
        question=page.question.name,
        raw=raw,
        revision=int(seen) if NUMBER.fullmatch(seen) else page.draft.revision,
        actor=request.actor,
        at=clock.now(),
    )


def _post_document(request: PortalRequest, page: Page) -> HttpResponse:
    """Take the files first: whatever else is wrong, they are not lost."""
    if ref := request.POST.get("remove_file"):
        doing.detach(draft=page.draft, file=ref, actor=request.actor, at=clock.now())
        return _after_files(request, page)
    raw = raw_from(page.question, request.POST) or {"alternative": ""}
    add = partial(
        doing.attach,
        draft=page.draft,
        question=page.question.name,
        alternative=raw["alternative"],
    )
    errors = uploads.take(request, page.question.name, add)
    if not errors and "upload" not in request.POST and "upload" not in request.GET:
        try:
            _keep_paper(request, page, raw)
            errors = _missing(page)
        except Invalid as refusal:
            errors = dict(refusal.fields)
        if not errors:
            return reply.seen_other(page.next_url())
    if not errors:
        if raw["alternative"]:
            _keep_paper(request, page, raw)
        return _after_files(request, page)
    answer = page.draft.answers.get(page.question.name) or {}
    return _show(request, page, answer | raw, errors=errors, status=422)


def _missing(page: Page) -> dict[str, list[str]]:
    """Return what is still missing from the files of this question."""
    attached = page.draft.attachments.values_list("file__ref", flat=True)
    judged = judge(
        page.service, page.draft.answers, files=set(attached), on=page.on,
        only=(page.question.name,),
    )  # fmt: skip
    return judged.errors


def _keep_paper(request: PortalRequest, page: Page, raw: Any) -> None:
    """Keep which paper was chosen. The files just taken have made a newer revision."""
    doing.save_answer(
        draft=page.draft,
        question=page.question.name,
        raw=raw,
        revision=page.draft.revision,
        actor=request.actor,
        at=clock.now(),
    )


def _after_files(request: PortalRequest, page: Page) -> HttpResponse:
    if reply.wants_part(request):
        return _show(request, page, page.draft.answers.get(page.question.name))
    return reply.seen_other(page.url)


def _show(
    request: PortalRequest,
    page: Page,
    raw: Any,
    *,
    errors: Messages | None = None,
    warnings: Messages | None = None,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    sheet = Sheet(
        raw, errors or {}, warnings or {}, page.draft.answers, page.on, posted=request.POST
    )
    drawing = draw(page.question, sheet)
    context = {
        "page": page,
        "draft": page.draft,
        "service": page.service,
        "question": page.question,
        "drawing": drawing,
        "errors": errors,
        "own_errors": (errors or {}).get(page.question.name),
        "own_warnings": (warnings or {}).get(page.question.name),
        "warnings": warnings,
        "conflict": conflict,
        "files": uploads.listed(page.draft, page.question.name),
        "upload_errors": (errors or {}).get(f"{page.question.name}.files"),
        **uploads.limits(),
        "saves_quietly": saves_quietly(drawing),
        **sections(page),
    }
    return reply.page(
        request, "portal/apply/question.html", context, part="question", status=status
    )


def saves_quietly(drawing: Drawing) -> bool:
    """Say whether an answer is saved the moment it is given."""
    return drawing.question.kind not in {"person", "group", "address", "document"}


def sections(page: Page) -> dict[str, object]:
    """Return where in the form this page is."""
    asked = flow.visible(page.service, page.draft.answers, page.on)
    named = {q.section for q in asked}
    inside = [s for s in page.service.sections if s.name in named]
    now = next(i for i, s in enumerate(inside) if s.name == page.question.section)
    return {"section": inside[now], "section_number": now + 1, "section_count": len(inside)}
