"""The codes that exist, and what is said of those that do not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .complaints import nearest
from .format import ClosureForm, Scope

Path = tuple[str | int, ...]
Complaint = tuple[Path, str]
_NONE: frozenset[str] = frozenset()


def units_unknown() -> str:
    """Return the sentence about a unit that does not exist."""
    return _("There is no unit “%(code)s”.")


@dataclass(frozen=True)
class Names:
    """The codes that exist; says of others what is wrong with them."""

    units: Collection[str]
    places: Collection[str]
    rooms: Collection[str]
    services: Collection[str]
    floors: Mapping[str, Collection[str]] | None = None
    """By code of building; None: floors are not checked."""

    def unknown(
        self, sentence: str, codes: Collection[str], known: Collection[str], path: Path
    ) -> Iterator[Complaint]:
        many = path[-1] in {"units", "services", "except_units"}
        for at, code in enumerate(codes):
            if code and code not in known:
                where = (*path, at) if many else path
                yield where, sentence % {"code": code} + nearest(code, known)

    def of_scope(self, scope: Scope, path: Path) -> Iterator[Complaint]:
        yield from self.unknown(units_unknown(), scope.units, self.units, (*path, "units"))
        yield from self.unknown(
            units_unknown(), scope.except_units, self.units, (*path, "except_units")
        )
        yield from self.unknown(
            _("There is no service “%(code)s”."),
            scope.services,
            self.services,
            (*path, "services"),
        )
        yield from self.of_building(scope, path)

    def of_building(self, scope: Scope | ClosureForm, path: Path) -> Iterator[Complaint]:
        yield from self.unknown(
            _("There is no building “%(code)s”."), [scope.place], self.places, (*path, "place")
        )
        yield from self.unknown(
            _("There is no room “%(code)s”."), [scope.room], self.rooms, (*path, "room")
        )
        if self.floors is not None and scope.floor and scope.place in self.places:
            yield from self.unknown(
                _("That building has no floor “%(code)s” on record."),
                [scope.floor],
                self.floors.get(scope.place, _NONE),
                (*path, "floor"),
            )

    def of_closure(self, closure: ClosureForm, path: Path) -> Iterator[Complaint]:
        yield from self.unknown(units_unknown(), closure.units, self.units, (*path, "units"))
        yield from self.of_building(closure, path)
        for at, scope in enumerate(closure.stays_open):
            yield from self.of_scope(scope, (*path, "stays_open", at))
