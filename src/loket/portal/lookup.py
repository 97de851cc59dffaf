"""The status of an application for whoever knows its code and how its applicant is reached."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.cases import queries as cases
from loket.kernel import clock
from loket.kernel.errors import NotFound
from loket.people import services as people
from loket.ui import reply

from .requests import PortalRequest, network_of

TRIES = 20
PER_SECONDS = 600


@reply.private
@require_http_methods(["GET", "POST"])
def status(request: PortalRequest) -> HttpResponse:
    """Ask for a code and a contact, and show the least that answers the question."""
    context: dict[str, object] = {"code": request.GET.get("code", "")}
    if request.method == "GET":
        return reply.page(request, "portal/status.html", context)
    code, contact = request.POST.get("code", ""), request.POST.get("contact", "")
    context = {"code": code, "contact": contact}
    errors = missing(code, contact)
    if not errors:
        people.throttle(
            key=f"status:{network_of(request)}",
            limit=TRIES,
            per_seconds=PER_SECONDS,
            actor=request.actor,
            at=clock.now(),
        )
        try:
            case = cases.by_code_and_contact(code=code, contact=contact)
        except NotFound as refusal:
            errors = {"code": [str(refusal)]}
        else:
            service = case.service_version.service
            found = {
                "case": case,
                "service": service,
                "state": service.workflow.state(case.state),
                "is_open": case.closed_at is None,
                "is_late": cases.is_late(case, at=clock.now()),
            }
            return reply.page(request, "portal/status_found.html", found)
    return reply.page(request, "portal/status.html", context | {"errors": errors}, status=422)


def missing(code: str, contact: str) -> dict[str, list[str]]:
    """Return what was left empty."""
    errors = {}
    if not code.strip():
        errors["code"] = [_("Write the code of your application, such as 4M9K2TQ-X.")]
    if not contact.strip():
        errors["contact"] = [_("Write the e-mail address or phone number you applied with.")]
    return errors
