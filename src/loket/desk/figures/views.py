"""Today's work, and the figures of a period. All are counts of the journal's own rows."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from loket.cases import queries as cases
from loket.cases.access import SIGN, VIEW
from loket.catalogue.access import MANAGE
from loket.desk.cases import tables
from loket.desk.circulars import lists, showing
from loket.desk.requests import DeskRequest, staff_only
from loket.desk.team import now as team
from loket.insight import queries as insight
from loket.kernel import clock
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.policies.access import DRAFT, ENACT
from loket.ui import reply
from loket.workforce.access import RECORD, VALIDATE

from . import offices, own

PERIODS = (7, 30, 90)


@require_safe
@staff_only
@reply.private
def home(request: DeskRequest) -> HttpResponse:
    """Show what waits for the actor today."""
    at = clock.now()
    today = organisation.today(None, at=at)
    sees = bool(request.actor.scopes(VIEW))
    asked: dict[str, Any] = {
        "actor": request.actor, "units": cases.units_of(request.actor), "at": at,
    }  # fmt: skip
    signs, enacts = bool(request.actor.scopes(SIGN)), bool(request.actor.scopes(ENACT))
    writes = bool(request.actor.scopes(DRAFT))
    awaits = tables.rows(tables.Wanted(tab="head"), **asked).rows[:6] if signs else []
    urgent = awaits or tables.rows(tables.Wanted(), **asked).rows[:6]
    positions = people.positions_of(request.user, on=today)
    heads, keeps = request.actor.scopes(VALIDATE), request.actor.scopes(RECORD)
    over = organisation.by_path(heads or keeps)[:1] if heads or keeps else []
    tell = team.panel if heads else team.left
    context = {
        "team": tell(over[0], actor=request.actor, at=at) if over else None,
        "own": own.day(request, at=at),
        "offices": offices.today([position.unit for position in positions], at=at),
        "tabs": tables.tabs(tables.Wanted(tab=""), **asked) if sees else [],
        "urgent": urgent if sees else [],
        "awaits": awaits,
        "manages": bool(request.actor.scopes(MANAGE)),
        "mine": tables.rows(tables.Wanted(tab="mine"), **asked).rows[:6],
        "positions": positions,
        "signs": signs,
        "sees": sees,
        "enacts": enacts,
        "writes": writes,
        "written": [(row, lists.title_of(row)) for row in showing.written(request.actor)]
        if writes
        else [],
        "drafts": [(row, lists.title_of(row)) for row in showing.waiting(request.actor)]
        if enacts
        else [],
        "today": today,
    }
    return reply.page(request, "desk/figures/home.html", context)


@require_safe
@staff_only
@reply.private
def figures(request: DeskRequest) -> HttpResponse:
    """Show what a period brought, for a part of the government that the actor sees."""
    days = period(request.GET.get("days", ""))
    parts = organisation.by_path(request.actor.scopes(VIEW))
    if not parts:
        return reply.page(request, "desk/figures/figures.html", {"parts": parts})
    part = next((u for u in parts if u.code == request.GET.get("unit")), parts[0])
    at = clock.now()
    until = midnight_after(at)
    since = until - timedelta(days=days)
    asked: dict[str, Any] = {"unit_path": part.path, "since": since, "actor": request.actor}
    daily = insight.by_day(days=days, **asked)
    most = max(1, *(max(received, closed) for _moment, received, closed in daily))
    context = {
        "found": insight.figures(until=until, at=at, **asked),
        "bars": bars(daily, most),
        "part": part,
        "parts": parts,
        "days": days,
        "periods": PERIODS,
        "since": since,
        "until": until - timedelta(days=1),
    }
    return reply.page(request, "desk/figures/figures.html", context)


def period(wanted: str) -> int:
    """Return how many days the address asks for; anything unknown is a month."""
    return int(wanted) if wanted in {str(days) for days in PERIODS} else PERIODS[1]


def midnight_after(at: datetime) -> datetime:
    """Return the end of the office's day."""
    tomorrow = organisation.today(None, at=at) + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=organisation.zone(None))


def bars(daily: list[tuple[datetime, int, int]], most: int) -> list[dict[str, object]]:
    """Return the columns of the chart: places and heights in its 100 by 40 units."""
    width = 100 / len(daily)
    return [
        {
            "on": moment,
            "received": received,
            "closed": closed,
            "x": f"{index * width + width * 0.1:.2f}",
            "x2": f"{index * width + width * 0.5:.2f}",
            "width": f"{width * 0.36:.2f}",
            "y": f"{40 - 38 * received / most:.2f}",
            "y2": f"{40 - 38 * closed / most:.2f}",
            "height": f"{38 * received / most:.2f}",
            "height2": f"{38 * closed / most:.2f}",
        }
        for index, (moment, received, closed) in enumerate(daily)
    ]
