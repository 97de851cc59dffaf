"""Buildings, offices and rooms that a file declares and that are not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from loket.organisation.models import Office, Place, Room, Unit
from loket.organisation.rules.government import PlannedUnit
from loket.organisation.rules.places import PlannedOffice


def open_offices(planned: Iterable[PlannedUnit], units: Mapping[str, Unit]) -> set[str]:
    """Open the offices that are missing, and house those that have no building yet.

    An office begins with one room when it gets its building, and never again: what an
    operator changed, moved or took away stays so. Return the units that are different now.
    """
    offices = {office.unit_id: office for office in Office.objects.all()}
    wanted = [
        (units[unit.code], unit.office)
        for unit in planned
        if unit.office and not _is_housed(offices.get(units[unit.code].pk))
    ]
    places = _places(office for _unit, office in wanted)
    missing = [(unit, office) for unit, office in wanted if unit.pk not in offices]
    Office.objects.bulk_create(_office(unit, office, places) for unit, office in missing)
    for unit, office in wanted:
        if unit.pk in offices:
            known = offices[unit.pk]
            known.place, known.floor = places[office.place.code], office.floor
            known.save(update_fields=["place", "floor"])
    _furnish(wanted, places)
    return {unit.code for unit, _office in wanted}


def _is_housed(office: Office | None) -> bool:
    return office is not None and office.place_id is not None


def _places(offices: Iterable[PlannedOffice]) -> dict[str, Place]:
    """Return the buildings of some offices by code, and build those that are missing."""
    wanted = {office.place.code: office.place for office in offices}
    known = {place.code: place for place in Place.objects.filter(code__in=wanted)}
    built = Place.objects.bulk_create(
        Place(
            code=place.code,
            name=place.name,
            address=place.address,
            latitude=place.point and place.point[0],
            longitude=place.point and place.point[1],
        )
        for place in wanted.values()
        if place.code not in known
    )
    return known | {place.code: place for place in built}


def _office(unit: Unit, office: PlannedOffice, places: Mapping[str, Place]) -> Office:
    return Office(
        unit=unit,
        place=places[office.place.code],
        floor=office.floor,
        address=office.place.address,
        time_zone=office.time_zone,
        hours=office.hours,
    )


def _furnish(wanted: Iterable[tuple[Unit, PlannedOffice]], places: Mapping[str, Place]) -> None:
    """Give offices their first room."""
    taken = set(Room.objects.values_list("code", flat=True))
    Room.objects.bulk_create(
        Room(
            code=office.room.code,
            name=office.room.name,
            place=places[office.place.code],
            unit=unit,
            floor=office.floor,
            capacity=office.room.capacity,
        )
        for unit, office in wanted
        if office.room.code not in taken
    )
