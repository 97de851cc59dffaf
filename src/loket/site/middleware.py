"""Says on whose behalf each request is made."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from loket.kernel import clock
from loket.people import queries as people


class ActorMiddleware:
    """Put ``request.actor`` on every request; nobody is looked up until a view asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: people.actor_for(request.user, at=clock.now())
        )
        return self.get_response(request)
