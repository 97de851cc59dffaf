"""What django-allauth asks us. Named in the settings."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.people.models import Account
from loket.ui.reply import seen_other


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Only staff sign in here, and nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's
        """Say that accounts are given, not taken."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Return the account, unless it is a resident's: then the password counts as wrong."""
        account: Account | None = super().authenticate(request, **credentials)
        if not _is_staff(account):
            return None
        if request.user.is_authenticated and request.user != account:
            # A resident's session; the second step is shown only to who is not signed in.
            self.logout(request)
        return account

    def pre_login(self, request: HttpRequest, user: Account, **facts: Any) -> Any:
        """Stop whoever came by a passkey or the directory but is not on the staff."""
        if not _is_staff(user):
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **facts)


class DirectoryAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The government's directory says who somebody is; whether they work here, Loket knows."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 -- allauth's
        """Say that the directory never opens an account."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect a first sign-in to the account that was opened for this person."""
        if sociallogin.is_existing:
            return
        account = staff_member_behind(_claims(sociallogin))
        if account is None:
            messages.error(request, _("The directory knows you, but you have no account here."))
            raise ImmediateHttpResponse(_back_to_sign_in())
        sociallogin.connect(request, account)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of authenticator apps unreadable in the database, and one factor."""

    def encrypt(self, text: str) -> str:
        """Return what is stored."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret again."""
        return _vault().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether an app or a passkey would be left."""
        others = Authenticator.objects.filter(
            user=authenticator.user_id,
            type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN],
        ).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code for an authenticator app, without a style attribute."""
        drawing: str = segno.make(url, error="m").svg_inline(scale=5, border=4, light="#fff")
        return drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def get_totp_label(self, user: Account) -> str:
        """Return the name under which an app lists the account."""
        return user.username

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def staff_member_behind(claims: dict[str, Any]) -> Account | None:
    """Return the one member of staff that an identity of the directory belongs to.

    A verified e-mail address decides. A username decides only for accounts without a
    password, which were opened for the directory: elsewhere a directory that lets people
    choose their name would let them choose their colleague's account.
    """
    staff = Account.objects.filter(kind=Account.Kind.STAFF, is_active=True)
    email, username = (
        str(claims.get("email") or ""),
        str(claims.get("preferred_username") or ""),
    )
    if email and claims.get("email_verified") is True:
        found = list(staff.filter(email__iexact=email)[:2])
        if found:
            return found[0] if len(found) == 1 else None
    account = staff.filter(username=username).first() if username else None
    return account if account and not account.has_usable_password() else None


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    data = sociallogin.account.extra_data
    claims: dict[str, Any] = data.get("userinfo") or data.get("id_token") or data
    return claims


def _is_staff(account: Account | None) -> bool:
    return account is not None and account.kind == Account.Kind.STAFF


def _back_to_sign_in() -> HttpResponse:
    return seen_other(reverse("account_login"))


def _vault() -> Fernet:
    key = hashlib.sha256(f"second factor:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
