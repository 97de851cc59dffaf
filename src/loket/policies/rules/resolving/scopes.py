"""Whom a scope covers, and how narrow it is for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loket.policies.rules.facts import RoomFact, UnitFact
from loket.policies.rules.format import Scope

Narrowness = tuple[int, ...]
"""Room, floor, place, depth of the unit, services, kind or function, zone. The greater wins."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a scope fits a unit, whatever room and service are asked about."""

    depth: int
    """Depth in the tree of the unit that the scope names; 0: it names none."""
    is_in_place: bool
    """Whether the office of the unit is in the building, or on the floor."""
    is_sole_room: bool
    """Whether the scope is a room, and the unit has no other."""


def steps(path: str) -> dict[str, int]:
    """Return the codes of a unit and of those above it, each with its depth from 1."""
    return {code: depth for depth, code in enumerate(path.strip("/").split("/"), 1)}


def fit(scope: Scope, unit: UnitFact, above: Mapping[str, int], sole_room: str) -> Fit | None:
    """Return how a scope fits a unit; None if it cannot."""
    if scope.kinds and unit.kind not in scope.kinds:
        return None
    if scope.functions and unit.function not in scope.functions:
        return None
    if any(code in above for code in scope.except_units):
        return None
    depth = max((above.get(code, 0) for code in scope.units), default=0)
    if scope.units and not depth:
        return None
    is_in_place = bool(unit.place) and _is_in(scope, unit.place, unit.floor)
    return Fit(depth, is_in_place, bool(scope.room) and scope.room == sole_room)


def is_at(scope: Scope, room: RoomFact) -> tuple[bool, bool]:
    """Say whether a room is the one of a scope, and whether it is in its building or floor."""
    return scope.room == room.code, _is_in(scope, room.place, room.floor)


def narrowness(
    scope: Scope,
    fits: Fit | None,
    room: tuple[bool, bool] | None,
    service: str,
    *,
    covers_sole_room: bool,
) -> Narrowness | None:
    """Return how narrow a scope is for a unit, a room and a service; None if it is not theirs.

    ``covers_sole_room``: a closure of the only room of a unit closes the unit.
    """
    if fits is None or (scope.services and service not in scope.services):
        return None
    is_room, is_in_place = room or (covers_sole_room and fits.is_sole_room, False)
    if scope.room and not is_room:
        return None
    has_place = bool(scope.place or scope.floor)
    if has_place and not (fits.is_in_place or is_in_place):
        return None
    return (
        int(bool(scope.room)),
        int(bool(scope.floor)),
        int(has_place),
        fits.depth,
        int(bool(scope.services)),
        int(bool(scope.kinds or scope.functions)),
        int(scope.zone is not None),
    )


def _is_in(scope: Scope, place: str, floor: str) -> bool:
    if not (scope.place or scope.floor):
        return False
    return scope.place in {"", place} and scope.floor in {"", floor}
