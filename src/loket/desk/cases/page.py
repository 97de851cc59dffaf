"""What the page of one case shows, put together from the packages below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from loket.cases import queries
from loket.cases.access import HANDLE, SIGN, TAKE_OVER
from loket.cases.models import Case
from loket.cases.rules import looks
from loket.catalogue.rules.format import Action
from loket.desk.requests import DeskRequest
from loket.documents import queries as documents
from loket.kernel import clock
from loket.kernel.errors import Invalid
from loket.ui import reply

from . import asking, content
from .asking import Refused


def ask_why(
    request: DeskRequest, case: Case, *, refusal: Invalid | None = None
) -> HttpResponse:
    """Ask why the actor looks at this person's file."""
    now = clock.now()
    return reply.page(
        request,
        "desk/cases/why.html",
        {
            "case": case,
            "service": case.service_version.service,
            "reasons": [(r.value, r.label) for r in looks.REASONS],
            "errors": refusal.fields if refusal else {},
            "typed": request.POST,
            "can_claim": can_claim(request, case),
            "held_by": held_by(case, request, now) or "",
        },
        status=422 if refusal else 200,
    )


def held_by(case: Case, request: DeskRequest, at: Any) -> str:
    """Return who else holds the case now."""
    live = case.held_until is not None and at < case.held_until
    return str(case.holder) if live and case.holder_id != request.user.pk else ""


def can_claim(request: DeskRequest, case: Case) -> bool:
    """Say whether the actor could take the case on now."""
    works = request.actor.may(HANDLE, scope=case.unit_path)
    return works and case.closed_at is None and not held_by(case, request, clock.now())


def show(request: DeskRequest, case: Case, *, refused: Refused | None = None) -> HttpResponse:
    """Show the case; a refused step stays open with what had been typed."""
    at = clock.now()
    service = case.service_version.service
    mine = case.holder_id == request.user.pk and bool(case.held_until and at < case.held_until)
    context = {
        "case": case,
        "service": service,
        "state": service.workflow.state(case.state),
        "mine": mine,
        "held_by": held_by(case, request, at),
        "can_claim": can_claim(request, case) and not mine,
        "can_take_over": request.actor.may(TAKE_OVER, scope=case.unit_path),
        "sections": content.sections(case),
        "papers": content.papers(case),
        "steps": steps(request, case, mine=mine, refused=refused),
        "duplicates": duplicates(request, case),
        "timeline": content.history(case),
        "clock": queries.clock(case=case, at=at),
        "notes": case.notes.select_related("author").order_by("id"),
        "documents": documents.of_case(case.subject),
        "preview": preview(request, case),
        "refused": refused,
    }
    status = 422 if refused else 200
    return reply.page(request, "desk/cases/show.html", context, status=status)


def duplicates(request: DeskRequest, case: Case) -> list[dict[str, Any]]:
    """Return other applications about the same event, as the officer reads them."""
    return [
        {
            "code": other.case.code,
            "title": other.case.title if other.is_open_to_actor else "",
            "unit": other.case.unit.name,
            "is_open": other.is_open_to_actor,
            "submitted_at": other.case.submitted_at,
            "label": other.case.service_version.service.workflow.state(other.case.state).label,
        }
        for other in queries.duplicates(case=case, actor=request.actor)
    ]


def preview(request: DeskRequest, case: Case) -> str:
    """Return the address of the preview, for those who can sign the case now."""
    signs = request.actor.may(SIGN, scope=case.unit_path)
    waits = any(
        a.kind == "sign" for a in case.service_version.service.workflow.offered(case.state)
    )
    return reverse("desk:case-preview", args=[case.code]) if signs and waits else ""


def steps(
    request: DeskRequest, case: Case, *, mine: bool, refused: Refused | None
) -> list[dict[str, Any]]:
    """Return the steps that the actor can take now, each with its form."""
    by = set()
    if mine and request.actor.may(HANDLE, scope=case.unit_path):
        by.add("officer")
    if request.actor.may(SIGN, scope=case.unit_path):
        by.add("head")
    service = case.service_version.service
    offered = [a for a in service.workflow.offered(case.state) if a.by in by]
    return [step(case, action, refused) for action in offered if action.kind != "sign"]


def step(case: Case, action: Action, refused: Refused | None) -> dict[str, Any]:
    mine = refused if refused and refused.action == action.name else None
    typed: Mapping[str, Any] = mine.typed if mine else {}
    return {
        "action": action,
        "url": reverse("desk:case-move", args=[case.code, action.name]),
        "is_open": mine is not None,
        # The page has one form for each step; the summary leads into the one that was refused.
        "prefix": "f-" if mine else f"f-{action.name}-",
        "refusal": mine.refusal if mine else None,
        "errors": mine.refusal.fields if mine else {},
        "is_doubted": bool(mine and mine.doubts),
        "reasons": [(r.value, r.label) for r in action.reasons],
        "typed": typed,
        "asks": [f for ask in action.asks for f in asking.fields(ask, case.added, mine)],
        "mendable": mendable(case, typed) if action.kind == "return" else [],
        "kind": {"refuse": "danger", "return": "plain", "verify": ""}.get(action.kind, "plain"),
    }


def mendable(case: Case, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the questions that a return can ask to mend: papers first, as most are."""
    chosen = set(typed.getlist("questions")) if hasattr(typed, "getlist") else set()
    return [
        {"name": q.name, "label": q.label, "is_chosen": q.name in chosen, "kind": q.kind}
        for q in sorted(
            case.service_version.service.questions, key=lambda q: q.kind != "document"
        )
        if q.name in case.answers
    ]
