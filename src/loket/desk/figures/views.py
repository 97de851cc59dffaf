"""Today's work, and the figures of a period. All are counts of the journal's own rows."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from loket.cases import queries as cases
from loket.cases.access import SIGN, VIEW
from loket.desk.cases import tables
from loket.desk.requests import DeskRequest, staff_only
from loket.insight import queries as insight
from loket.kernel import clock
from loket.people import queries as people
from loket.ui import reply

PERIODS = (7, 30, 90)


@require_GET
@staff_only
@reply.private
def home(request: DeskRequest) -> HttpResponse:
    """Show what waits for the actor today."""
    at = clock.now()
    today = at.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE)).date()
    sees = bool(request.actor.scopes(VIEW))
    urgent = tables.rows(tables.Wanted(), actor=request.actor, at=at).rows[:6] if sees else []
    mine = tables.rows(tables.Wanted(tab="mine"), actor=request.actor, at=at).rows[:6]
    context = {
        "tabs": tables.tabs(tables.Wanted(tab=""), actor=request.actor, at=at) if sees else [],
        "urgent": urgent,
        "mine": mine,
        "positions": people.positions_of(request.user, on=today),
        "signs": bool(request.actor.scopes(SIGN)),
        "sees": sees,
        "today": today,
    }
    return reply.page(request, "desk/figures/home.html", context)


@require_GET
@staff_only
@reply.private
def figures(request: DeskRequest) -> HttpResponse:
    """Show what a period brought, for the units that the actor sees."""
    wanted = request.GET.get("days", "")
    days = int(wanted) if wanted in {str(period) for period in PERIODS} else PERIODS[1]
    at = clock.now()
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    until = at.astimezone(zone).date()
    since: date = until - timedelta(days=days - 1)
    found = insight.figures(actor=request.actor, since=since, until=until, zone=zone)
    most = max([day.received for day in found.days] + [day.closed for day in found.days] + [1])
    context = {
        "found": found,
        "bars": bars(found.days, most),
        "most": most,
        "days": days,
        "periods": PERIODS,
        "since": since,
        "until": until,
        "waiting": cases.counts(actor=request.actor, at=at),
    }
    return reply.page(request, "desk/figures/figures.html", context)


def bars(days: list[insight.DayFigures], most: int) -> list[dict[str, object]]:
    """Return the columns of the chart: places and heights in its 100 by 40 units."""
    width = 100 / max(len(days), 1)
    return [
        {
            "on": day.on,
            "received": day.received,
            "closed": day.closed,
            "x": f"{index * width + width * 0.1:.2f}",
            "x2": f"{index * width + width * 0.5:.2f}",
            "width": f"{width * 0.36:.2f}",
            "y": f"{40 - 38 * day.received / most:.2f}",
            "y2": f"{40 - 38 * day.closed / most:.2f}",
            "height": f"{38 * day.received / most:.2f}",
            "height2": f"{38 * day.closed / most:.2f}",
        }
        for index, day in enumerate(days)
    ]
