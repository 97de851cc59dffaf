"""Which unit a page is about: one of those for which the actor may do something."""

from __future__ import annotations

from loket.desk.requests import DeskRequest
from loket.kernel.access import Actor, Permission, require
from loket.organisation import queries as organisation
from loket.organisation.models import Unit

FOUND = 200
"""Names that are looked at, of which the actor may see some."""
MOST = 30


def require_seat(actor: Actor, *permissions: Permission) -> None:
    """Stop whoever may do none of these things anywhere.

    :raises NotAllowed: naming the first of them.
    """
    if not any(actor.scopes(each) for each in permissions):
        require(actor, permissions[0], scope="")


def may(actor: Actor, unit: Unit, *permissions: Permission) -> bool:
    """Say whether the actor may do one of these things in a unit."""
    return any(actor.may(each, scope=unit.path) for each in permissions)


def units_of(actor: Actor, *permissions: Permission, words: str = "") -> list[Unit]:
    """Return units in which the actor may do one of these: those found, or the highest ones."""
    if not words:
        return organisation.by_path(
            {path for each in permissions for path in actor.scopes(each)}
        )
    found = organisation.units().filter(name__icontains=words).order_by("path")
    return [unit for unit in found[:FOUND] if may(actor, unit, *permissions)][:MOST]


def named(request: DeskRequest, *permissions: Permission) -> Unit | None:
    """Return the unit that the address names, if it names one.

    :raises NotFound: if there is no such unit.
    :raises NotAllowed: if the actor may do none of these things there.
    """
    code = request.GET.get("unit", "")
    if not code:
        return None
    unit = organisation.unit(code)
    if not may(request.actor, unit, *permissions):
        require(request.actor, permissions[0], scope=unit.path)
    return unit


def only(actor: Actor, *permissions: Permission) -> Unit | None:
    """Return the unit of whoever may do these things in one unit alone."""
    units = units_of(actor, *permissions)
    if len(units) == 1 and not organisation.children(units[0].code).exists():
        return units[0]
    return None


def first(request: DeskRequest, *permissions: Permission) -> tuple[Unit, list[Unit]]:
    """Return the unit that the address names or the highest of the actor's, and all of these.

    :raises NotFound: if there is no such unit.
    :raises NotAllowed: if the actor may do none of these things there, or anywhere.
    """
    require_seat(request.actor, *permissions)
    units = units_of(request.actor, *permissions)
    return named(request, *permissions) or units[0], units
