"""One's own applications: the list, how one stands, its receipt, withdrawing it, who looked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.cases import queries
from loket.cases import services as doing
from loket.cases.models import Case
from loket.cases.queries.clocks import today
from loket.cases.rules import transitions
from loket.catalogue.rules.format import Action
from loket.documents import queries as documents
from loket.kernel import clock
from loket.organisation.rules import hours
from loket.policies import queries as policies
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply

ON_ONE_PAGE = 20


@resident_only
@require_safe
def mine(request: PortalRequest) -> HttpResponse:
    """List one's drafts and applications, the newest first."""
    found = queries.cases_of(request.actor)
    if start := request.GET.get("after", ""):
        found = found.filter(pk__lt=queries.own(code=start, actor=request.actor).pk)
    listed = list(found[: ON_ONE_PAGE + 1])
    here = reverse("portal:cases")
    full = len(listed) > ON_ONE_PAGE
    context = {
        "cases": listed[:ON_ONE_PAGE],
        "drafts": [] if start else list(queries.drafts_of(request.actor)),
        "more": f"{here}?after={listed[ON_ONE_PAGE - 1].code}" if full else "",
        "first": here if start else "",
        "today": today(clock.now()),
    }
    return reply.page(request, "portal/cases/mine.html", context)


@resident_only
@require_safe
def show(request: PortalRequest, code: str) -> HttpResponse:
    """Show how an application stands, what comes next, and when it is due."""
    case = queries.own(code=code, actor=request.actor)
    service, now, book = case.service_version.service, clock.now(), policies.book()
    face = queries.clock(case=case, at=now, book=book)
    reason = reason_of(case)
    lines = queries.timeline(case=case)
    has_slip = queries.pickup_facts(case) is not None
    must_come = has_slip or waits_to_be_recorded(case)
    issued = list(documents.of_case(case.subject))
    states = {document.state for document in issued}
    context = {
        "case": case,
        "service": service,
        "state": service.workflow.state(case.state),
        "clock": face,
        "is_late": face.is_late(today(now)),
        "lines": [shown_line(line) for line in reversed(lines)],
        "refused": next((line for line in lines if line.name == "case.refused"), None),
        "documents": issued,
        "is_revoked": "revoked" in states and "valid" not in states,
        "returned": case.returned if case.state_kind == "resident" and reason else {},
        "reason": reason,
        "to_mend": [service.question(q) for q in case.returned.get("questions", ())],
        "withdrawal": withdrawal(case),
        "has_slip": has_slip,
        "place": place_of(case) if must_come else {},
        "counter": queries.counter_of(case, at=now, book=book) if must_come else None,
    }
    return reply.page(request, "portal/cases/show.html", context)


def waits_to_be_recorded(case: Case) -> bool:
    """Say whether the applicant has to come for photograph and fingerprints."""
    return case.service_version.service.presence != "none" and case.state_kind == "waiting"


def place_of(case: Case) -> dict[str, Any]:
    """Return where to come, and when it is open."""
    office = getattr(case.unit, "office", None)
    return {
        "name": case.unit.name,
        "address": office.address if office else "",
        "hours": hours.lines(office.hours) if office else [],
    }


def shown_line(line: queries.Line) -> dict[str, object]:
    """Return a line of the timeline as the component draws it."""
    return {
        "at": line.at,
        "title": line.label,
        "words": linked(line),
        "quote": line.words,
        "parts": line.questions,
    }


def linked(line: queries.Line) -> str:
    """Return the reason of a line, leading to the circular behind it if there is one."""
    if not line.address:
        return line.reason
    return format_html('<a href="{}">{}</a>', line.address, line.reason)


def reason_of(case: Case) -> str:
    """Return in words why a case was returned, if it is with the resident for that."""
    service = case.service_version.service
    value = case.returned.get("reason", "")
    if not any(
        a.kind == "resubmit"
        for a in transitions.offered(service, state=case.state, by=("resident",))
    ):
        return ""
    reasons = (r for a in service.workflow.actions for r in a.reasons if r.value == value)
    return next((str(r.words) for r in reasons), _("Something must be corrected."))


def withdrawal(case: Case) -> Action | None:
    """Return the step that withdraws a case, if it still can be."""
    offered = transitions.offered(
        case.service_version.service, state=case.state, by=("resident",)
    )
    return next((a for a in offered if a.kind == "withdraw"), None)


@resident_only
@require_safe
def sent(request: PortalRequest, code: str) -> HttpResponse:
    """Show the code of what has just been sent, and what happens next."""
    case = queries.own(code=code, actor=request.actor)
    service = case.service_version.service
    context = {"case": case, "service": service, "state": service.workflow.state(case.state)}
    return reply.page(request, "portal/cases/sent.html", context)


@resident_only
@require_http_methods(["GET", "POST"])
def withdraw(request: PortalRequest, code: str) -> HttpResponse:
    """Ask whether to withdraw an application, and do it."""
    case = queries.own(code=code, actor=request.actor)
    if request.method == "GET":
        context = {"case": case, "service": case.service_version.service}
        return reply.page(request, "portal/cases/withdraw.html", context)
    doing.withdraw(
        case=case, words=request.POST.get("words", ""), actor=request.actor, at=clock.now()
    )
    messages.success(request, _("Your application is withdrawn."))
    return reply.seen_other(reverse("portal:case", args=[case.code]))
