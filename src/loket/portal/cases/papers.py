"""What a resident takes along: the receipt, the slip for a card, the PIN of a document."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.cases import queries
from loket.cases import services as doing
from loket.cases.models import Case
from loket.catalogue.rules.format import Question
from loket.documents.rendering import slips
from loket.kernel import clock
from loket.portal.documents import slow_down
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply

PINS_RENEWED = 3
"""In ten minutes: each costs a text message."""


@resident_only
@require_safe
def receipt(request: PortalRequest, code: str) -> HttpResponse:
    """Give the receipt as a PDF."""
    case = queries.own(code=code, actor=request.actor)
    office = getattr(case.unit, "office", None)
    sent = set(queries.attachments(case).values_list("question", flat=True))
    asked = case.service_version.service.questions
    facts = {
        "code": case.code,
        "service": str(case.service_version.service.title),
        "applicant": case.applicant,
        "about": case.title,
        "submitted_at": case.submitted_at,
        "due_on": case.due_on,
        "received": [paper_name(case, q) for q in asked if q.name in sent],
        "url": request.build_absolute_uri(reverse("portal:status")),
        "office": case.unit.name,
        "address": office.address if office else "",
    }
    data = slips.receipt(facts, get_language() or "id", at=case.submitted_at)
    return reply.download(data, name=f"loket-{case.code}.pdf", media_type="application/pdf")


def paper_name(case: Case, question: Question) -> str:
    """Return what a paper is called: the one that was chosen, if there was a choice."""
    chosen = (case.answers.get(question.name) or {}).get("alternative")
    labels = (a.label for a in question.alternatives if a.value == chosen)
    return str(next(labels, question.label))


@resident_only
@require_safe
def pickup_slip(request: PortalRequest, code: str) -> HttpResponse:
    """Give the slip with which a card is collected, while it waits."""
    case = queries.own(code=code, actor=request.actor)
    facts = queries.pickup_facts(case)
    if facts is None:
        raise Http404
    language = get_language() or "id"
    state = case.service_version.service.workflow.state(case.state)
    facts["bring"] = [_("This slip, printed or on your phone."), str(state.next)]
    data = slips.pickup_slip(facts, language, number=case.code, at=case.state_since)
    return reply.download(data, name=f"loket-{case.code}.pdf", media_type="application/pdf")


@resident_only
@require_POST
def renew_pin(request: PortalRequest, code: str, document: str) -> HttpResponse:
    """Send a new PIN; the one before no longer opens the document."""
    case = queries.own(code=code, actor=request.actor)
    slow_down(request, f"new-pin:{case.code}", PINS_RENEWED)
    doing.renew_pin(case=case, document=document, actor=request.actor, at=clock.now())
    messages.success(request, _("A new PIN is on its way. The one before no longer works."))
    return reply.seen_other(reverse("portal:case", args=[case.code]))
