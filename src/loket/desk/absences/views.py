"""Days away: one's own, and those of the team."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.desk import choosing, typed
from loket.desk.requests import DeskRequest, staff_only
from loket.files import queries as files
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import RECORD, VALIDATE
from loket.workforce.models import Absence
from loket.workforce.rules import absences as rules

from . import forms

MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def mine(request: DeskRequest) -> HttpResponse:
    """List one's own days away, and ask for more."""
    if request.method != "POST":
        return own_page(request, forms.state_of())
    at, state = clock.now(), forms.state_of(request.POST)
    try:
        given = forms.read(state)
        proof = forms.proof(request, at=at)
        workforce.ask_absence(**given, proof=proof, actor=request.actor, at=at)
    except Invalid as refusal:
        return own_page(request, state, wrong=forms.wrong_of(refusal), said=str(refusal))
    except Conflict as refusal:
        return own_page(request, state, said=str(refusal))
    messages.success(request, _("You have asked. Your superior decides without seeing why."))
    return reply.seen_other(reverse("desk:absences"))


def own_page(
    request: DeskRequest,
    state: dict[str, Any],
    *,
    wrong: dict[str, list[str]] | None = None,
    said: str = "",
) -> HttpResponse:
    """Show one's own days away, with what was typed."""
    today = organisation.today(None, at=clock.now())
    rows = queries.absences_of(request.user)[:MOST]
    context = {
        "rows": [forms.shown(row, today=today, is_own=True) for row in rows],
        "deciders": people.deciders(request.user, on=today),
        "groups": forms.groups(),
        "state": state,
        "errors": wrong or {},
        "refusal": "" if wrong else said,
        "kept": rules.KEPT.days,
    }
    status = 422 if wrong or said else 200
    return reply.page(request, "desk/absences/mine.html", context, status=status)


@require_POST
@staff_only
def withdraw(request: DeskRequest, code: str) -> HttpResponse:
    at = clock.now()
    workforce.withdraw_absence(absence=seen(request, code), actor=request.actor, at=at)
    messages.success(request, _("It is taken back, and why is forgotten."))
    return reply.seen_other(reverse("desk:absences"))


@require_POST
@staff_only
def end(request: DeskRequest, code: str) -> HttpResponse:
    """Say that somebody is back from today on, or from the day that was typed."""
    at = clock.now()
    absence = seen(request, code)
    given = typed.as_day(typed.day(request.POST, "back"))
    back = given if given is not None else organisation.today(None, at=at)
    if isinstance(back, str):
        raise Invalid(_("Write a day, such as 31 12 2026."))
    workforce.end_absence(absence=absence, ends_on=back, actor=request.actor, at=at)
    messages.success(request, _("The days that are left are free again."))
    return reply.seen_other(onward(request, absence))


@require_safe
@staff_only
@reply.private
def team(request: DeskRequest) -> HttpResponse:
    """List who asks to be away and who is or will be, without any reason."""
    return team_page(request)


def team_page(request: DeskRequest, *, said: str = "") -> HttpResponse:
    """Show the team's days away."""
    actor = request.actor
    if not (actor.scopes(VALIDATE) or actor.scopes(RECORD)):
        require(actor, VALIDATE, scope="")
    today = organisation.today(None, at=clock.now())
    given = choosing.named(request, VALIDATE, RECORD)
    seats = choosing.units_of(actor, VALIDATE, RECORD)
    found = queries.nearest_absences(actor, on=today, units=[given] if given else seats)
    near, beyond = ([*rows[:MOST]] for rows in found)
    coming = list(queries.coming_absences(actor, on=today)[:MOST])
    units = units_of((*near, *beyond, *coming), on=today)
    lists = {
        name: [(forms.shown(row, today=today), units.get(row.account_id, "")) for row in rows]
        for name, rows in (("asked", near), ("beyond", beyond), ("coming", coming))
    }
    context = {
        **lists,
        "counts": [
            counted(rows, part) for rows, part in zip(found, (near, beyond), strict=True)
        ],
        "most": MOST,
        "is_part": given is not None and seats != [given],
        "decides": bool(near or actor.scopes(VALIDATE)),
        "refusal": said,
        "until": today + timedelta(days=30),
    }
    status = 409 if said else 200
    return reply.page(request, "desk/absences/team.html", context, status=status)


def counted(rows: QuerySet[Absence], first: Sized) -> int:
    """Return how many there are, of which the first are read already."""
    return len(first) if len(first) < MOST else rows.count()


def units_of(rows: Iterable[Absence], *, on: date) -> dict[int, str]:
    """Return the names of the units to which those away belong, by account. One query."""
    seats = people.home_seats(on=on).filter(account__in={row.account_id for row in rows})
    return dict(seats.order_by("id").values_list("account_id", "unit__name"))


@require_POST
@staff_only
def decide(request: DeskRequest, code: str) -> HttpResponse:
    is_granted = request.POST.get("do") == "grant"
    remark = typed.one(request.POST, "remark")
    absence = seen(request, code)
    if not is_granted and not remark:
        said = _("Nothing was refused yet. If you refuse, write down why: the person reads it.")
        return team_page(request, said=said)
    try:
        workforce.decide_absence(
            absence=absence,
            is_granted=is_granted,
            remark=remark,
            actor=request.actor,
            at=clock.now(),
        )
    except Conflict as refusal:
        return team_page(request, said=str(refusal))
    name = {"name": absence.account.full_name}
    words = (
        _("Granted. %(name)s is told.") if is_granted else _("Refused. %(name)s is told why.")
    )
    messages.success(request, words % name)
    return reply.seen_other(reverse("desk:absences-team"))


@require_POST
@staff_only
@reply.private
def reason(request: DeskRequest, code: str) -> HttpResponse:
    """Show why somebody is away; that one looked is written down."""
    absence = seen(request, code)
    why = workforce.read_reason(absence=absence, actor=request.actor, at=clock.now())
    today = organisation.today(None, at=clock.now())
    context = {
        **forms.shown(absence, today=today),
        "why": why,
        "reason": rules.REASONS[absence.kind].get(why.reason, why.reason),
        "is_own": absence.account == request.user,
    }
    return reply.page(request, "desk/absences/reason.html", context)


@require_safe
@staff_only
@reply.private
def proof(request: DeskRequest, code: str) -> HttpResponse:
    """Hand out the proof to the person or to personnel; that one looked is written down."""
    absence = seen(request, code)
    why = workforce.read_reason(absence=absence, actor=request.actor, at=clock.now())
    if why.proof is None:
        raise NotFound(_("No proof was sent."))
    data = files.read(why.proof)
    return reply.download(data, name=why.proof.name, media_type=why.proof.media_type)


def seen(request: DeskRequest, code: str) -> Absence:
    """Return an absence that is one's own or of one's units.

    :raises NotFound: if there is none.
    """
    today = organisation.today(None, at=clock.now())
    return queries.absence(code, actor=request.actor, on=today)


def onward(request: DeskRequest, absence: Absence) -> str:
    """Return the page from which somebody's absence was ended."""
    if absence.account == request.user:
        return reverse("desk:absences")
    return reverse("desk:staff-member", args=[absence.account.username])
