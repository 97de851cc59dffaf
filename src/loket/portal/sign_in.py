"""Residents sign in with a code, and go on where they were."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import auth, messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loket.kernel import clock
from loket.kernel.errors import Invalid, NotFound
from loket.messaging import services as messaging
from loket.messaging import transports
from loket.messaging.services import Recipient
from loket.people import queries as people_queries
from loket.people import services as people
from loket.people.models import Account
from loket.people.services import FreshCode
from loket.ui import reply

from .requests import KEPT, PortalRequest, network_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ASKED = "sign_in"


@reply.private
@require_http_methods(["GET", "POST"])
def ask(request: PortalRequest) -> HttpResponse:
    """Ask for an e-mail address or a telephone number, and send a code to it."""
    onward = reply.safe_next(request, request.GET.get("next", ""), default="")
    context: dict[str, object] = {"next": onward, "is_kept": KEPT in request.session}
    if request.method == "GET":
        return reply.page(request, "portal/sign_in.html", context)
    contact = request.POST.get("contact", "")
    try:
        fresh = send_code(request, contact)
    except Invalid as refusal:
        context |= {"contact": contact, "errors": refusal.fields}
        return reply.page(request, "portal/sign_in.html", context, status=422)
    request.session[ASKED] = {"token": fresh.token, "sent_to": contact.strip(), "next": onward}
    return reply.seen_other(reverse("portal:sign-in-code"))


def send_code(request: PortalRequest, contact: str) -> FreshCode:
    """Make a code and queue the message that brings it.

    :raises Invalid: if the text is neither an e-mail address nor a telephone number.
    :raises TooMany: if this contact or this network asked too often.
    """
    at, language = clock.now(), get_language() or "id"
    fresh = people.request_code(
        contact=contact, language=language, network=network_of(request),
        actor=request.actor, at=at,
    )  # fmt: skip
    if fresh.phone and not transports.is_ready("sms"):
        sentence = _(
            "Text messages cannot be sent at present. Please give your e-mail address."
        )
        raise Invalid(sentence, fields={"contact": [sentence]})
    with transaction.atomic():
        messaging.send(
            notice="sign_in_code",
            to=Recipient(email=fresh.email, phone=fresh.phone, language=language, name=""),
            subject=fresh.subject,
            key=fresh.key,
            facts={"code": fresh.code},
            secret=True,
            actor=request.actor,
            at=at,
        )
    return fresh


@reply.private
@require_http_methods(["GET", "POST"])
def code(request: PortalRequest) -> HttpResponseBase:
    """Ask for the code that was sent, and sign in."""
    asked = request.session.get(ASKED)
    if asked is None:
        return reply.seen_other(reverse("portal:sign-in"))
    again = reverse("portal:sign-in")
    if asked["next"]:
        again += "?" + urlencode({"next": asked["next"]})
    context = {"sent_to": asked["sent_to"], "again": again}
    if request.method == "GET":
        return reply.page(request, "portal/sign_in_code.html", context)
    try:
        account = people.confirm_code(
            token=asked["token"], code=request.POST.get("code", ""),
            language=get_language() or "id", network=network_of(request),
            actor=request.actor, at=clock.now(),
        )  # fmt: skip
    except Invalid as refusal:
        context["errors"] = refusal.fields or {"code": [str(refusal)]}
        return reply.page(request, "portal/sign_in_code.html", context, status=422)
    kept = request.session.get(KEPT)
    auth.login(request, account, backend=BACKEND)
    request.session.pop(ASKED, None)
    request.session.pop(KEPT, None)
    onward = asked["next"] or reverse("portal:cases")
    return _send_kept(request, account, kept, onward) if kept else reply.seen_other(onward)


def _send_kept(
    request: PortalRequest, account: Account, kept: dict[str, str], onward: str
) -> HttpResponseBase:
    """Send the form that was being sent when the sign-in turned out to have expired."""
    try:
        match = resolve(kept["path"])
    except Resolver404:
        return reply.seen_other(onward)
    request.path = request.path_info = kept["path"]
    request.POST = QueryDict(kept["post"])
    # Who acts was settled before the sign-in; now it is the resident.
    request.actor = people_queries.actor_for(account, at=clock.now())
    try:
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except NotFound:
        messages.warning(
            request,
            _("What you were filling in belongs to another sign-in. Use the same as before."),
        )
        return reply.seen_other(reverse("portal:cases"))
    return answer


@require_POST
def leave(request: PortalRequest) -> HttpResponse:
    """Sign out."""
    auth.logout(request)
    messages.success(request, _("You are signed out."))
    return reply.seen_other(reverse("portal:home"))
