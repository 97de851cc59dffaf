"""Days of a roster that lack something: why, by which article, and what would help.

Why is worked out for each day by itself. That takes a moment in a unit of many hundred people:
there it is told for the days at hand, and for each other day when somebody asks.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import NotFound
from loket.ui import reply
from loket.workforce import queries
from loket.workforce.rules import explaining

from . import facts as reading
from . import grid, windows, words
from .facts import Loaded

MOST_HELPS = 4
AT_ONCE = 2500
"""Days times people that a page explains without being asked."""


@require_safe
@staff_only
@reply.private
def why(request: DeskRequest, code: str, day: str) -> HttpResponse:
    """Say why one day lacks something; htmx gets the words alone."""
    roster = queries.roster(code=code, actor=request.actor)
    loaded = reading.load(roster, at=clock.now())
    on = windows.day_of(day)
    columns = grid.all_days(loaded.facts, today=loaded.today)
    column = next((each for each in columns if each.on == on and each.day), None)
    if column is None:
        raise NotFound(_("This roster has no such day."))
    context = {
        "roster": roster,
        "unit": loaded.unit,
        "period": words.period(roster),
        "day": explained(loaded, column),
        "is_asked": True,
    }
    return reply.page(request, "desk/rosters/why.html", context, part="why")


def of(loaded: Loaded, columns: tuple[grid.Column, ...], board: grid.Board) -> dict[str, Any]:
    """Return the days that lack something: those to tell of at once, and the others by name."""
    found = [c for c in columns if c.day and not c.is_over and c.is_lacking]
    most = max(1, AT_ONCE // max(1, len(loaded.facts.people)))
    near, far = found, list[grid.Column]()
    if len(found) > most:
        here = {column.on for column in board.columns}
        near = [column for column in found if column.on in here]
        far = [column for column in found if column.on not in here]
    told = [explained(loaded, column) for column in near[:most]]
    return {
        "lacking": [*told, *(named(loaded, column) for column in near[most:])],
        "lacking_elsewhere": far,
        "lacking_days": len(found),
    }


def explained(loaded: Loaded, column: grid.Column) -> dict[str, Any]:
    """Return a day that lacks something, with the reasons and what would help."""
    return named(loaded, column) | _told(loaded, column) | {"is_told": True}


def named(loaded: Loaded, column: grid.Column) -> dict[str, Any]:
    """Return what a day lacks."""
    counters = loaded.facts.counters
    return {
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
    }


def _told(loaded: Loaded, column: grid.Column) -> dict[str, Any]:
    """Return why a day cannot be covered and what would help; nothing if it could be."""
    names, facts = loaded.names, loaded.facts
    reasons = explaining.explain(loaded.problem, column.on)
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
