"""Staff brought in by a file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import ANYWHERE, Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.people import services as people
from loket.people.access import MANAGE_STAFF
from loket.people.models import Account, Position
from loket.people.rules.imports import Entry, Line
from loket.workforce import queries
from loket.workforce.access import RECORD
from loket.workforce.events import StaffImported
from loket.workforce.rules.importing import Plan, Step

from .posts import set_desks, set_skills


@dataclass(slots=True)
class _Work:
    """What one import has at hand while it writes."""

    actor: Actor
    at: datetime
    on: date
    units: dict[str, Unit]
    rooms: dict[str, Room]
    accounts: dict[str, Account]
    """By account name."""
    posts: dict[int, Position]


def import_staff(*, lines: Iterable[Line], digest: str, actor: Actor, at: datetime) -> Plan:
    """Bring in what a preview showed: everything in one transaction, or nothing.

    ``digest`` is that of the preview. What was read then is compared again with who is on
    record now.

    :raises NotAllowed: if the actor may import staff nowhere.
    :raises Invalid: if some row cannot be brought in.
    :raises Conflict: if what it would do is no longer what the preview showed.
    """
    with transaction.atomic():
        plan = queries.import_preview(lines, actor=actor, at=at)
        if not plan.is_clean:
            raise Invalid(_("Some rows cannot be brought in. Nothing was changed."))
        if plan.digest != digest:
            raise Conflict(
                _("Somebody changed the records since the preview. Please look at it again.")
            )
        steps = [result.step for result in plan.results if result.step and result.step.does]
        work = _prepared(steps, actor=actor, at=at)
        for step in steps:
            _carry_out(step, work)
        announce(
            StaffImported(
                actor=actor,
                at=at,
                subject=f"import:{digest[:12]}",
                rows=len(plan.results),
                created=plan.count("new"),
                changed=plan.count("changed"),
            )
        )
    return plan


def _prepared(steps: list[Step], *, actor: Actor, at: datetime) -> _Work:
    numbers = [step.account for step in steps if step.account]
    # The row locks make two imports of the same people wait for each other.
    accounts = Account.objects.select_for_update().in_bulk(numbers)
    rooms = {code for step in steps for code in step.entry.rooms}
    units = {step.entry.unit for step in steps}
    return _Work(
        actor=_appointing(actor, ANYWHERE),
        at=at,
        on=organisation.today(None, at=at),
        units={unit.code: unit for unit in Unit.objects.filter(code__in=units)},
        rooms={room.code: room for room in Room.objects.filter(code__in=rooms)},
        accounts={account.username: account for account in accounts.values()},
        posts=Position.objects.select_related("unit", "account").in_bulk(
            [step.post for step in steps if step.post]
        ),
    )


def _appointing(actor: Actor, scope: str) -> Actor:
    """Return the importer with what the steps need.

    No role may appoint staff. That these steps may be done was decided row by row when they
    were compared; nothing but them is done with it.
    """
    given = {(MANAGE_STAFF.name, scope), (RECORD.name, scope)}
    return Actor(ref=actor.ref, name=actor.name, grants=actor.grants | given)


def _carry_out(step: Step, work: _Work) -> None:
    account = _account(step, work)
    actor, at, entry = work.actor, work.at, step.entry
    if "name" in step.does:
        people.correct_name(account=account, full_name=entry.name, actor=actor, at=at)
    if "employment" in step.does:
        _employ(account, entry, work)
    if "post" in step.does or "title" in step.does:
        _place(account, step, work)
    if "skills" in step.does:
        set_skills(account=account, skills=entry.skills, actor=actor, at=at)
    if "rooms" in step.does:
        rooms = [work.rooms[code] for code in entry.rooms]
        set_desks(account=account, rooms=rooms, on=work.on, actor=actor, at=at)


def _account(step: Step, work: _Work) -> Account:
    if "account" in step.does:
        work.accounts[step.username] = people.create_staff(
            username=step.username,
            full_name=step.entry.name,
            email=step.entry.email,
            actor=work.actor,
            at=work.at,
        )
    return work.accounts[step.username]


def _place(account: Account, step: Step, work: _Work) -> None:
    entry = step.entry
    if step.post:
        post = work.posts[step.post]
        level = entry.level or post.level
        people.correct_position(
            position=post, title=entry.title, level=level, actor=work.actor, at=work.at
        )
        return
    people.appoint(
        account=account,
        unit=work.units[entry.unit],
        role=entry.role,
        title=entry.title,
        level=entry.level,
        basis=entry.basis,
        starts_on=entry.starts_on or work.on,
        ends_on=entry.ends_on,
        actor=work.actor,
        at=work.at,
    )


def _employ(account: Account, entry: Entry, work: _Work) -> None:
    """Write down the employment; what the file leaves empty stays as it is."""
    known = getattr(account, "employment", None)
    people.set_employment(
        account=account,
        kind=entry.kind,
        nip=entry.nip,
        nrk=entry.nrk or (known.nrk if known else ""),
        born_on=entry.born_on or (known.born_on if known and not entry.nip else None),
        phone=entry.phone or (known.phone if known else ""),
        actor=work.actor,
        at=work.at,
    )
