"""The head's page: one unit, today."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from loket.cases import queries as cases
from loket.cases.access import VIEW as SEE_CASES
from loket.desk import choosing
from loket.desk.cases import tables
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies import queries as policies
from loket.ui import reply
from loket.workforce import queries
from loket.workforce.access import VIEW

from . import now, waiting

SHOWN = 5
"""Cases; the whole list is one step away."""


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest) -> HttpResponse:
    """Show who is where in a unit today, and what waits for its head."""
    unit, units = choosing.first(request, VIEW)
    at = clock.now()
    on = organisation.today(unit, at=at)
    book = policies.book()
    law = policies.in_force(unit=unit.code, at=at, book=book)
    waits = queries.waits(unit=unit, actor=request.actor, on=on)
    team = now.holding(queries.team(unit=unit, on=on, at=at), law)
    shut = queries.shut_by(law)
    most, because = (None, ()) if shut else now.cap(law, len(team))
    people_in = now.present(team)
    context = {
        "unit": unit,
        "units": units,
        "on": on,
        "groups": [
            (now.GROUPS[group], people)
            for group, people in now.rows(
                team, is_clocked=waits.is_clocked and not shut
            ).items()
        ],
        "staff": len(team),
        "present": people_in,
        "most": most,
        "because": because,
        "shut": shut,
        "is_full": most is not None and people_in > most,
        "is_clocked": waits.is_clocked,
        "call": now.to_call(team, unit, at=at) if waits.is_clocked else [],
        "rooms": list(now.rooms(queries.rooms_now(unit=unit, on=on, at=at), unit, book, at=at)),
        "uncovered": list(now.uncovered(unit, team, law, on=on)),
        "waiting": waiting.decisions(waits, unit, request.actor),
        "cases": cases_of(unit, request.actor, at=at),
    }
    return reply.page(request, "desk/team/show.html", context)


def cases_of(unit: Unit, actor: Actor, *, at: datetime) -> dict[str, Any] | None:
    """Return how old the open cases of a unit get, and those due first; None if unseen."""
    if not actor.may(SEE_CASES, scope=unit.path):
        return None
    asked: dict[str, Any] = {"actor": actor, "units": [unit.pk], "at": at}
    return {
        "ages": cases.ageing(**asked),
        "first": tables.rows(tables.Wanted(), **asked).rows[:SHOWN],
    }
