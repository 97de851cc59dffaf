"""Carrying a turn to another person or day with the mouse; the server decides."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import PLAN

from . import boards, cells, conflicts, spots, words
from . import facts as reading
from .spots import Spot


@require_POST
@staff_only
def drag(request: DeskRequest, code: str) -> HttpResponse:
    """Carry a turn from one cell to another, all or nothing."""
    roster = queries.roster(code=code, actor=request.actor)
    require(request.actor, PLAN, scope=roster.unit.path)
    loaded = reading.load(roster, at=clock.now())
    may = boards.may_change(loaded, request.actor)
    here, there = (
        spots.spot(loaded, *named(typed.one(request.POST, end)), may_change=may)
        for end in ("from", "to")
    )
    try:
        carried = workforce.relocate(
            roster=roster,
            account=Account.objects.get(username=here.person.username),
            on=here.on,
            to_account=Account.objects.get(username=there.person.username),
            to_on=there.on,
            revision=cells.revision_of(request),
            actor=request.actor,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        return not_carried(request, here, there, refusal)
    return cells.done(request, carried, cells.changed_words(there))


def named(cell: str) -> tuple[str, str]:
    """Return the person and the day that a cell names."""
    username, _slash, day = cell.rpartition("/")
    return username, day


def not_carried(
    request: DeskRequest, here: Spot, there: Spot, refusal: Invalid | Conflict
) -> HttpResponse:
    """Say why a turn stays where it was, with the roster as it is now."""
    if isinstance(refusal, Invalid):
        told = cells.sentences(refusal)
    else:
        told = conflicts.since(here.loaded.roster, cells.revision_of(request))
    lead = _("The turn of %(name)s on %(day)s stays where it is.") % {
        "name": here.person.name,
        "day": words.long_day(here.on),
    }
    refused_at = f"{there.person.username}/{there.on:%Y-%m-%d}"
    return boards.page(
        request,
        here.loaded,
        refusal=" ".join([lead, *told]),
        refused_at=refused_at,
        status=422 if isinstance(refusal, Invalid) else 409,
    )
