"""Issued documents: finding one, opening it, revoking and correcting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.cases import queries as cases_queries
from loket.cases import services as cases
from loket.cases.access import SIGN
from loket.cases.models import Case
from loket.catalogue.rules import reading
from loket.catalogue.rules.format import Question
from loket.desk import looking
from loket.desk.cases import asking
from loket.desk.cases.asking import Refused
from loket.desk.cases.page import ask_why
from loket.desk.requests import DeskRequest, staff_only
from loket.documents import queries
from loket.documents import services as documents
from loket.documents.access import REVOKE
from loket.documents.models import Document
from loket.kernel import clock
from loket.kernel.errors import Invalid, NotAllowed
from loket.ui import reply


@require_safe
@staff_only
@reply.private
def search(request: DeskRequest) -> HttpResponse:
    """Find documents of the actor's units by number, code or holder."""
    words = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    found = queries.find(words=words, actor=request.actor, after=after)
    return reply.page(
        request, "desk/documents/search.html", {"found": found, "words": words}, part="found"
    )


def case_of(request: DeskRequest, document: Document) -> Case:
    """Return the case that led to a document."""
    code = document.subject_ref.partition(":")[2]
    return cases_queries.get(code=code, actor=request.actor)


def correctable(document: Document, case: Case) -> list[Question]:
    """Return the questions whose answers the document prints and one form can hold."""
    known = {**case.answers, **case.added}
    return [
        question
        for question in queries.correctable(document, case.service_version.service)
        if question.name in known
        and (question.kind in asking.SIMPLE or question.kind == "person")
    ]


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    document = queries.get(code=code, actor=request.actor)
    case = case_of(request, document)
    if not looking.is_accounted_for(request, case, at=clock.now()):
        return ask_why(request, case)
    return page(request, document)


def page(
    request: DeskRequest, document: Document, *, refused: Refused | None = None
) -> HttpResponse:
    """Show a document and what can be done with it; a refused act stays open."""
    case = case_of(request, document)
    if refused:
        looking.account_for_step(request, case, at=clock.now())
    answers = {**case.answers, **case.added}
    corrected = refused if refused and refused.action == "correct" else None
    is_valid = document.state == Document.State.VALID
    context = {
        "document": document,
        "case": case,
        "may_revoke": is_valid and request.actor.may(REVOKE, scope=document.unit),
        "may_correct": is_valid and request.actor.may(SIGN, scope=document.unit),
        "fields": [
            field
            for question in correctable(document, case)
            for field in asking.fields(question, answers, corrected)
        ],
        "refused": refused,
        "errors": refused.refusal.fields if refused else {},
        "typed": refused.typed if refused else {},
    }
    status = 422 if refused else 200
    return reply.page(request, "desk/documents/show.html", context, status=status)


@require_safe
@staff_only
def file(request: DeskRequest, code: str) -> HttpResponse:
    """Answer with the signed file, byte for byte."""
    document = queries.get(code=code, actor=request.actor)
    if not looking.is_accounted_for(request, case_of(request, document), at=clock.now()):
        raise NotAllowed(_("Open the document's page first and say why you look at it."))
    data = documents.open_for_staff(document=document, actor=request.actor, at=clock.now())
    return reply.download(data, name=f"{document.code}.pdf", media_type="application/pdf")


@require_POST
@staff_only
def revoke(request: DeskRequest, code: str) -> HttpResponse:
    document = queries.get(code=code, actor=request.actor)
    try:
        documents.revoke(
            document=document,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            at=clock.now(),
        )
    except Invalid as refusal:
        return page(request, document, refused=Refused("revoke", refusal, request.POST))
    messages.success(request, _("The document is revoked. Verification says so from now on."))
    return reply.seen_other(reverse("desk:document", args=[code]))


@require_POST
@staff_only
def correct(request: DeskRequest, code: str) -> HttpResponse:
    """Issue the document anew with corrected answers; the old one is superseded."""
    document = queries.get(code=code, actor=request.actor)
    case = case_of(request, document)
    known = {**case.answers, **case.added}
    typed = {q.name: reading.raw_from(q, request.POST) for q in correctable(document, case)}
    fields = {name: raw for name, raw in typed.items() if raw != known.get(name)}
    try:
        corrected = cases.correct(
            case=case,
            fields=fields,
            reason=request.POST.get("reason", ""),
            passphrase=request.POST.get("passphrase", ""),
            actor=request.actor,
            at=clock.now(),
        )
    except Invalid as refusal:
        return page(request, document, refused=Refused("correct", refusal, request.POST))
    messages.success(request, _("The corrected document is signed and replaces the old one."))
    return reply.seen_other(reverse("desk:document", args=[corrected.code]))
