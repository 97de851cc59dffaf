"""Residents sign in with a code sent to them; the first time registers them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Invalid, NotAllowed
from loket.kernel.events import announce
from loket.kernel.identifiers import emails, phones
from loket.people.events import CodeRequested, ResidentRegistered, ResidentSignedIn
from loket.people.models import Account, ContactPoint, Resident, SignInCode
from loket.people.rules import sign_in_codes

from .throttles import throttle

HOUR = 60 * 60
CODES_PER_CONTACT = 5
# Many people share one address behind an operator's gateway, so these limits are wide.
CODES_PER_NETWORK = 100
TRIES_PER_NETWORK = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshCode:
    """A code on its way. ``code`` is known only here; the database keeps a digest."""

    number: int
    token: str
    code: str = field(repr=False)
    kind: str
    value: str
    language: str
    expires_at: datetime

    @property
    def email(self) -> str:
        return self.value if self.kind == ContactPoint.Kind.EMAIL else ""

    @property
    def phone(self) -> str:
        return self.value if self.kind == ContactPoint.Kind.PHONE else ""

    @property
    def subject(self) -> str:
        return f"sign_in:{self.number}"

    @property
    def key(self) -> str:
        return f"sign_in_code:{self.number}"


def request_code(
    *, contact: str, language: str = "id", network: str = "", actor: Actor, at: datetime
) -> FreshCode:
    """Make a code for a contact point, known or not: the answer is the same.

    The caller sends it. ``network`` is the address that asks. Commits by itself.

    :raises Invalid: if the text is neither an e-mail address nor a telephone number.
    :raises TooMany: if this contact or this network asked too often.
    """
    kind, value = read_contact(contact)
    _slow_down("code-to", value, CODES_PER_CONTACT, actor=actor, at=at)
    _slow_down("code-from", network, CODES_PER_NETWORK, actor=actor, at=at)
    code, token = sign_in_codes.new_code(), sign_in_codes.new_token()
    with transaction.atomic():
        row = SignInCode.objects.create(
            token=token,
            kind=kind,
            value=value,
            digest=sign_in_codes.digest(code, token=token, key=settings.SECRET_KEY),
            sent_at=at,
            expires_at=at + sign_in_codes.LIFETIME,
        )
        fresh = FreshCode(
            number=row.pk,
            token=token,
            code=code,
            kind=kind,
            value=value,
            language=language,
            expires_at=row.expires_at,
        )
        announce(
            CodeRequested(
                actor=actor,
                at=at,
                subject=fresh.subject,
                kind=kind,
                contact=mask_contact(kind, value),
            )
        )
    return fresh


def confirm_code(
    *,
    token: str,
    code: str,
    network: str = "",
    language: str = "id",
    actor: Actor,
    at: datetime,
) -> Account:
    """Sign in with a code; whoever proves a new contact point is registered. Commits by itself.

    :raises Invalid: if the code is wrong, used, too old, or was tried too often.
    :raises NotAllowed: if the account was closed.
    :raises TooMany: if this network tried too often.
    """
    proved = redeem(token=token, code=code, network=network, actor=actor, at=at)
    with transaction.atomic():
        spend(proved, at=at)
        resident = _resident_behind(proved, language=language, actor=actor, at=at)
        if not resident.account.is_active:
            raise NotAllowed(_("This account is closed. Please contact your service office."))
        announce(
            ResidentSignedIn(actor=actor, at=at, subject=resident.subject, kind=proved.kind)
        )
    return resident.account


def redeem(*, token: str, code: str, network: str, actor: Actor, at: datetime) -> SignInCode:
    """Return the sign-in code that was typed right; every try counts, even a refused one.

    :raises Invalid: if the code is wrong, used, too old, or was tried too often.
    :raises TooMany: if this network tried too often.
    """
    _slow_down("try-from", network, TRIES_PER_NETWORK, actor=actor, at=at)
    open_codes = SignInCode.objects.filter(
        token=token, used_at=None, expires_at__gt=at, tries__lt=sign_in_codes.TRIES
    )
    with transaction.atomic(durable=True):
        counted = open_codes.update(tries=F("tries") + 1)
    if not counted:
        raise _refusal(_("This code can no longer be used. Please ask for a new one."))
    row = SignInCode.objects.get(token=token)
    if not sign_in_codes.matches(code, row.digest, token=token, key=settings.SECRET_KEY):
        raise _refusal(_("That is not the code we sent. Check it and try again."))
    return row


def spend(row: SignInCode, *, at: datetime) -> None:
    """Use a code up, once.

    :raises Invalid: if somebody else just did.
    """
    if not SignInCode.objects.filter(pk=row.pk, used_at=None).update(used_at=at):
        raise _refusal(_("This code can no longer be used. Please ask for a new one."))


def read_contact(typed: str) -> tuple[str, str]:
    """Return the kind and the normal form of an e-mail address or telephone number.

    :raises Invalid: if it is neither.
    """
    try:
        if "@" in typed:
            return ContactPoint.Kind.EMAIL.value, emails.normalise(typed)
        return ContactPoint.Kind.PHONE.value, phones.normalise(typed)
    except Invalid as refusal:
        raise Invalid(str(refusal), fields={"contact": [str(refusal)]}) from refusal


def mask_contact(kind: str, value: str) -> str:
    """Return a contact point as it may be shown in a list."""
    masked = emails.mask(value) if kind == ContactPoint.Kind.EMAIL else phones.mask(value)
    return str(masked)


def _resident_behind(
    proved: SignInCode, *, language: str, actor: Actor, at: datetime
) -> Resident:
    known = Resident.objects.select_related("account").filter(
        contact_points__kind=proved.kind, contact_points__value=proved.value
    )
    if resident := known.first():
        return resident
    try:
        with transaction.atomic():
            return _register(proved, language=language, actor=actor, at=at)
    except IntegrityError:
        # Another browser proved the same contact point a moment ago: the constraint decided.
        return known.get()


def _register(proved: SignInCode, *, language: str, actor: Actor, at: datetime) -> Resident:
    account = Account(
        username=f"resident-{secrets.token_hex(10)}",
        kind=Account.Kind.RESIDENT,
        language=language,
        date_joined=at,
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    resident = Resident.objects.create(account=account, registered_at=at)
    ContactPoint.objects.create(
        resident=resident, kind=proved.kind, value=proved.value, verified_at=at
    )
    announce(
        ResidentRegistered(actor=actor, at=at, subject=resident.subject, account=account.ref)
    )
    return resident


def _slow_down(what: str, whose: str, limit: int, *, actor: Actor, at: datetime) -> None:
    if whose:
        secret = f"{settings.SECRET_KEY}:{whose}".encode()
        key = f"{what}:{hashlib.sha256(secret).hexdigest()}"
        throttle(key=key, limit=limit, per_seconds=HOUR, actor=actor, at=at)


def _refusal(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"code": [sentence]})
