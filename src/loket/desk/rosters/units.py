"""Which units' rosters somebody sees, and which one a page is about."""

from __future__ import annotations

from loket.desk.circulars.picking import MOST
from loket.desk.requests import DeskRequest
from loket.kernel.access import Actor, require
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.workforce.access import PLAN, VIEW

FOUND = 200


def sees(actor: Actor, path: str) -> bool:
    """Say whether somebody may see who works where in a unit."""
    return actor.may(VIEW, scope=path) or actor.may(PLAN, scope=path)


def require_seat(actor: Actor) -> None:
    """Stop whoever sees no unit's rosters.

    :raises NotAllowed: if the actor neither sees nor plans any.
    """
    if not (actor.scopes(VIEW) or actor.scopes(PLAN)):
        require(actor, VIEW, scope="")


def units_of(actor: Actor, words: str = "") -> list[Unit]:
    """Return units whose rosters somebody sees: those found, or the highest ones."""
    scopes = actor.scopes(VIEW) | actor.scopes(PLAN)
    if not words:
        return organisation.by_path(scopes)
    found = organisation.units().filter(name__icontains=words).order_by("path")
    return [unit for unit in found[:FOUND] if sees(actor, unit.path)][:MOST]


def chosen(request: DeskRequest) -> tuple[Unit | None, bool]:
    """Return the unit that the address names or the only one, and whether there are others.

    :raises NotFound: if there is no such unit.
    :raises NotAllowed: if its rosters are not the actor's to see.
    """
    units = units_of(request.actor)
    is_only = len(units) == 1 and not organisation.children(units[0].code).exists()
    if code := request.GET.get("unit", ""):
        unit = organisation.unit(code)
        if not sees(request.actor, unit.path):
            require(request.actor, VIEW, scope=unit.path)
        return unit, not is_only
    return (organisation.unit(units[0].code) if is_only else None), not is_only
