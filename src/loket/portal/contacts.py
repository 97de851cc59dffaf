"""How a resident is reached: the contact points, and adding another one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.people import queries, services
from loket.ui import reply

from .requests import PortalRequest, network_of, resident_only
from .sign_in import send_code

ASKED = "add_contact"


@resident_only
@require_http_methods(["GET", "POST"])
def show(request: PortalRequest) -> HttpResponse:
    """List one's contact points; send a code to another one."""
    resident = queries.resident_of(request.actor)
    context: dict[str, object] = {"contacts": list(queries.contacts_of(resident))}
    if request.method == "GET":
        return reply.page(request, "portal/contacts.html", context)
    contact = request.POST.get("contact", "")
    try:
        fresh = send_code(request, contact)
    except Invalid as refusal:
        context |= {"contact": contact, "errors": refusal.fields}
        return reply.page(request, "portal/contacts.html", context, status=422)
    request.session[ASKED] = {"token": fresh.token, "sent_to": contact.strip()}
    return reply.seen_other(reverse("portal:contacts-code"))


@resident_only
@require_http_methods(["GET", "POST"])
def code(request: PortalRequest) -> HttpResponse:
    """Ask for the code that was sent to the new contact point."""
    asked = request.session.get(ASKED)
    if asked is None:
        return reply.seen_other(reverse("portal:contacts"))
    context = {"sent_to": asked["sent_to"]}
    if request.method == "GET":
        return reply.page(request, "portal/contacts_code.html", context)
    try:
        services.add_contact(
            token=asked["token"],
            code=request.POST.get("code", ""),
            network=network_of(request),
            actor=request.actor,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        fields = refusal.fields if isinstance(refusal, Invalid) else {}
        context["errors"] = fields or {"code": [str(refusal)]}
        return reply.page(request, "portal/contacts_code.html", context, status=422)
    del request.session[ASKED]
    messages.success(request, _("Added. News about your applications can reach you there too."))
    return reply.seen_other(reverse("portal:contacts"))
