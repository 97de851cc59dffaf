"""The pages of every no: what happened, that nothing is lost, and where to go."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, TooMany

from . import reply

# The most special kind first: TooMany is a NotAllowed.
KINDS: tuple[tuple[type[Refusal], int, object], ...] = (
    (TooMany, 429, _("Too many tries")),
    (NotFound, 404, _("This page was not found")),
    (NotAllowed, 403, _("You may not open this")),
    (Conflict, 409, _("This has changed in the meantime")),
    (Invalid, 422, _("This cannot be done as given")),
)


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page that explains a refusal, or the part of it that htmx shows."""
    status, title = next((s, t) for kind, s, t in KINDS if isinstance(refusal, kind))
    context = {
        "refusal": str(refusal),
        "status": status,
        "title": title,
        "sentences": _sentences(refusal),
        "came_from": _came_from(request),
        "minutes": math.ceil(getattr(refusal, "retry_after", 0) / 60),
    }
    response = _show(request, context, status)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that was sent without its safety cookie: it is old, nothing is lost."""
    del reason
    context = {
        "status": 403,
        "title": _("This page was open for too long"),
        "came_from": _came_from(request),
        "is_csrf": True,
    }
    return _show(request, context, 403)


def _show(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    home = reverse("desk:home")
    user = getattr(request, "user", None)
    if getattr(user, "kind", "") == "staff" and request.path.startswith(home):
        context |= {"base": "ui/staff.html", "home": home}
    if reply.wants_part(request):
        response = render(request, "ui/parts/refusal.html", context, status=status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:top"
    else:
        response = render(request, "ui/refusal.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _sentences(refusal: Refusal) -> list[str]:
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    told = [sentence for sentences in fields.values() for sentence in sentences]
    return [sentence for sentence in told if sentence != str(refusal)]


def _came_from(request: HttpRequest) -> str:
    """Return the page on this site that led here, for the link back."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""  # “//elsewhere.example/” is a path here and another site in a link.
    return "" if request.method == "GET" and path == request.get_full_path() else path
