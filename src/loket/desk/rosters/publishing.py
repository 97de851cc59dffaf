"""Publishing a roster, with who will be told what; planning it again; putting it away."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import PLAN
from loket.workforce.models import Roster
from loket.workforce.rules.building import Block

from . import boards, cells, conflicts, views, words
from . import facts as reading


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def publish(request: DeskRequest, code: str) -> HttpResponse:
    """Show who will be told what; publish the roster and tell them."""
    roster = planned(request, code)
    if request.method != "POST":
        return page(request, roster)
    revision = cells.revision_of(request)
    try:
        published = workforce.publish(
            roster=roster, revision=revision, actor=request.actor, at=clock.now()
        )
    except Conflict as refusal:
        fresh = queries.roster(code=code, actor=request.actor)
        is_changed = fresh.revision != revision
        told = conflicts.since(fresh, revision) if is_changed else [str(refusal)]
        return page(request, fresh, conflict=told, status=409)
    except Invalid as refusal:
        return page(request, roster, refused=cells.sentences(refusal), status=422)
    messages.success(request, _("The roster is published. Whose turns changed is being told."))
    return reply.seen_other(reverse("desk:roster", args=[published.code]))


def planned(request: DeskRequest, code: str) -> Roster:
    """Return a roster that the actor may plan.

    :raises NotFound: if there is none, or it is elsewhere.
    :raises NotAllowed: if the actor may only see it.
    """
    roster = queries.roster(code=code, actor=request.actor)
    require(request.actor, PLAN, scope=roster.unit.path)
    return roster


def page(
    request: DeskRequest,
    roster: Roster,
    *,
    conflict: list[str] | None = None,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show who will be told what."""
    at = clock.now()
    if roster.state != Roster.State.DRAFT:
        loaded = reading.load(roster, at=at)
        refusal = _("This roster is no draft any more.")
        return boards.page(request, loaded, refusal=refusal, status=max(status, 409))
    lacks = {row["on"] for row in roster.found.get("shortages", ())}
    context = {
        "roster": roster,
        "unit": roster.unit,
        "period": words.period(roster),
        "lacks": len(lacks),
        "told": [told(row) for row in queries.to_tell(roster=roster, at=at)],
        "conflict": conflict,
        "refused": refused,
    }
    return reply.page(request, "desk/rosters/publish.html", context, status=status)


def told(row: Any) -> dict[str, Any]:
    """Return what one person will read: which turns are new, which are gone."""

    def places(turns: Any) -> dict[Any, Any]:
        return {(turn.on, turn.shift, turn.counter_id): turn for turn in turns}

    before, after = places(row.before), places(row.after)
    return {
        "name": str(row.account),
        "channel": row.channel,
        "new": words.days(turn for key, turn in after.items() if key not in before),
        "gone": words.days(turn for key, turn in before.items() if key not in after),
    }


@require_POST
@staff_only
def discard(request: DeskRequest, code: str) -> HttpResponse:
    """Put a draft away."""
    roster = planned(request, code)
    try:
        workforce.discard(
            roster=roster,
            revision=cells.revision_of(request),
            actor=request.actor,
            at=clock.now(),
        )
    except Conflict as refusal:
        return changed_meanwhile(request, code, refusal)
    messages.success(request, _("The draft is discarded. Nobody was told of it."))
    unit = roster.unit.code
    return reply.seen_other(f"{reverse('desk:rosters')}?unit={unit}")


@require_POST
@staff_only
def again(request: DeskRequest, code: str) -> HttpResponse:
    """Plan the days of a draft again; what was locked stays."""
    roster = planned(request, code)
    if roster.revision != cells.revision_of(request):
        return changed_meanwhile(request, code, Conflict(_("It was changed meanwhile.")))
    try:
        fresh = workforce.plan(
            unit=roster.unit,
            starts_on=roster.starts_on,
            ends_on=roster.ends_on,
            teams=roster.teams,
            block=cast("Block", roster.block),
            actor=request.actor,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        return changed_meanwhile(request, code, refusal)
    messages.success(request, views.planned_words(fresh))
    return reply.seen_other(reverse("desk:roster", args=[fresh.code]))


def changed_meanwhile(
    request: DeskRequest, code: str, refusal: Conflict | Invalid
) -> HttpResponse:
    """Show the roster as it is now, and what changed since the page was opened."""
    roster = queries.roster(code=code, actor=request.actor)
    loaded = reading.load(roster, at=clock.now())
    if isinstance(refusal, Invalid):
        lines = cells.sentences(refusal)
        return boards.page(request, loaded, refusal=" ".join(lines), status=422)
    lines = conflicts.since(roster, cells.revision_of(request))
    lead = _("The roster has changed since you opened it; nothing was done.")
    return boards.page(request, loaded, refusal=" ".join([lead, *lines]), status=409)
