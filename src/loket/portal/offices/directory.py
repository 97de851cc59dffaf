"""Every office with its names and its point on the map, as the board looks them up.

Read once per state of the law: a change of an office makes a new book, and with it a new
directory. Searching some 700 offices in memory costs less than asking the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from django.utils.translation import gettext as _

from loket.organisation import queries as organisation
from loket.organisation.queries import UnitRow
from loket.organisation.rules.places import Point
from loket.policies import queries as policies
from loket.policies.rules.resolving import Book

PREFIXES = {"district": "Kecamatan", "village": "Kelurahan"}
"""Without them a district and a village of one name could not be told apart."""
CITY, DISTRICT, VILLAGE = 2, 3, 4
"""How many steps the code of a region has at each level."""


@dataclass(frozen=True)
class Office:
    """Where one unit receives the public."""

    code: str
    name: str
    kind: str
    function: str
    region: str
    city: str
    """Code of the city; empty for an office of the province."""
    city_name: str
    district_name: str
    village_name: str
    place: str
    place_name: str
    floor: str
    address: str
    phone: str
    email: str
    point: Point | None

    @cached_property
    def text(self) -> str:
        """Return what a search looks through."""
        names = (self.name, self.area, self.place_name, self.address, self.code)
        return " ".join(names).casefold()

    @property
    def floor_words(self) -> str:
        """Return the floor as it is said."""
        return floor_words(self.floor)

    @cached_property
    def area(self) -> str:
        """Return the part of town, the smallest first."""
        names = (self.village_name, self.district_name, short(self.city_name))
        return ", ".join(dict.fromkeys(name for name in names if name))

    @property
    def family(self) -> str:
        """Return what it is called without the part of town."""
        where = self.village_name or self.district_name or self.city_name
        return self.name.removesuffix(where).strip()


def floor_words(floor: str) -> str:
    """Return a floor as it is said; a block says what it is by itself."""
    return _("floor %(floor)s") % {"floor": floor} if floor.isdigit() else floor


def short(name: str) -> str:
    """Return what people call a city or regency."""
    return name.removeprefix("Kota Administrasi ").removeprefix("Kabupaten Administrasi ")


@dataclass(frozen=True)
class Directory:
    """All offices, by code, and the regions they are in."""

    offices: Mapping[str, Office]
    regions: Mapping[str, str]
    """Code to name."""
    points: Mapping[str, Point]
    """Where the government of a region is."""

    def below(self, code: str) -> list[tuple[str, str]]:
        """Return the regions right below one, by name."""
        steps = code.count(".") + 1 if code else 0
        found = [
            (region, name)
            for region, name in self.regions.items()
            if region.count(".") == steps and region.startswith(f"{code}." if code else "")
        ]
        return sorted(found, key=lambda pair: (pair[1], pair[0]))

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the words by which an office may be found, to tell what was meant."""
        found = " ".join(office.text for office in self.offices.values())
        return frozenset(word for word in re.findall(r"[^\W\d_]+", found) if len(word) > 2)  # noqa: PLR2004 -- shorter ones are like too many others

    @cached_property
    def cities(self) -> list[tuple[str, str]]:
        """Return every city and regency."""
        return [pair for code, _name in self.below("") for pair in self.below(code)]


_kept: tuple[Book, Directory] | None = None
_lock = Lock()


def current() -> tuple[Book, Directory]:
    """Return the law as it is, and the offices that it is about."""
    global _kept  # noqa: PLW0603 -- one slot per process, replaced whole
    book = policies.book()
    kept = _kept
    if kept is not None and kept[0] is book:
        return kept
    found = (book, read(organisation.directory()))
    with _lock:
        _kept = found
    return found


def read(rows: Iterable[UnitRow]) -> Directory:
    """Return the directory of what the organisation has on record."""
    listed = list(rows)
    governments = [row for row in listed if row.function == "government"]
    regions = {row.region: row.name for row in governments}
    points = {row.region: row.point for row in governments}
    return Directory(
        offices={row.code: _office(row, regions) for row in listed},
        regions=regions,
        points={code: point for code, point in points.items() if point is not None},
    )


def _office(row: UnitRow, regions: Mapping[str, str]) -> Office:
    steps = row.region.split(".")
    city, district, village = (
        ".".join(steps[:size]) if len(steps) >= size else ""
        for size in (CITY, DISTRICT, VILLAGE)
    )
    return Office(
        code=row.code,
        name=" ".join(filter(None, (PREFIXES.get(row.kind), row.name))),
        kind=row.kind,
        function=row.function,
        region=row.region,
        city=city,
        city_name=regions.get(city, ""),
        district_name=regions.get(district, ""),
        village_name=regions.get(village, ""),
        place=row.place,
        place_name=row.place_name,
        floor=row.floor,
        address=row.address,
        phone=row.phone,
        email=row.email,
        point=row.point,
    )
