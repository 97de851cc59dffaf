"""What a circular does to due dates, to take along."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.desk import spreadsheets
from loket.desk.requests import DeskRequest, staff_only
from loket.policies import queries
from loket.policies.models import Change, Circular, Simulation
from loket.ui import reply

from .acts import latest
from .views import require_seat


@require_safe
@staff_only
@reply.private
def dates(request: DeskRequest, code: str) -> HttpResponseBase:
    """Give how many due dates move as CSV, by old and new date."""
    require_seat(request)
    source = source_of(queries.get(code=code, actor=request.actor))
    found = source.impact.get("cases", {}).get("by_date", ()) if source else ()
    rows = ([row[name] for name in ("was", "now", "cases")] for row in found)
    return spreadsheets.answer(code, (_("Due before"), _("Due then"), _("Applications")), rows)


@require_safe
@staff_only
@reply.private
def moves(request: DeskRequest, code: str) -> HttpResponseBase:
    """Give every case that moves as CSV, of the units that the actor decides on."""
    require_seat(request)
    source = source_of(queries.get(code=code, actor=request.actor))
    rows = queries.moved_cases(source, actor=request.actor) if source else ()
    heads = (_("Code"), _("Unit"), _("Service"), _("Due before"), _("Due then"))
    return spreadsheets.answer(f"{code}-cases", heads, rows)


def source_of(circular: Circular) -> Change | Simulation | None:
    """Return the latest simulation of a draft, or the change that a circular was."""
    if circular.state == Circular.State.DRAFT:
        return latest(circular)
    changes = queries.changes(circular.subject)
    return next((change for change in changes if change.kind == "enacted"), None)
