"""The page of one member of the staff."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from loket.desk.absences import forms as absences
from loket.desk.requests import DeskRequest
from loket.kernel import clock
from loket.kernel.access import Actor, Permission
from loket.kernel.identifiers import nip, phones
from loket.organisation import queries as organisation
from loket.organisation.models import Room
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.people.rules.employment import KINDS
from loket.people.rules.imports import LEVELS, ROLES
from loket.ui import periods, reply
from loket.workforce import queries
from loket.workforce.access import IMPORT, PLAN, READ_REASONS, RECORD, VALIDATE
from loket.workforce.rules.skills import SKILLS

from . import views

MOST_ROOMS = 60
MOST_ABSENCES = 20


def page(
    request: DeskRequest,
    member: Account,
    *,
    act: str = "",
    typed_state: dict[str, Any] | None = None,
    wrong: dict[str, list[str]] | None = None,
    said: str = "",
) -> HttpResponse:
    """Show somebody with what the actor may do about them; a refused act stays open."""
    at = clock.now()
    today = organisation.today(None, at=at)
    paths = people.home_paths(member, on=today)
    is_own = member == request.user
    may_record = may(request.actor, (RECORD,), paths) and not is_own
    context = {
        "member": member,
        "employment": employment_of(
            member, is_whole=may(request.actor, (IMPORT, RECORD), paths)
        ),
        "posts": [shown(post, request.actor) for post in posts_of(member, on=today)],
        "skills": chosen_skills(member),
        "may_place": may(request.actor, (RECORD, PLAN), paths),
        **rooms_of(member, on=today),
        "may_give": bool(request.actor.scopes(IMPORT)) and not is_own,
        "roles": [(name, capfirst(str(views.ROLES[name]))) for name in ROLES],
        "levels": [(name, name) for name in LEVELS],
        "bases": [(name, capfirst(str(label))) for name, label in views.BASES.items()],
        "may_record": may_record,
        "may_read": may(request.actor, (READ_REASONS,), paths) and not is_own,
        "groups": absences.groups(),
        "act": act,
        "post": typed_state if act == "post" else blank(member, on=today),
        "state": typed_state if act == "absence" else absences.state_of(),
        "errors": wrong or {},
        "refusal": "" if wrong else said,
    }
    if may(request.actor, (RECORD, VALIDATE, READ_REASONS), paths):
        rows = queries.absences_of(member)[:MOST_ABSENCES]
        context["absences"] = [absences.shown(row, today=today) for row in rows]
    return reply.page(
        request, "desk/staffing/member.html", context, status=422 if said or wrong else 200
    )


def may(actor: Actor, needs: tuple[Permission, ...], paths: list[str]) -> bool:
    """Say whether the actor has one of the permissions where somebody belongs."""
    return any(actor.may(each, scope=path) for each in needs for path in paths)


def employment_of(member: Account, *, is_whole: bool) -> dict[str, Any] | None:
    """Return how somebody is employed; numbers whole only to who keeps the records."""
    known = getattr(member, "employment", None)
    if known is None:
        return None
    number, phone = known.nip or "", known.phone
    return {
        "kind": KINDS[known.kind],
        "nip": number if is_whole or not number else nip.mask(number),
        "nrk": known.nrk if is_whole else "",
        "born_on": known.born_on if is_whole else None,
        "phone": phone if is_whole or not phone else phones.mask(phone),
    }


def posts_of(member: Account, *, on: date) -> list[Position]:
    """Return what somebody holds or will hold, the definitive posts first."""
    held = Position.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), account=member)
    rows = list(held.select_related("unit", "account").order_by("starts_on", "id"))
    order = list(views.BASES)
    return sorted(rows, key=lambda post: order.index(post.basis))


def shown(post: Position, actor: Actor) -> dict[str, Any]:
    """Return a post as the page shows it."""
    since = periods.day_in_words(post.starts_on)
    days = _("since %(since)s") % {"since": since}
    if post.ends_on:
        days = periods.span_of_days(post.starts_on, post.ends_on - timedelta(days=1))
    is_theirs = post.account.ref == actor.ref
    is_staff = post.role in ROLES
    return {
        "post": post,
        "role": views.ROLES[post.role],
        "basis": views.BASES[post.basis] if post.basis != "definitive" else "",
        "days": days,
        "may_end": is_staff and not is_theirs and actor.may(IMPORT, scope=post.unit.path),
    }


def chosen_skills(member: Account) -> list[tuple[str, Any, bool]]:
    """Return every skill, and whether somebody has it."""
    known = queries.skills_of([member.pk]).get(member.pk, frozenset())
    return [(name, label, name in known) for name, label in SKILLS.items()]


def rooms_of(member: Account, *, on: date) -> dict[str, Any]:
    """Return the rooms in which somebody works, and those to choose from."""
    desks = queries.desks_of([member.pk], on=on).get(member.pk, [])
    units = [place.unit_id for place in people.homes(member, on=on)]
    sits = [desk.room_id for desk in desks]
    near = Room.objects.filter(Q(unit_id__in=units) | Q(pk__in=sits)).order_by("code")
    rooms = [(room.code, room.name) for room in near[:MOST_ROOMS]]
    others = {desk.room.code for desk in desks if not desk.is_main}
    return {
        "rooms": rooms,
        "desks": desks,
        "main_room": next((desk.room.code for desk in desks if desk.is_main), ""),
        "other_rooms": others,
    }


def blank(member: Account, *, on: date) -> dict[str, Any]:
    """Return an empty form for a post, in the unit to which somebody belongs."""
    home = next(iter(people.homes(member, on=on)), None)
    return {
        "unit": home.unit.code if home else "",
        "basis": "definitive",
        "since": {},
        "until": {},
    }
