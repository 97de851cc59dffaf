"""Trying a circular out, and making it law."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.access import ENACT
from loket.policies.models import Circular, Simulation
from loket.policies.queries.lists import for_eyes_of
from loket.ui import reply

from . import glances, impacts, lists, showing
from .views import require_seat


@require_POST
@staff_only
def simulate(request: DeskRequest, code: str) -> HttpResponse:
    """Find what a draft would do, and show it."""
    circular = queries.get(code=code, actor=request.actor)
    policies.simulate(circular=circular, actor=request.actor, at=clock.now())
    return reply.seen_other(reverse("desk:circular-impact", args=[code]))


@require_safe
@staff_only
@reply.private
def impact(request: DeskRequest, code: str) -> HttpResponse:
    """Show the latest simulation of a draft, or what an enacted circular did."""
    require_seat(request)
    circular = queries.get(code=code, actor=request.actor)
    return impact_page(request, circular)


def impact_page(
    request: DeskRequest, circular: Circular, *, refused: Invalid | Conflict | None = None
) -> HttpResponse:
    at = clock.now()
    is_draft = circular.state == Circular.State.DRAFT
    made = latest(circular) if is_draft else None
    found = made.impact if made else ({} if is_draft else done(circular))
    stale = queries.changes_since(made.edition) if made else []
    was_rewritten = made is not None and made.circular_revision != circular.revision
    is_fresh = made is not None and not stale and not was_rewritten
    may_enact = showing.may(request.actor, ENACT, circular)
    is_author = showing.wrote(request.actor, circular)
    context = {
        "circular": circular,
        "title": lists.title_of(circular),
        "made": made,
        "impact": impacts.shown(for_eyes_of(request.actor, found)) if found else None,
        "besides": glances.besides(row.kind for row in circular.provisions.all()),
        "stale": stale,
        "was_rewritten": was_rewritten,
        "is_fresh": is_fresh,
        "is_draft": is_draft,
        "is_author": is_author,
        "is_late": circular.starts_at < at,
        "may_enact": may_enact,
        "may_simulate": is_draft and (may_enact or showing.may_write(request.actor, circular)),
        "offers_enactment": is_draft and is_fresh and may_enact and not is_author,
        "enactors": showing.enactors(circular, at=at) if is_draft and is_fresh else [],
        "errors": getattr(refused, "fields", {}),
        "refusal": str(refused or ""),
        "reason": typed.one(request.POST, "retroactive_reason"),
    }
    status = 422 if isinstance(refused, Invalid) else 409 if refused else 200
    return reply.page(request, "desk/circulars/impact.html", context, status=status)


def latest(circular: Circular) -> Simulation | None:
    """Return the latest simulation of a draft, also if the draft was changed since."""
    return queries.simulation(circular) or circular.simulations.order_by("-made_at").first()


def done(circular: Circular) -> dict[str, Any]:
    """Return what an enacted circular did when it became law."""
    changes = queries.changes(circular.subject)
    return next((change.impact for change in changes if change.kind == "enacted"), {})


@require_POST
@staff_only
def enact(request: DeskRequest, code: str) -> HttpResponse:
    """Make a draft law, as the simulation showed that the page was about."""
    circular = queries.get(code=code, actor=request.actor)
    # Before anything is shown: a refusal shows what the circular does.
    for path in circular.scopes or [""]:
        require(request.actor, ENACT, scope=path)
    try:
        policies.enact(
            circular=circular,
            simulation=simulated(circular, typed.count(request.POST, "edition")),
            retroactive_reason=typed.one(request.POST, "retroactive_reason"),
            actor=request.actor,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        circular.refresh_from_db()
        return impact_page(request, circular, refused=refusal)
    messages.success(
        request, _("The circular is enacted. Everything follows it from its first moment.")
    )
    return reply.seen_other(reverse("desk:circular", args=[code]))


def simulated(circular: Circular, edition: int | None) -> Simulation:
    """Return the simulation that a page was about.

    :raises Conflict: if there is none of the draft as it stands.
    """
    found = None if edition is None else queries.simulation(circular, edition=edition)
    if found is None:
        raise Conflict(_("Simulate the draft as it stands now; then it can be enacted."))
    return found
