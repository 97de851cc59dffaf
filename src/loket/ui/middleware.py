"""Speaks the reader's language, turns refusals into answers, tells the office's time."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound, Refusal

from . import refusals

NUL = "\x00"


class LanguageMiddleware:
    """Speak Indonesian unless the reader chose English; a browser's wish is no choice.

    Many telephones here are set to English by those who read Indonesian.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        language = chosen if known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


class TypedTextMiddleware:
    """Take out of what was sent the one sign that no text column keeps: NUL.

    Nobody can type it. PostgreSQL would refuse it in every look-up and every note.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            return refusals.answer(request, NotFound(_("This page was not found")))
        request.GET = _typed(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = _typed(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def _typed(sent: QueryDict) -> QueryDict:
    """Return what was sent, without NUL."""
    if not any(NUL in text for name, texts in sent.lists() for text in (name, *texts)):
        return sent
    kept = QueryDict(mutable=True)
    for name, texts in sent.lists():
        kept.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
    kept._mutable = False  # noqa: SLF001 -- as Django's own are
    return kept


class RefusalMiddleware:
    """Let views say what they want; what is refused becomes a page with a way onward."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(settings.OFFICE_TIME_ZONE):
            return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        return refusals.answer(request, exception)
