"""Employs the demo's staff, lets its resident sign in once, and finds them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.utils.translation import gettext as _

from loket.documents.signers import local
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotAllowed
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people import services
from loket.people.models import Account, ContactPoint, Resident

from . import roles
from .roles import Part

SYSTEM = Actor.system("demo")
SINCE = date(2024, 1, 2)


@dataclass(frozen=True, slots=True)
class Desk:
    """The staff of one office, ready to act."""

    unit: Unit
    officers: tuple[Actor, ...]
    head: Actor


def assemble(*, at: datetime) -> None:
    """Open the accounts of everybody in the play; who is there already stays as they are.

    :raises NotAllowed: if this is no demo.
    :raises Conflict: if the signing keys are younger than ``at``.
    """
    require_demo()
    if local.ensure_authority(at=at).not_valid_before_utc > at.replace(microsecond=0):
        raise Conflict(
            _(
                "This installation was set up before it became a demo, so its signatures "
                "cannot reach back. Begin with an empty data folder: loket demo --fresh"
            )
        )
    for part in roles.CAST:
        account = employ(part, password=roles.PASSWORD, at=at)
        if not Authenticator.objects.filter(user=account, type="totp").exists():
            totp.TOTP.activate(account, part.totp_secret)
    for part in colleagues():
        employ(part, password=None, at=at)
    welcome(email=roles.RESIDENT_EMAIL, phone=roles.RESIDENT_PHONE, at=at)


def require_demo() -> None:
    """Stop unless this installation is a demo.

    :raises NotAllowed: if it is real.
    """
    if not settings.DEMO:
        raise NotAllowed(_("Invented people may exist only in a demo (LOKET_DEMO=True)."))


def colleagues() -> list[Part]:
    """Return who works in the offices of the history and is not in the cast."""
    played = {part.unit for part in roles.CAST}
    villages = [f"{village}-DUKCAPIL" for village in roles.VILLAGES]
    sectors = list(dict.fromkeys(f"{village[:8]}-DUKCAPIL" for village in roles.VILLAGES))
    offices = [code for code in villages + sectors if code not in played]
    found = []
    for number, (code, names) in enumerate(zip(offices, roles.COLLEAGUES, strict=False), 1):
        title = "Kepala Satuan Pelaksana" if code in villages else "Kepala Sektor"
        for name, role, post in zip(
            names, ("officer", "head"), ("Petugas Pelayanan", title), strict=True
        ):
            found.append(
                Part(
                    username=f"{name.split()[0].lower()}{number:02}",
                    name=name,
                    unit=code,
                    role=role,
                    title=post,
                    level="IV.b" if role == "head" else "",
                )
            )
    return found


def employ(part: Part, *, password: str | None, at: datetime) -> Account:
    """Open the account of one of the staff, with a post and a key, unless it is open."""
    known = Account.objects.filter(username=part.username).first()
    if known is not None:
        return known
    account = services.create_staff(
        username=part.username,
        full_name=part.name,
        email=f"{part.username}@staf.example",
        password=password,
        actor=SYSTEM,
        at=at,
    )
    for role in part.posts:
        services.appoint(
            account=account,
            unit=organisation.unit(part.unit),
            role=role,
            title=part.title,
            level=part.level,
            starts_on=SINCE,
            actor=SYSTEM,
            at=at,
        )
    if part.signs:
        local.enrol(
            signer_ref=account.ref,
            name=part.name,
            title=part.title,
            passphrase=roles.PASSPHRASE,
            at=at,
        )
    return account


def welcome(*, email: str, phone: str = "", at: datetime) -> Resident:
    """Let a resident sign in for the first time with a code, and add a telephone number."""
    known = ContactPoint.objects.filter(kind="email", value=email)
    if point := known.select_related("resident__account").first():
        return point.resident
    visitor = Actor.visitor()
    fresh = services.request_code(contact=email, actor=visitor, at=at)
    account = services.confirm_code(token=fresh.token, code=fresh.code, actor=visitor, at=at)
    actor = people.actor_for(account, at=at)
    if phone:
        fresh = services.request_code(contact=phone, actor=actor, at=at)
        services.add_contact(token=fresh.token, code=fresh.code, actor=actor, at=at)
    return people.resident_of(actor)


def desks(*, at: datetime) -> dict[str, Desk]:
    """Return the staff of each office by the code of its unit."""
    found: dict[str, dict[str, list[Actor]]] = {}
    for part in [*roles.CAST, *colleagues()]:
        account = Account.objects.get(username=part.username)
        posts = found.setdefault(part.unit, {"officer": [], "head": []})
        posts.setdefault(part.role, []).append(people.actor_for(account, at=at))
    return {
        code: Desk(organisation.unit(code), tuple(posts["officer"]), posts["head"][0])
        for code, posts in found.items()
        if posts["officer"] and posts["head"]
    }
