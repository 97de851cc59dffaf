"""From the file of a government to the list of its units, those above first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from loket.kernel.errors import Invalid

from .format import Agency, AgencyUnit, Government, Name, Region
from .places import Address, Housing, PlannedOffice, Point

BEGINNING = "kept since the beginning of the unit"
_KIND_LEVELS = {"regency": "city"}


@dataclass(frozen=True, slots=True)
class PlannedName:
    """What a unit is called during a period, from a day until before a day."""

    name: str
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """One unit as the file wants it."""

    code: str
    kind: str
    function: str
    parent: str | None
    path: str
    region: str
    valid_from: date
    valid_to: date | None
    names: tuple[PlannedName, ...]
    office: PlannedOffice | None = None

    def name_on(self, day: date) -> str:
        """Return what the unit is called on a day; before its first name, that one."""
        begun = [name for name in self.names if name.valid_from <= day]
        return (begun[-1] if begun else self.names[0]).name


def plan(
    government: Government, points: Mapping[str, Point] | None = None
) -> tuple[PlannedUnit, ...]:
    """Return every unit that the file declares, each after the one above it.

    :raises Invalid: if codes do not nest, a region has no name or no beginning, or a unit
        has no building.
    """
    regions = tuple(_regions(government))
    units = list(regions)
    for agency in government.agencies:
        units.extend(_agency(agency, regions))
    if twice := [code for code, often in Counter(u.code for u in units).items() if often > 1]:
        raise Invalid(f"“{min(twice)}” is written twice")
    housing = Housing(government, points or {})
    addresses = _addresses(regions)
    return tuple(
        replace(unit, office=housing.office(unit.code, unit.function, addresses[unit.region]))
        for unit in units
    )


def _addresses(regions: tuple[PlannedUnit, ...]) -> dict[str, Address]:
    """Return what places the building of each region: its kind, and the names on the way."""
    names = {region.code: region.names[-1].name for region in regions}
    found = {}
    for region in regions:
        steps = region.code.split(".")
        way = [".".join(steps[:length]) for length in range(len(steps), 1, -1)]
        found[region.code] = Address(
            region=region.code,
            kind=region.kind,
            name=names[region.code],
            way=tuple(names[code] for code in way or [region.code]),
        )
    return found


def _regions(government: Government) -> Iterator[PlannedUnit]:
    province = _region(government.province, government.province.code, "province", None)
    yield province
    for city in government.cities:
        over = _region(city, city.code, city.kind, province)
        yield over
        for district in city.districts:
            below = _region(district, district.code, "district", over)
            yield below
            for number, village in district.villages.items():
                part = Region(name=village) if isinstance(village, str) else village
                yield _region(part, f"{district.code}.{number}", "village", below)


def _region(part: Region, code: str, kind: str, parent: PlannedUnit | None) -> PlannedUnit:
    if parent and code.rpartition(".")[0] != parent.code:
        raise Invalid(f"“{code}” cannot be below “{parent.code}”")
    since = part.since or (parent.valid_from if parent else None)
    if since is None or not (part.name or part.names):
        raise Invalid(f"“{code}” needs a name and a beginning")
    names = part.names or (Name(name=str(part.name), since=since, source=BEGINNING),)
    return PlannedUnit(
        code=code,
        kind=kind,
        function="government",
        parent=parent.code if parent else None,
        path=f"{parent.path if parent else '/'}{code}/",
        region=code,
        valid_from=since,
        valid_to=part.until or (parent.valid_to if parent else None),
        names=_periods([PlannedName(n.name, n.since, None, n.source) for n in names]),
    )


def _periods(names: list[PlannedName]) -> tuple[PlannedName, ...]:
    """End each name where the next begins; a name that stays the same is one name."""
    ordered: list[PlannedName] = []
    for name in sorted(names, key=lambda n: n.valid_from):
        if ordered and ordered[-1].name == name.name:
            continue
        if ordered:
            ordered[-1] = replace(ordered[-1], valid_to=name.valid_from)
        ordered.append(name)
    return tuple(ordered)


def _agency(agency: Agency, regions: tuple[PlannedUnit, ...]) -> Iterator[PlannedUnit]:
    by_level: dict[str, AgencyUnit] = {unit.level: unit for unit in agency.units}
    paths = {"": regions[0].path}
    for region in regions:
        unit = by_level.get(_KIND_LEVELS.get(region.kind, region.kind))
        if unit is None:
            continue
        code = f"{region.code}-{agency.suffix}"
        above = region.code.rpartition(".")[0]
        if above not in paths:
            raise Invalid(f"“{code}” has no unit above it")
        paths[region.code] = f"{paths[above]}{code}/"
        yield PlannedUnit(
            code=code,
            kind=unit.kind,
            function=agency.function,
            parent=f"{above}-{agency.suffix}" if above else region.code,
            path=paths[region.code],
            region=region.code,
            valid_from=agency.since or region.valid_from,
            valid_to=region.valid_to,
            names=_agency_names(unit, agency, region),
        )


def _agency_names(
    unit: AgencyUnit, agency: Agency, region: PlannedUnit
) -> tuple[PlannedName, ...]:
    """Rename a unit with its region; names from before the unit began do not count."""
    since = agency.since or region.valid_from
    periods = [n for n in region.names if n.valid_to is None or n.valid_to > since]
    return _periods(
        [
            PlannedName(
                unit.name.format(region=n.name), max(n.valid_from, since), None, n.source
            )
            for n in periods
        ]
    )
