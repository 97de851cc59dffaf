"""Who asks, and what they said they look for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from loket.kernel.access import Actor
from loket.people.models import Account

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request from staff; the middleware has already said who."""

    actor: Actor
    user: Account
    session: SessionBase


def staff_only(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Send anybody who is not signed in as staff to the staff's sign-in page."""

    @wraps(view)
    def guarded(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, Account) or user.kind != Account.Kind.STAFF:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return view(request, *args, **kwargs)

    return guarded
