"""One person on one day: what may be chosen, and changing it, checked at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid
from loket.people.models import Account
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import PLAN
from loket.workforce.models import Roster

from . import boards, conflicts, spots, windows, words
from . import facts as reading
from .spots import DESK, HOME, Spot


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def cell(request: DeskRequest, code: str, username: str, day: str) -> HttpResponse:
    """Show what somebody does on a day, and change it."""
    roster = queries.roster(code=code, actor=request.actor)
    require(request.actor, PLAN, scope=roster.unit.path)
    loaded = reading.load(roster, at=clock.now())
    here = spots.spot(
        loaded, username, day, may_change=boards.may_change(loaded, request.actor)
    )
    if request.method != "POST":
        return page(request, here, chosen={"where": here.where, "shift": spots.shift_of(here)})
    chosen = {
        "where": typed.one(request.POST, "where"),
        "shift": typed.one(request.POST, "shift") or spots.shift_of(here),
    }
    if not here.cell.may_change:
        return page(request, here, chosen=chosen, refused=[spots.why_not(here)], status=422)
    return change(request, here, chosen)


def change(request: DeskRequest, here: Spot, chosen: dict[str, str]) -> HttpResponse:
    """Change a cell as chosen, and show the roster; or say why not, near the choice."""
    if chosen["where"] not in {value for value, *_rest in spots.wheres(here)}:
        refused = [_("Choose where the work is done.")]
        return page(request, here, chosen=chosen, refused=refused, status=422)
    try:
        roster = apply(request, here, chosen)
    except Invalid as refusal:
        refused = sentences(refusal)
        return page(request, here, chosen=chosen, refused=refused, status=422)
    except Conflict as refusal:
        seen = typed.one(request.POST, "seen")
        told = conflicts.told(here, seen, said=str(refusal), revision=revision_of(request))
        return page(request, here, chosen=chosen, conflict=told, status=409)
    return done(request, roster, changed_words(here))


def apply(request: DeskRequest, here: Spot, chosen: dict[str, str]) -> Roster:
    """Do what was chosen, and return the roster as it is then."""
    account = Account.objects.get(username=here.person.username)
    given: dict[str, Any] = {
        "roster": here.loaded.roster,
        "account": account,
        "on": here.on,
        "revision": revision_of(request),
        "actor": request.actor,
        "at": clock.now(),
    }
    lock = request.POST.get("do")
    if lock in {"lock", "unlock"}:
        return workforce.lock(**given, is_locked=lock == "lock")
    where = chosen["where"]
    counter = "" if where in {HOME, DESK} else where
    to_shift = None if where == HOME else chosen["shift"]
    return workforce.move(**given, to_shift=to_shift, counter=counter)


def done(request: DeskRequest, roster: Roster, said: str) -> HttpResponse:
    """Lead back to the roster; htmx gets its board anew."""
    if not reply.wants_part(request):
        messages.success(request, said)
        url = reverse("desk:roster", args=[roster.code])
        return reply.seen_other(f"{url}{windows.window_of(request).query}")
    fresh = queries.roster(code=roster.code, actor=request.actor)
    loaded = reading.load(fresh, at=clock.now())
    response = boards.page(request, loaded, said=said)
    response["HX-Retarget"], response["HX-Reswap"] = "#board", "outerHTML"
    return response


def revision_of(request: DeskRequest) -> int:
    """Return the revision that the page showed; none that exists, if it names none."""
    return typed.count(request.POST, "revision") or 0


def sentences(refusal: Invalid) -> list[str]:
    """Return which rules a change would break, each once."""
    told = [line for lines in refusal.fields.values() for line in lines]
    return list(dict.fromkeys(told or [str(refusal)]))


def changed_words(here: Spot) -> str:
    """Return what is said when a cell was changed."""
    return _("Changed: %(name)s, %(day)s. Every rule still holds.") % {
        "name": here.person.name,
        "day": words.long_day(here.on),
    }


def page(
    request: DeskRequest,
    here: Spot,
    *,
    chosen: dict[str, str],
    refused: list[str] | None = None,
    conflict: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the form of a cell, alone or for the dialog of the grid."""
    context = {
        "roster": here.loaded.roster,
        "unit": here.loaded.unit,
        "person": here.person,
        "on": here.on,
        "cell": here.cell,
        "is_draft": here.loaded.roster.state == Roster.State.DRAFT,
        "counters": here.loaded.facts.counters,
        "may_change": here.cell.may_change,
        "why_not": spots.why_not(here),
        "wheres": spots.wheres(here),
        "shifts": spots.shifts(here),
        "chosen": chosen,
        "seen": here.seen,
        "window": windows.window_of(request),
        "refused": refused,
        "conflict": conflict,
    }
    return reply.page(request, "desk/rosters/cell.html", context, part="form", status=status)
