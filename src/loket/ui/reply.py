"""How a view answers: a whole page, or the part of it that htmx asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[..., HttpResponseBase]


def wants_part(request: HttpRequest) -> bool:
    """Say whether htmx asks for a part of the page rather than the whole."""
    return request.headers.get("HX-Request") == "true"


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a template, or only one of its parts when htmx asks for it."""
    if part and wants_part(request):
        template = f"{template}#{part}"
    response = render(request, template, dict(context), status=status)
    if part:
        patch_vary_headers(response, ["HX-Request"])
    return response


def seen_other(url: str) -> HttpResponse:
    """Send a browser on after a POST, so that reloading does not repeat it."""
    return HttpResponseRedirect(url, status=303)


def safe_next(request: HttpRequest, wanted: str, *, default: str) -> str:
    """Return where to go on, if that is on this site."""
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return default


def private(view: View) -> View:
    """Keep a page that shows personal data out of every cache and search engine."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


def download(data: bytes, *, name: str, media_type: str, inline: bool = False) -> HttpResponse:
    """Answer with bytes that no browser may take for anything but what they are."""
    response = HttpResponse(data, content_type=media_type)
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store, private"
    return response
