"""The page of one roster, whole or only its board: grid, list by day, what it lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.ui import reply
from loket.workforce import queries
from loket.workforce.access import PLAN
from loket.workforce.models import Roster

from . import facts as reading
from . import figures, grid, lacking, windows, words
from .facts import Loaded
from .windows import Window, window_of


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show one roster as a grid of people and days."""
    roster = queries.roster(code=code, actor=request.actor)
    loaded = reading.load(roster, at=clock.now())
    return page(request, loaded)


def page(
    request: DeskRequest,
    loaded: Loaded,
    *,
    said: str = "",
    refusal: str = "",
    refused_at: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with the page of a roster, or with its board when htmx asks.

    The part that was shown is shown again.
    """
    told = {"said": said, "refusal": refusal, "refused_at": refused_at}
    context = shown(loaded, request.actor, window_of(request)) | told
    return reply.page(request, "desk/rosters/show.html", context, part="board", status=status)


def may_change(loaded: Loaded, actor: Actor) -> bool:
    """Say whether the actor may change the roster in any way."""
    roster = loaded.roster
    is_alive = roster.state != Roster.State.DISCARDED and roster.ends_on > loaded.today
    return is_alive and actor.may(PLAN, scope=roster.unit.path)


def shown(loaded: Loaded, actor: Actor, window: Window) -> dict[str, Any]:
    """Return everything that the page of a roster shows."""
    roster, facts = loaded.roster, loaded.facts
    may = may_change(loaded, actor)
    board = grid.board(
        facts,
        since=windows.day_of(window.since),
        today=loaded.today,
        may_change=may,
        part=windows.part_of(window, facts.people),
    )
    whole = grid.all_days(facts, today=loaded.today)
    is_draft = roster.state == Roster.State.DRAFT
    return {
        "roster": roster,
        "unit": loaded.unit,
        "period": words.period(roster),
        "cause": words.cause(roster),
        "window": windows.shown(board, window),
        "links": windows.links(board, window),
        "people": len(facts.people),
        "board": board,
        "days": by_day(board, loaded.today),
        "counters": facts.counters,
        "differences": board.differences,
        "figures": figures.of(loaded, whole),
        "may_change": may,
        "may_publish": may and is_draft,
        "may_plan_again": may and is_draft,
        "may_discard": may and is_draft,
        **lacking.of(loaded, whole, board),
    }


def by_day(board: grid.Board, today: date) -> list[dict[str, Any]]:
    """Return the grid by day, for a phone: who is in the office, and who is not."""
    nearest = next((c.on for c in board.columns if c.on >= today and not c.closed), None)
    found = []
    for number, column in enumerate(board.columns):
        pairs = [(row, row.cells[number]) for row in board.rows]
        office = [pair for pair in pairs if pair[1].state == "office"]
        office.sort(key=lambda pair: pair[1].sit.place if pair[1].sit else ("", ""))
        found.append(
            {
                "column": column,
                "office": office,
                "others": [
                    pair for pair in pairs if pair[1].state not in {"office", "holiday"}
                ],
                "is_open": column.on == nearest,
            }
        )
    return found
