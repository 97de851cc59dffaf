"""Units of which nobody can say anything different are one class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound
from loket.organisation.rules.calendar import Calendar
from loket.policies.rules.facts import RoomFact, UnitFact

from .compiling import Law, Place
from .openings import Setting
from .scopes import Fit, fit, steps

NO_CALENDAR = Calendar({}, frozenset())
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One class of equal units."""

    fits: tuple[Fit | None, ...]
    """How each scope of the law fits."""
    lineage: tuple[str, ...]
    """Regions whose zones matter, the nearest first."""
    setting: Setting


class Classes:
    """Which unit is of which class; and the same of rooms."""

    def __init__(
        self,
        law: Law,
        units: Iterable[UnitFact],
        rooms: Iterable[RoomFact],
        calendars: Mapping[str, Calendar],
    ) -> None:
        self.units: dict[str, UnitFact] = {unit.code: unit for unit in units}
        self.rooms: dict[str, RoomFact] = {room.code: room for room in rooms}
        self._law = law
        self._calendars = calendars
        self._kinds: list[Kind] = []
        self._numbers: dict[Key, int] = {}
        self._of: dict[str, int] = {}
        self._sorting = Lock()
        self._distinct: list[Calendar] = []
        self._marks: dict[str, tuple[Place, ...]] = {}
        self._sole = _sole_rooms(self.rooms.values())

    def under(self, law: Law) -> Classes:
        """Return the classes of the same units and rooms under another law."""
        return Classes(law, self.units.values(), self.rooms.values(), self._calendars)

    def of(self, unit: str) -> int:
        """Return the number of the class of a unit.

        :raises NotFound: if there is no such unit.
        """
        found = self._of.get(unit)
        if found is None:
            if unit not in self.units:
                raise NotFound(_("There is no unit “%(code)s”.") % {"code": unit})
            with self._sorting:
                found = self._of[unit] = self._sort(self.units[unit])
        return found

    def kind(self, number: int) -> Kind:
        """Return a class by its number."""
        return self._kinds[number]

    def marks(self, room: str) -> tuple[Place, ...] | None:
        """Return what scopes can see of a room; None if none is asked about.

        :raises NotFound: if there is no such room.
        """
        if not room:
            return None
        found = self._marks.get(room)
        if found is None:
            if room not in self.rooms:
                raise NotFound(_("There is no room “%(code)s”.") % {"code": room})
            found = self._marks[room] = self._law.marks(self.rooms[room])
        return found

    def _sort(self, unit: UnitFact) -> int:
        above = steps(unit.path)
        sole = self._sole.get(unit.code, "")
        fits = tuple(fit(scope, unit, above, sole) for scope in self._law.scopes)
        lineage = self._law.zones.lineage(unit.region) if self._law.has_zones else ()
        calendar = self._calendar(unit.code)
        key = fits, lineage, unit.hours, id(calendar), unit.zone_name
        number = self._numbers.setdefault(key, len(self._kinds))
        if number == len(self._kinds):
            setting = Setting(unit.hours, calendar, ZoneInfo(unit.zone_name))
            self._kinds.append(Kind(fits, lineage, setting))
        return number

    def _calendar(self, unit: str) -> Calendar:
        """Return the calendar of a unit, one object for all that are equal."""
        asked = self._calendars.get(unit) or self._calendars.get("", NO_CALENDAR)
        for known in self._distinct:
            if known is asked or known == asked:
                return known
        self._distinct.append(asked)
        return asked


def _sole_rooms(rooms: Iterable[RoomFact]) -> dict[str, str]:
    """Return the only room of each unit that has one and no other."""
    by_unit: dict[str, list[str]] = defaultdict(list)
    for room in rooms:
        by_unit[room.unit].append(room.code)
    return {unit: codes[0] for unit, codes in by_unit.items() if len(codes) == 1}
