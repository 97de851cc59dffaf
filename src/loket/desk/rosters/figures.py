"""How good a roster is, in a few figures, and what of it is proven."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from loket.ui.numbers import percent

from . import grid
from .facts import Loaded


def of(loaded: Loaded, columns: tuple[grid.Column, ...]) -> dict[str, Any]:
    """Return what was found when planning, and what is counted of the turns as they are."""
    found = loaded.roster.found
    loads = list(carried(loaded).values())
    gap = float(found.get("gap") or 0)
    return {
        "is_proven": bool(found.get("is_proven")),
        "is_by_hand": bool(found.get("is_by_hand")),
        "lightest": min(loads, default=0),
        "heaviest": max(loads, default=0),
        "met": sum(column.met for column in columns),
        "needed": sum(column.needed for column in columns),
        "lacks": any(column.is_lacking for column in columns),
        "off_team": found.get("off_team", 0),
        "gap": gap,
        "gap_words": percent(Decimal(str(round(gap, 3)))),
        "contacts": found.get("contacts", 0),
    }


def carried(loaded: Loaded) -> dict[str, int]:
    """Return the turns of each who takes turns at all, with those of the last eight weeks.

    Who must come every day, or may not come on any, is not compared with the others.
    """
    days = {day.on for day in loaded.problem.days}
    free = {
        member.key: member.carried
        for member in loaded.problem.members
        if days - member.away - member.pinned
    }
    loads = free or {member.key: member.carried for member in loaded.problem.members}
    for member, _on in loaded.facts.sits:
        if member in loads:
            loads[member] += 1
    return loads
