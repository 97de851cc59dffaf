"""Pages of words, the choice of language, and what robots may read."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from loket.kernel.texts import LANGUAGES
from loket.ui import reply

from .requests import PortalRequest

YEAR = 365 * 24 * 60 * 60
CLOSED_TO_ROBOTS = ("/apply/", "/cases/", "/my/", "/sign-in/", "/d/", "/v/", "/desk/", "/demo/")


@require_safe
def about(request: PortalRequest) -> HttpResponse:
    """Say what this site is."""
    return reply.page(request, "portal/words/about.html", {})


@require_safe
def privacy(request: PortalRequest) -> HttpResponse:
    """Say what happens to personal data (UU 27/2022)."""
    return reply.page(request, "portal/words/privacy.html", {})


@require_safe
def accessibility(request: PortalRequest) -> HttpResponse:
    """Say how accessible this site is, and whom to tell where it is not."""
    return reply.page(request, "portal/words/accessibility.html", {})


@require_safe
def help_and_complaints(request: PortalRequest) -> HttpResponse:
    """Say where help is, and how to complain."""
    return reply.page(request, "portal/words/help.html", {})


@require_safe
def language(request: PortalRequest, language: str) -> HttpResponse:
    """Remember the language that somebody reads, and show the same page in it."""
    if language not in LANGUAGES:
        raise Http404
    home = reverse("portal:home")
    response = reply.seen_other(
        reply.safe_next(request, request.GET.get("next", ""), default=home)
    )
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.HTTPS,
        httponly=True,
    )
    return response


@require_safe
def robots(request: PortalRequest) -> HttpResponse:
    """Keep search engines away from pages about persons."""
    del request
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
