"""Posts that personnel gives and ends, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from loket.kernel.access import Actor, require
from loket.kernel.errors import Invalid, NotAllowed
from loket.organisation.models import Unit
from loket.people import services as people
from loket.people.access import MANAGE_STAFF
from loket.people.models import Account, Position
from loket.people.rules.imports import ROLES
from loket.workforce.access import IMPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class PostForm:
    """What can be said about a post; ``basis`` acting (Plt.) or delegated (Plh.) stands in."""

    role: str
    title: str
    level: str = ""
    basis: str = "definitive"
    starts_on: date
    ends_on: date | None = None


def give_post(
    *, account: Account, unit: Unit, form: PostForm, actor: Actor, at: datetime
) -> Position:
    """Give somebody a post among the staff of a unit, or let them act for who holds it.

    :raises NotAllowed: if the actor may not import staff of the unit, or it is themselves.
    :raises Invalid: if the role is none of the staff, or something else cannot be.
    :raises Conflict: if they hold this role in this unit at some time of the period.
    """
    _require(actor, account, unit)
    if form.role not in ROLES:
        raise Invalid(_("Only an operator gives this role."))
    title = " ".join(form.title.split())
    if not title:
        sentence = _("Write what the post is called, at most 120 letters.")
        raise Invalid(sentence, fields={"title": [sentence]})
    return people.appoint(
        account=account,
        unit=unit,
        role=form.role,
        title=title[:120],
        level=form.level,
        basis=form.basis,
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        actor=_appointing(actor, unit),
        at=at,
    )


def end_post(*, position: Position, on: date, actor: Actor, at: datetime) -> Position:
    """Let a post among the staff end; ``on`` is the first day without it.

    :raises NotAllowed: if the actor may not import staff of the unit, or it is themselves.
    :raises Invalid: if only an operator ends this role, or the day is before it begins.
    :raises Conflict: if it ends earlier already.
    """
    _require(actor, position.account, position.unit)
    if position.role not in ROLES:
        raise Invalid(_("Only an operator gives this role."))
    appointing = _appointing(actor, position.unit)
    return people.end_position(position=position, on=on, actor=appointing, at=at)


def _require(actor: Actor, account: Account, unit: Unit) -> None:
    require(actor, IMPORT, scope=unit.path)
    if account.ref == actor.ref:
        raise NotAllowed(_("Somebody else must do this for you."))


def _appointing(actor: Actor, unit: Unit) -> Actor:
    """Return the actor with what this one step needs; no role may appoint staff as such."""
    given = {(MANAGE_STAFF.name, unit.path)}
    return Actor(ref=actor.ref, name=actor.name, grants=actor.grants | given)
