"""The page of one roster, whole or only its board: grid, list by day, what it lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.ui import reply
from loket.workforce import queries
from loket.workforce.access import PLAN
from loket.workforce.models import Roster
from loket.workforce.rules import explaining

from . import facts as reading
from . import figures, grid, words
from .facts import Loaded

MOST_HELPS = 4


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show one roster as a grid of people and days."""
    roster = queries.roster(code=code, actor=request.actor)
    loaded = reading.load(roster, at=clock.now())
    return page(request, loaded, since=request.GET.get("since", ""))


def day_of(text: str) -> date | None:
    """Return the day that an address names, if it names one."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def page(
    request: DeskRequest,
    loaded: Loaded,
    *,
    since: str = "",
    said: str = "",
    refusal: str = "",
    refused_at: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with the page of a roster, or with its board when htmx asks."""
    told = {"said": said, "refusal": refusal, "refused_at": refused_at}
    context = shown(loaded, request.actor, since=since) | told
    return reply.page(request, "desk/rosters/show.html", context, part="board", status=status)


def may_change(loaded: Loaded, actor: Actor) -> bool:
    """Say whether the actor may change the roster in any way."""
    roster = loaded.roster
    is_alive = roster.state != Roster.State.DISCARDED and roster.ends_on > loaded.today
    return is_alive and actor.may(PLAN, scope=roster.unit.path)


def shown(loaded: Loaded, actor: Actor, *, since: str = "") -> dict[str, Any]:
    """Return everything that the page of a roster shows."""
    roster, facts = loaded.roster, loaded.facts
    may = may_change(loaded, actor)
    board = grid.board(facts, since=day_of(since), today=loaded.today, may_change=may)
    whole = grid.all_days(facts, today=loaded.today)
    is_draft = roster.state == Roster.State.DRAFT
    return {
        "roster": roster,
        "unit": loaded.unit,
        "period": words.period(roster),
        "cause": words.cause(roster),
        "since": since,
        "board": board,
        "days": by_day(board, loaded.today),
        "counters": facts.counters,
        "lacking": lacking(loaded, whole),
        "differences": grid.differences(facts),
        "figures": figures.of(loaded, whole),
        "may_change": may,
        "may_publish": may and is_draft,
        "may_plan_again": may and is_draft,
        "may_discard": may and is_draft,
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


def lacking(loaded: Loaded, columns: tuple[grid.Column, ...]) -> list[dict[str, Any]]:
    """Return each day that lacks something, with the reason and the articles behind it."""
    found = []
    for column in columns:
        if not column.day or column.is_over or not column.is_lacking:
            continue
        counters = loaded.facts.counters
        found.append(
            {
                "column": column,
                "lacks": [
                    {
                        "title": counters.get(lack.need.counter, lack.need.counter),
                        "need": lack.need,
                        "there": lack.there,
                    }
                    for lack in column.lacks
                ],
                "unmet": [loaded.names.get(member, "") for member in column.unmet],
                **told(loaded, column.on),
            }
        )
    return found


def told(loaded: Loaded, on: date) -> dict[str, Any]:
    """Return why a day cannot be covered and what would help; nothing if it could be."""
    names, facts = loaded.names, loaded.facts
    reasons = explaining.explain(loaded.problem, on)
    helps = [
        change for reason in reasons for change in explaining.helps(loaded.problem, reason)
    ]
    return {
        "sentences": explaining.sentences(
            reasons,
            names=names,
            kinds=facts.absent,
            counters=facts.counters,
            rooms=loaded.rooms,
        ),
        "helps": explaining.ways_out(
            helps[:MOST_HELPS], names=names, counters=facts.counters, rooms=loaded.rooms
        ),
    }
