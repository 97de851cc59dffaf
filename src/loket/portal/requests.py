"""Who asks, and how residents are brought back to where they were."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.people.models import Account
from loket.ui import reply

View = Callable[..., HttpResponseBase]
KEPT = "kept_answer"
MOST_KEPT = 64 * 1024
"""Characters of an answer that are kept in the session of somebody who must sign in."""


class PortalRequest(HttpRequest):
    """A request from the public; the middleware has already said who."""

    actor: Actor
    session: SessionBase


def resident_only(view: View) -> View:
    """Ask whoever is not signed in to sign in, and keep what they were sending."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, Account) or user.kind != Account.Kind.RESIDENT:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return reply.private(guarded)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        _keep(request)
    url = f"{reverse('portal:sign-in')}?{urlencode({'next': request.path})}"
    if reply.wants_part(request):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = url
        return response
    return reply.seen_other(url)


def _keep(request: HttpRequest) -> None:
    """Keep the answers of a form whose sign-in expired; they are sent again afterwards."""
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    text = sent.urlencode()
    if len(text) <= MOST_KEPT:
        request.session[KEPT] = {"path": request.path, "post": text}
    if request.FILES:
        messages.warning(
            request, _("Your sign-in had expired. Please add the files once more.")
        )


def network_of(request: HttpRequest) -> str:
    """Return the address that asks; behind our own proxies, the one they saw."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(seen) >= proxies and seen[-proxies]:
        return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
