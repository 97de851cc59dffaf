"""One member of the staff: posts, skills, rooms, and days away without their reasons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.desk import typed
from loket.desk.absences import forms as absences
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.organisation import queries as organisation
from loket.organisation.models import Room
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.ui import reply
from loket.workforce import services as workforce
from loket.workforce.rules.importing import SKILL_WORDS
from loket.workforce.rules.skills import SKILLS
from loket.workforce.services import PostForm

from . import showing, views

KNOWN = (Conflict, Invalid)


def seen(request: DeskRequest, username: str) -> Account:
    """Return somebody on the staff of the actor's units.

    :raises NotFound: if there is none.
    """
    today = organisation.today(None, at=clock.now())
    paths = views.scopes(request.actor)
    staff = Account.objects.filter(kind=Account.Kind.STAFF, username=username)
    member = staff.select_related("employment").first()
    if member is None or not any(
        place.unit.path.startswith(path)
        for place in people.positions_of(member, on=today)
        for path in paths
    ):
        raise NotFound(_("There is nobody with this name on the staff of your units."))
    return member


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, username: str) -> HttpResponse:
    """Show one member of the staff."""
    return showing.page(request, seen(request, username))


@require_POST
@staff_only
def skills(request: DeskRequest, username: str) -> HttpResponse:
    """Write down everything that somebody can do."""
    member = seen(request, username)
    chosen = [name for name in typed.many(request.POST, "skills") if name in SKILL_WORDS]
    workforce.set_skills(account=member, skills=chosen, actor=request.actor, at=clock.now())
    names = [str(SKILLS[name]) for name in chosen]
    messages.success(request, _("Skills: %(names)s.") % {"names": ", ".join(names) or "–"})
    return reply.seen_other(reverse("desk:staff-member", args=[username]))


@require_POST
@staff_only
def rooms(request: DeskRequest, username: str) -> HttpResponse:
    """Write down where somebody works from today on."""
    member, at = seen(request, username), clock.now()
    codes = list(
        dict.fromkeys([typed.one(request.POST, "main"), *typed.many(request.POST, "rooms")])
    )
    by_code = {room.code: room for room in Room.objects.filter(code__in=codes)}
    workforce.set_desks(
        account=member,
        rooms=[by_code[code] for code in codes if code in by_code],
        on=organisation.today(None, at=at),
        actor=request.actor,
        at=at,
    )
    messages.success(request, _("The rooms hold from today on."))
    return reply.seen_other(reverse("desk:staff-member", args=[username]))


@require_POST
@staff_only
def give(request: DeskRequest, username: str) -> HttpResponse:
    """Give a post, or let somebody act (Plt.) or stand in (Plh.) for days."""
    member, at = seen(request, username), clock.now()
    state: dict[str, Any] = {
        name: typed.one(request.POST, name)
        for name in ("unit", "role", "title", "level", "basis")
    }
    state |= {name: typed.day(request.POST, name) for name in ("since", "until")}
    since, until = typed.as_day(state["since"]), typed.as_day(state["until"])
    try:
        if isinstance(since, str) or isinstance(until, str):
            raise Invalid(_("Write a day, such as 31 12 2026."))
        workforce.give_post(
            account=member,
            unit=organisation.unit(state["unit"]),
            form=PostForm(
                role=state["role"],
                title=state["title"],
                level=state["level"],
                basis=state["basis"] or "definitive",
                starts_on=since or organisation.today(None, at=at),
                ends_on=until + timedelta(days=1) if until else None,
            ),
            actor=request.actor,
            at=at,
        )
    except (*KNOWN, NotFound) as refusal:
        return showing.page(request, member, act="post", typed_state=state, said=str(refusal))
    messages.success(request, _("The post is given."))
    return reply.seen_other(reverse("desk:staff-member", args=[username]))


@require_POST
@staff_only
def end(request: DeskRequest, username: str, place: int) -> HttpResponse:
    """Let a post end today; ``place`` counts the posts as the page shows them."""
    member, at = seen(request, username), clock.now()
    post = nth(member, place, on=organisation.today(None, at=at))
    today = organisation.today(None, at=at)
    workforce.end_post(position=post, on=today, actor=request.actor, at=at)
    messages.success(request, _("The post has ended."))
    return reply.seen_other(reverse("desk:staff"))


def nth(member: Account, place: int, *, on: date) -> Position:
    """Return a post by its place on the page.

    :raises NotFound: if it is not there any more.
    """
    posts = showing.posts_of(member, on=on)
    if not 1 <= place <= len(posts):
        raise NotFound(_("This post is no longer there."))
    return posts[place - 1]


@require_POST
@staff_only
@reply.private
def record(request: DeskRequest, username: str) -> HttpResponse:
    """Write down days away of somebody else, as personnel does."""
    member, at = seen(request, username), clock.now()
    state = absences.state_of(request.POST)
    try:
        given = absences.read(state)
        proof = absences.proof(request, at=at)
        workforce.record_absence(
            account=member, **given, proof=proof, actor=request.actor, at=at
        )
    except Invalid as refusal:
        wrong = absences.wrong_of(refusal)
        return showing.page(
            request, member, act="absence", typed_state=state, wrong=wrong, said=str(refusal)
        )
    except Conflict as refusal:
        return showing.page(
            request, member, act="absence", typed_state=state, said=str(refusal)
        )
    messages.success(request, _("It is written down and counts from now on."))
    return reply.seen_other(reverse("desk:staff-member", args=[username]))
