"""Who is acting, and who holds which position."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotAllowed
from loket.organisation import queries as organisation
from loket.people.models import Account, ContactPoint, Position, Resident
from loket.people.rules import roles
from loket.people.rules.refs import number_of


def actor_for(user: Account | AnonymousUser, *, at: datetime) -> Actor:
    """Return who acts: staff with what their positions give them today, others with nothing."""
    if not isinstance(user, Account) or not user.is_active:
        return Actor.visitor()
    if user.kind == Account.Kind.RESIDENT:
        return Actor(ref=user.ref, name=user.full_name or _("a resident"))
    held = positions_of(user, on=organisation.today(None, at=at)).values_list(
        "role", "unit__path"
    )
    grants = (roles.grants(role, scope=path) for role, path in held)
    return Actor(ref=user.ref, name=str(user), grants=frozenset().union(*grants))


def account_of(actor: Actor) -> Account:
    """Return the account behind an actor.

    :raises NotAllowed: if the actor is a visitor or a process.
    """
    number = number_of(actor.ref)
    account = Account.objects.filter(pk=number).first() if number else None
    if account is None:
        raise NotAllowed(_("Please sign in first."))
    return account


def resident_of(actor: Actor) -> Resident:
    """Return the resident who acts.

    :raises NotAllowed: if the actor is not a resident.
    """
    if number := number_of(actor.ref):
        residents = Resident.objects.select_related("account")
        if resident := residents.filter(account_id=number).first():
            return resident
    raise NotAllowed(_("Please sign in first."))


def contacts_of(resident: Resident) -> QuerySet[ContactPoint]:
    """Return the proved contact points of a resident, oldest first."""
    return ContactPoint.objects.filter(resident=resident).order_by("verified_at", "id")


def positions_of(account: Account, *, on: date) -> QuerySet[Position]:
    """Return the positions that an account holds on a day."""
    return _current(on).filter(account=account).select_related("unit").order_by("id")


def holders(roles: Collection[str], *, on: date) -> QuerySet[Position]:
    """Return the positions of some roles that people hold on a day, by name."""
    held = _current(on).filter(role__in=roles, account__is_active=True)
    return held.select_related("account", "unit").order_by("account__full_name", "id")


def needs_second_factor(account: Account) -> bool:
    """Say whether somebody on the staff has neither an authenticator app nor a passkey."""
    if account.kind != Account.Kind.STAFF:
        return False
    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=account, type__in=factors).exists()


def _current(on: date) -> QuerySet[Position]:
    still = Q(ends_on=None) | Q(ends_on__gt=on)
    return Position.objects.filter(still, starts_on__lte=on)
