"""Provisions that hold for nobody: their scope fits no unit, no building or no zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from .facts import Effect, UnitFact
from .findings import Finding, order
from .format import Scope
from .resolving import Book
from .resolving.scopes import Fit, fit, is_at, steps


def unmet(book: Book, *, since: datetime) -> list[Finding]:
    """Return provisions that are not over and hold for no unit, with what nothing meets."""
    found: dict[object, Finding] = {}
    for effect in book.effects:
        is_over = effect.ends_at is not None and effect.ends_at <= since
        if not (effect.is_closure or is_over):
            for reason, names in _unmet(book, effect):
                cited = effect.because.subject, effect.because.article
                found.setdefault((cited, reason, names), _finding(book, effect, reason, names))
    return sorted(found.values(), key=order)


def _unmet(book: Book, effect: Effect) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what of a scope nobody meets, and the names to say it with."""
    scope = effect.scope
    if not any(True for _met in _fitting(book, scope)):
        yield "unit", _elsewhere(book, scope)
    elif not any(_is_there(book, scope, *met) for met in _fitting(book, scope)):
        yield "place", tuple(filter(None, (scope.room, scope.place, scope.floor)))
    elif scope.zone and not any(
        book.is_zoned(unit.region, effect) for unit, _fit in _fitting(book, scope)
    ):
        yield "zone", (scope.zone.scheme, *scope.zone.values)


def _fitting(book: Book, scope: Scope) -> Iterator[tuple[UnitFact, Fit]]:
    for unit in book.units.values():
        if found := fit(scope, unit, steps(unit.path), ""):
            yield unit, found


def _is_there(book: Book, scope: Scope, unit: UnitFact, found: Fit) -> bool:
    """Say whether the office of a unit, or a room of it, is where a scope says."""
    if not (scope.room or scope.place):
        return True
    if not scope.room and found.is_in_place:
        return True
    for room in book.rooms.values():
        is_room, is_in_place = is_at(scope, room)
        is_meant = is_room if scope.room else is_in_place
        fits = not scope.place or is_in_place or found.is_in_place
        if is_meant and fits and book.has_room(unit.code, room.code):
            return True
    return False


def _elsewhere(book: Book, scope: Scope) -> tuple[str, ...]:
    """Return units of another branch of the tree, for the same regions, below which some fit.

    The registry of 31.74 is under 31.74-DUKCAPIL, not under 31.74.
    """
    anywhere = scope.model_copy(update={"units": ()})
    begun = tuple(f"{code}-" for code in scope.units)
    near = (
        next((code for code in steps(unit.path) if code.startswith(begun)), "")
        for unit, _fit in _fitting(book, anywhere)
    )
    is_narrow = begun and (scope.kinds or scope.functions)
    return tuple(sorted(set(near) - {""})) if is_narrow else ()


def _finding(book: Book, effect: Effect, reason: str, names: tuple[str, ...]) -> Finding:
    zone = ZoneInfo(next(iter(book.units.values())).zone_name)
    ends_at = effect.ends_at
    return Finding(
        "nobody",
        names,
        (effect.because,),
        (),
        (),
        effect.starts_at.astimezone(zone),
        ends_at.astimezone(zone) if ends_at else None,
        reason,
    )
