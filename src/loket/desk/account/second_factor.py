"""Nobody works at the desk with a password alone, and residents do not work there at all."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.signals import authenticator_added
from django.contrib import auth
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from loket.people import queries as people
from loket.people.models import Account

SEEN = "second_factor_of"
"""In the session: whose second factor was found, so that not every page asks again."""

UNPROVED = "signed_in_by_password_alone"
"""In the session: who signed in before they had a second factor. Once they have one, only
the session that set it up goes on: another may be that of somebody who knows the password."""

SIGN_IN = frozenset({"account_login", "account_logout", "account_inactive"})
SIGN_IN_STEPS = frozenset({"mfa_authenticate", "mfa_login_webauthn"})


class SecondFactorMiddleware:
    """Send staff without a second factor to set one up before any page of the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk, account = reverse("desk:home"), reverse("account_login").removesuffix("login/")
        if request.path.startswith(desk) and _is_left_behind(request):
            auth.logout(request)
            return HttpResponseRedirect(reverse("account_login"))
        if request.path.startswith(account):
            if request.method == "POST":  # It may remove what was seen.
                request.session.pop(SEEN, None)
            if _is_resident_managing(request):
                return HttpResponseRedirect(reverse("account_login"))
            response = self.get_response(request)
            # Secrets of apps and recovery codes are on these pages.
            response["Cache-Control"] = "no-store, private"
            return response
        if request.path.startswith(desk) and self._is_missing(request):
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


@receiver(user_logged_in)
def remember_unproved(request: HttpRequest, user: Account, **_signal: object) -> None:
    """Mark a session that begins without a second factor, because there is none yet."""
    if people.needs_second_factor(user):
        request.session[UNPROVED] = user.pk


@receiver(authenticator_added)
def forget_unproved(request: HttpRequest, **_signal: object) -> None:
    """Let the session go on that set the second factor up."""
    request.session.pop(UNPROVED, None)


def _is_left_behind(request: HttpRequest) -> bool:
    """Say whether a second factor was set up elsewhere since this session began."""
    if UNPROVED not in request.session:
        return False
    user = request.user
    return isinstance(user, Account) and not people.needs_second_factor(user)


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
