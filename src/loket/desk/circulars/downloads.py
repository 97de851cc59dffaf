"""Every case whose due date a circular moves, to take along."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.desk.cases.tables import as_text
from loket.desk.cases.views import Echo
from loket.desk.requests import DeskRequest, staff_only
from loket.policies import queries
from loket.policies.models import Change, Circular, Simulation
from loket.ui import reply

from .acts import latest
from .views import require_seat


@require_safe
@staff_only
@reply.private
def moves(request: DeskRequest, code: str) -> HttpResponseBase:
    """Give every case that moves as CSV, of the units that the actor decides on."""
    require_seat(request)
    circular = queries.get(code=code, actor=request.actor)
    source = source_of(circular)
    rows = queries.moved_cases(source, actor=request.actor) if source else iter(())
    heads = (_("Code"), _("Unit"), _("Service"), _("Due before"), _("Due then"))

    def lines() -> Iterator[str]:
        writer = csv.writer(Echo())
        yield "\ufeff" + str(writer.writerow(heads))
        for row in rows:
            yield str(writer.writerow([as_text(cell) for cell in row]))

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}-cases.csv"'
    return answer


def source_of(circular: Circular) -> Change | Simulation | None:
    """Return the latest simulation of a draft, or the change that a circular was."""
    if circular.state == Circular.State.DRAFT:
        return latest(circular)
    changes = queries.changes(circular.subject)
    return next((change for change in changes if change.kind == "enacted"), None)
