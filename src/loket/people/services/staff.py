"""Accounts and positions of the staff."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loket.kernel.access import ANYWHERE, Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation.models import Unit
from loket.people.access import MANAGE_STAFF
from loket.people.events import (
    PersonAppointed,
    PositionCorrected,
    PositionEnded,
    SignInReset,
    StaffCreated,
)
from loket.people.models import Account, Position
from loket.people.rules import roles


def create_staff(
    *,
    username: str,
    full_name: str,
    email: str = "",
    password: str | None = None,
    language: str = "id",
    actor: Actor,
    at: datetime,
) -> Account:
    """Open an account for somebody on the staff; without a password only a directory signs in.

    :raises NotAllowed: if the actor may not appoint staff everywhere.
    :raises Invalid: if the username is taken or malformed, or the password is weak.
    """
    require(actor, MANAGE_STAFF, scope=ANYWHERE)
    account = Account(
        username=username,
        full_name=full_name,
        email=email,
        kind=Account.Kind.STAFF,
        language=language,
        date_joined=at,
    )
    _check(account, password)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            announce(StaffCreated(actor=actor, at=at, subject=account.ref, username=username))
    except IntegrityError as error:  # Somebody took the username a moment ago.
        taken = _("This username is taken.")
        raise Invalid(taken, fields={"username": [taken]}) from error
    return account


def reset_sign_in(*, account: Account, password: str, actor: Actor, at: datetime) -> None:
    """Give a new password and forget every second factor: for a lost phone or password.

    Whoever is signed in with the old ones is signed out.

    :raises NotAllowed: if the actor may not appoint staff everywhere.
    :raises Invalid: if the account is not staff, or the password is weak.
    """
    require(actor, MANAGE_STAFF, scope=ANYWHERE)
    if account.kind != Account.Kind.STAFF:
        raise Invalid(_("Only staff have a password."))
    _check(account, password)
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        Authenticator.objects.filter(user=account).delete()
        announce(SignInReset(actor=actor, at=at, subject=account.ref))


def appoint(
    *,
    account: Account,
    unit: Unit,
    role: str,
    title: str,
    level: str = "",
    basis: str = Position.Basis.DEFINITIVE,
    starts_on: date,
    ends_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Position:
    """Give somebody on the staff a position in a unit, or let them act for who holds it.

    :raises NotAllowed: if the actor may not appoint staff in the unit.
    :raises Invalid: if the account is not staff, the role, level or basis unknown, the period
        empty, or somebody is to stand in (Plh.) without an end.
    :raises Conflict: if they hold this role in this unit at some time of the period.
    """
    require(actor, MANAGE_STAFF, scope=unit.path)
    if account.kind != Account.Kind.STAFF:
        raise Invalid(_("Only staff can hold a position."))
    _require_post(role, level, basis, starts_on, ends_on)
    with transaction.atomic():
        # The row lock makes two appointments of one person wait for each other.
        Account.objects.select_for_update().get(pk=account.pk)
        _require_free(account, unit, role, starts_on, ends_on)
        position = Position.objects.create(
            account=account,
            unit=unit,
            role=role,
            title=title,
            level=level,
            basis=basis,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        announce(_appointed(position, actor=actor, at=at))
    return position


def correct_position(
    *, position: Position, title: str, level: str, actor: Actor, at: datetime
) -> Position:
    """Put right what a position is called and its structural level.

    :raises NotAllowed: if the actor may not appoint staff in the unit.
    :raises Invalid: if there is no such level.
    """
    require(actor, MANAGE_STAFF, scope=position.unit.path)
    if level and level not in Position.Level.values:
        raise Invalid(_("There is no structural level %(level)s.") % {"level": level})
    if (position.title, position.level) == (title, level):
        return position
    position.title, position.level = title, level
    with transaction.atomic():
        position.save(update_fields=["title", "level"])
        announce(
            PositionCorrected(
                actor=actor,
                at=at,
                subject=position.account.ref,
                unit=position.unit.code,
                role=position.role,
                title=title,
                level=level,
            )
        )
    return position


def end_position(*, position: Position, on: date, actor: Actor, at: datetime) -> Position:
    """Let a position end on a day; from that day it gives nothing.

    :raises NotAllowed: if the actor may not appoint staff in the unit.
    :raises Invalid: if the day is not after the position begins.
    :raises Conflict: if the position ends earlier already.
    """
    require(actor, MANAGE_STAFF, scope=position.unit.path)
    if on <= position.starts_on:
        raise Invalid(_("A position must end after it begins."))
    later = Position.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), pk=position.pk)
    with transaction.atomic():
        if not later.update(ends_on=on):
            raise Conflict(_("This position has already ended."))
        position.ends_on = on
        announce(
            PositionEnded(
                actor=actor,
                at=at,
                subject=position.account.ref,
                unit=position.unit.code,
                role=position.role,
                ends_on=on.isoformat(),
            )
        )
    return position


def _appointed(position: Position, *, actor: Actor, at: datetime) -> PersonAppointed:
    return PersonAppointed(
        actor=actor,
        at=at,
        subject=position.account.ref,
        unit=position.unit.code,
        role=position.role,
        title=position.title,
        starts_on=position.starts_on.isoformat(),
        ends_on=position.ends_on.isoformat() if position.ends_on else "",
        basis=position.basis,
    )


def _require_post(
    role: str, level: str, basis: str, starts_on: date, ends_on: date | None
) -> None:
    if role not in roles.PERMISSIONS:
        raise Invalid(_("There is no role %(role)s.") % {"role": role})
    if level and level not in Position.Level.values:
        raise Invalid(_("There is no structural level %(level)s.") % {"level": level})
    if basis not in Position.Basis.values:
        raise Invalid(_("Say whether the position is definitive, acting or delegated."))
    if basis == Position.Basis.DELEGATED and ends_on is None:
        raise Invalid(_("Who stands in (Plh.) does so until a day: write which."))
    if ends_on is not None and ends_on <= starts_on:
        raise Invalid(_("A position must end after it begins."))


def _check(account: Account, password: str | None) -> None:
    problems: dict[str, list[str]] = {}
    try:
        account.full_clean(exclude=["password"])
    except ValidationError as error:
        problems.update(error.message_dict)
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as error:
            problems["password"] = list(error.messages)
    if problems:
        raise Invalid(
            " ".join(s for group in problems.values() for s in group), fields=problems
        )


def _require_free(
    account: Account, unit: Unit, role: str, starts_on: date, ends_on: date | None
) -> None:
    clash = Position.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=starts_on), account=account, unit=unit, role=role
    )
    if ends_on is not None:
        clash = clash.filter(starts_on__lt=ends_on)
    if clash.exists():
        raise Conflict(_("%(name)s already holds this position.") % {"name": account})
