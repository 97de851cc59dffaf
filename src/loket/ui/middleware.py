"""Turns refusals into answers, in one place, and tells the time as the office does."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from loket.kernel.errors import Refusal

from . import refusals


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
