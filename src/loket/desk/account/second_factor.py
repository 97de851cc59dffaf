"""Nobody works at the desk with a password alone, and residents do not work there at all."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from loket.people import queries as people
from loket.people.models import Account

SEEN = "second_factor_of"
"""In the session: whose second factor was found, so that not every page asks again."""

SIGN_IN = frozenset({"account_login", "account_logout", "account_inactive"})
SIGN_IN_STEPS = frozenset({"mfa_authenticate", "mfa_login_webauthn"})


class SecondFactorMiddleware:
    """Send staff without a second factor to set one up before any page of the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk, account = reverse("desk:home"), reverse("account_login").removesuffix("login/")
        if request.path.startswith(account):
            if request.method == "POST":  # It may remove what was seen.
                request.session.pop(SEEN, None)
            if _is_resident_managing(request):
                return HttpResponseRedirect(reverse("account_login"))
        elif request.path.startswith(desk) and self._is_missing(request):
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        user = request.user
        if not isinstance(user, Account) or request.session.get(SEEN) == user.pk:
            return False
        if people.needs_second_factor(user):
            return True
        request.session[SEEN] = user.pk
        return False


def _is_resident_managing(request: HttpRequest) -> bool:
    """Say whether a resident asks for a page that manages how staff sign in."""
    user = request.user
    if not isinstance(user, Account) or user.kind == Account.Kind.STAFF:
        return False
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return False
    return name.startswith(("account_", "mfa_")) and name not in SIGN_IN | SIGN_IN_STEPS
