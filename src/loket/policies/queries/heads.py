"""Whose units a change touches, and who heads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Position
from loket.policies.models import Circular, Closure
from loket.policies.rules.facts import UnitFact
from loket.policies.rules.format import Scope
from loket.policies.rules.resolving import Book
from loket.policies.rules.resolving.scopes import fit, steps


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a unit, as a recipient of notices."""

    account: int
    name: str
    email: str
    language: str


def scopes_of(subject: str) -> list[Scope]:
    """Return the scopes of a circular's provisions, or of a closure; none of anything else."""
    kind, _colon, code = subject.partition(":")
    if kind == "closure":
        written = list(Closure.objects.filter(code=code).values_list("scope", flat=True))
    else:
        rows = Circular.objects.filter(code=code)
        written = list(rows.values_list("provisions__scope", flat=True))
    return [Scope.model_validate(scope) for scope in written if scope is not None]


def touched(book: Book, *, subject: str, within: Iterable[str]) -> list[str]:
    """Return the codes of the units that something is for.

    A circular without provisions, which only ends others, is for all within its paths.
    """
    scopes, paths = scopes_of(subject), tuple(within)
    return sorted(
        unit.code
        for unit in book.units.values()
        if unit.path.startswith(paths)
        and (not scopes or any(_covers(scope, unit, book) for scope in scopes))
    )


def _covers(scope: Scope, unit: UnitFact, book: Book) -> bool:
    found = fit(scope, unit, steps(unit.path), "")
    if found is None:
        return False
    if scope.room:
        return scope.room in book.rooms and book.rooms[scope.room].unit == unit.code
    return found.is_in_place or not scope.place


def heads_of(units: Iterable[str], *, at: datetime) -> list[Head]:
    """Return those who head some units at a moment, each once."""
    today = organisation.today(None, at=at)
    heads = people.holders([Position.Role.HEAD], on=today).filter(unit__code__in=list(units))
    wanted = ("account_id", "account__full_name", "account__email", "account__language")
    return [Head(*row) for row in heads.values_list(*wanted).distinct().order_by("account_id")]
