"""What people can do, where they sit, and which counters their unit must staff."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation.models import Room, Unit
from loket.people.models import Account
from loket.workforce.access import PLAN, RECORD
from loket.workforce.events import CounterChanged, DesksChanged, SkillsChanged
from loket.workforce.models import Counter, Desk, Skill
from loket.workforce.rules.skills import SKILLS
from loket.workforce.services.overseeing import require_where_home, wrong

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
MOST_PEOPLE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterForm:
    """What can be said about a counter or post."""

    title: str
    room: Room | None = None
    skill: str = ""
    people: int = 1
    weight: int = 1
    is_public: bool = True
    ends_on: date | None = None


def set_skills(
    *, account: Account, skills: Collection[str], actor: Actor, at: datetime
) -> frozenset[str]:
    """Write down everything that somebody can do at a counter.

    :raises NotAllowed: if the actor may neither record nor plan in the person's unit.
    :raises Invalid: if there is no such skill.
    """
    require_where_home(actor, (RECORD, PLAN), account, at=at)
    wanted = frozenset(skills)
    if unknown := sorted(wanted - set(SKILLS)):
        raise wrong("skills", _("There is no skill “%(name)s”.") % {"name": unknown[0]})
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        known = set(Skill.objects.filter(account=account).values_list("name", flat=True))
        if known != wanted:
            Skill.objects.filter(account=account).exclude(name__in=wanted).delete()
            for name in sorted(wanted - known):
                Skill.objects.create(account=account, name=name)
            named = tuple(sorted(wanted))
            announce(SkillsChanged(actor=actor, at=at, subject=account.ref, skills=named))
    return wanted


def set_desks(
    *, account: Account, rooms: Sequence[Room], on: date, actor: Actor, at: datetime
) -> list[Desk]:
    """Write down the rooms in which somebody works from a day on, the main one first.

    Rooms that are not named end on that day.

    :raises NotAllowed: if the actor may neither record nor plan in the person's unit.
    """
    require_where_home(actor, (RECORD, PLAN), account, at=at)
    wanted = list(dict.fromkeys(rooms))
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        standing = Desk.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), account=account)
        known = list(standing.select_related("room").order_by("-is_main", "id"))
        if [desk.room for desk in known] == wanted:
            return known
        standing.filter(starts_on__gte=on).delete()
        standing.filter(starts_on__lt=on).update(ends_on=on)
        made = [
            Desk.objects.create(account=account, room=room, is_main=not place, starts_on=on)
            for place, room in enumerate(wanted)
        ]
        codes = tuple(room.code for room in wanted)
        announce(DesksChanged(actor=actor, at=at, subject=account.ref, rooms=codes))
    return made


def open_counter(
    *, unit: Unit, code: str, form: CounterForm, starts_on: date, actor: Actor, at: datetime
) -> Counter:
    """Let a unit have a counter or post from a day on.

    :raises NotAllowed: if the actor may neither plan nor record in the unit.
    :raises Invalid: if something about it cannot be.
    :raises Conflict: if the unit has one with this code.
    """
    _require_in(actor, unit)
    short = code.strip().upper()
    if not CODE.fullmatch(short):
        raise wrong("code", _("A code has letters, digits and dashes, at most 20."))
    _require_sound(form, starts_on)
    row = Counter(unit=unit, code=short, starts_on=starts_on)
    _fill(row, form)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            announce(_changed(row, actor=actor, at=at))
    except IntegrityError as error:
        taken = _("This unit has a counter with this code already.")
        raise Conflict(taken) from error
    return row


def change_counter(
    *, counter: Counter, form: CounterForm, actor: Actor, at: datetime
) -> Counter:
    """Change what is said about a counter; an end closes it from that day on.

    :raises NotAllowed: if the actor may neither plan nor record in the unit.
    :raises Invalid: if something about it cannot be.
    """
    _require_in(actor, counter.unit)
    _require_sound(form, counter.starts_on)
    _fill(counter, form)
    with transaction.atomic():
        counter.save(
            update_fields=[
                "title", "room", "skill", "people", "weight", "is_public", "ends_on",
            ]
        )  # fmt: skip
        announce(_changed(counter, actor=actor, at=at))
    return counter


def _fill(row: Counter, form: CounterForm) -> None:
    row.title, row.room, row.skill = form.title.strip(), form.room, form.skill
    row.people, row.weight = form.people, form.weight
    row.is_public, row.ends_on = form.is_public, form.ends_on


def _require_sound(form: CounterForm, starts_on: date) -> None:
    longest = 80
    wrong: dict[str, list[str]] = {}
    if not 1 <= len(form.title.strip()) <= longest:
        wrong["title"] = [_("Write a name of at most %(most)s letters.") % {"most": longest}]
    if form.skill and form.skill not in SKILLS:
        wrong["skill"] = [_("There is no skill “%(name)s”.") % {"name": form.skill}]
    if not 1 <= form.people <= MOST_PEOPLE:
        sentence = _("Write a number from 1 to %(most)s.") % {"most": MOST_PEOPLE}
        wrong["people"] = [sentence]
    if not 1 <= form.weight <= 9:  # noqa: PLR2004 -- as the table says
        wrong["weight"] = [_("Write a number from 1 to %(most)s.") % {"most": 9}]
    if form.ends_on is not None and form.ends_on <= starts_on:
        wrong["ends_on"] = [_("A counter must close after the day on which it opened.")]
    if wrong:
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)


def _require_in(actor: Actor, unit: Unit) -> None:
    if not actor.may(RECORD, scope=unit.path):
        require(actor, PLAN, scope=unit.path)


def _changed(row: Counter, *, actor: Actor, at: datetime) -> CounterChanged:
    return CounterChanged(
        actor=actor,
        at=at,
        subject=f"unit:{row.unit.code}",
        unit=row.unit.path,
        counter=row.code,
        starts_on=row.starts_on.isoformat(),
        ends_on=row.ends_on.isoformat() if row.ends_on else "",
    )
