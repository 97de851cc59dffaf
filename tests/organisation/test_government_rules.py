from __future__ import annotations

from datetime import date

import pytest

from loket.kernel.errors import Invalid
from loket.organisation.rules.format import parse
from loket.organisation.rules.government import PlannedName, PlannedUnit, plan
from loket.organisation.rules.places import (
    PlannedOffice,
    PlannedRoom,
    kilometres,
    read_points,
)

SMALL = """
format: 1
province: {code: "31", name: Ibu Kota, from: 2000-01-01}
cities:
  - code: "31.71"
    kind: city
    names:
      - {name: Kota Baru, from: 2010-01-01, source: Perda 2/2010}
      - {name: Kota Lama, from: 2000-01-01, source: Perda 1/2000}
    districts:
      - code: "31.71.01"
        name: Hulu
        villages: {1001: Atas, 1002: {name: Bawah, from: 2005-01-01, to: 2020-01-01}}
agencies:
  - suffix: DUKCAPIL
    function: civil_registry
    from: 2005-01-01
    units:
      - {kind: agency, level: province, name: Dinas}
      - {kind: branch, level: city, name: "Suku Dinas {region}"}
offices:
  time_zone: Asia/Jakarta
  address: "Jl. {street} No. {number}, {place}"
  streets: [Melati]
  hours: {monday: [07:30-12:00, 13:00-16:00]}
places:
  buildings:
    - kind: village
      name: Kantor {region}
      floors: {government: "2", civil_registry: "1"}
      room: {name: Ruang tunggu, capacity: 20}
    - kind: district
      name: Kantor {region}
      floors: {government: "1", civil_registry: "1"}
      room: {name: Ruang tunggu, capacity: 30}
    - kind: city
      name: Gedung {region}
      floors: {government: "3", civil_registry: "2"}
      room: {name: Ruang tunggu, capacity: 60}
    - kind: province
      name: Balai Kota
      floors: {government: Blok G, civil_registry: Blok D}
      room: {name: Ruang tunggu, capacity: 60}
"""


def small(code: str, *, text: str = SMALL) -> PlannedUnit:
    return next(unit for unit in plan(parse(text)) if unit.code == code)


def test_units_come_after_the_one_above_them() -> None:
    assert [(unit.code, unit.path) for unit in plan(parse(SMALL))] == [
        ("31", "/31/"),
        ("31.71", "/31/31.71/"),
        ("31.71.01", "/31/31.71/31.71.01/"),
        ("31.71.01.1001", "/31/31.71/31.71.01/31.71.01.1001/"),
        ("31.71.01.1002", "/31/31.71/31.71.01/31.71.01.1002/"),
        ("31-DUKCAPIL", "/31/31-DUKCAPIL/"),
        ("31.71-DUKCAPIL", "/31/31-DUKCAPIL/31.71-DUKCAPIL/"),
    ]


def test_names_end_where_the_next_begins() -> None:
    assert small("31.71").names == (
        PlannedName("Kota Lama", date(2000, 1, 1), date(2010, 1, 1), "Perda 1/2000"),
        PlannedName("Kota Baru", date(2010, 1, 1), None, "Perda 2/2010"),
    )
    assert small("31.71").name_on(date(2009, 12, 31)) == "Kota Lama"
    assert small("31.71").name_on(date(2010, 1, 1)) == "Kota Baru"
    assert small("31.71").name_on(date(1990, 1, 1)) == "Kota Lama"


def test_agencies_are_renamed_with_their_region_since_they_exist() -> None:
    assert small("31.71-DUKCAPIL").names == (
        PlannedName("Suku Dinas Kota Lama", date(2005, 1, 1), date(2010, 1, 1), "Perda 1/2000"),
        PlannedName("Suku Dinas Kota Baru", date(2010, 1, 1), None, "Perda 2/2010"),
    )


def test_regions_begin_and_end_on_their_own_or_with_the_one_above() -> None:
    above, below = small("31.71.01.1001"), small("31.71.01.1002")
    assert (above.valid_from, above.valid_to) == (date(2000, 1, 1), None)
    assert (below.valid_from, below.valid_to) == (date(2005, 1, 1), date(2020, 1, 1))


def office(code: str) -> PlannedOffice:
    found = small(code).office
    assert found
    return found


def test_offices_keep_the_hours_of_the_file() -> None:
    assert office("31.71-DUKCAPIL").hours == {"0": [["07:30", "12:00"], ["13:00", "16:00"]]}


def test_units_of_a_region_share_its_building_each_on_its_floor() -> None:
    city, branch = office("31.71"), office("31.71-DUKCAPIL")
    assert city.place == branch.place
    assert (city.place.code, city.place.name) == ("G-31.71", "Gedung Kota Baru")
    assert city.place.address == "Jl. Melati No. 39, Kota Baru"
    assert (city.floor, branch.floor) == ("3", "2")
    assert branch.room == PlannedRoom("R-31.71-DUKCAPIL-1", "Ruang tunggu", 60)
    assert office("31-DUKCAPIL").floor == "Blok D"
    assert office("31.71.01.1001").place.address.endswith(", Atas, Hulu, Kota Baru")


def test_buildings_are_where_the_file_of_coordinates_has_them() -> None:
    points = read_points("# Source\ncode,latitude,longitude\n31.71,-6.1812,106.83512\n")
    planned = {unit.code: unit for unit in plan(parse(SMALL), points)}
    places = {code: unit.office.place for code, unit in planned.items() if unit.office}
    assert places["31.71-DUKCAPIL"].point == (-6.1812, 106.83512)
    assert places["31.71.01"].point is None


@pytest.mark.parametrize("line", ["31.71,x,106", "31.71,-6", "31.71,-96,106", "31.71,1,181"])
def test_points_outside_the_globe_are_refused(line: str) -> None:
    with pytest.raises(Invalid):
        read_points(f"code,latitude,longitude\n{line}\n")


def test_a_distance_is_that_of_the_great_circle() -> None:
    monas, kota = (-6.17540, 106.82715), (-6.13528, 106.81330)
    assert kilometres(monas, kota) == pytest.approx(4.72, abs=0.02)
    assert kilometres(monas, monas) == 0
    assert kilometres((0, 0), (0, 180)) == pytest.approx(20015, abs=1)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('code: "31.71.01"', 'code: "31.72.01"', "“31.72.01” cannot be below “31.71”"),
        ("1001: Atas, 1002:", "1001: Atas, 1001:", "“1001” is written twice"),
        ("name: Ibu Kota, from: 2000-01-01", "name: Ibu Kota", "“31” needs a name and a begin"),
        ("format: 1", "format: 2", "format: Input should be 1"),
        ("suffix: DUKCAPIL", "suffix: dukcapil", "agencies.0.suffix: String should match"),
        ("level: province", "level: village", "“31.71-DUKCAPIL” has no unit above it"),
        ("[07:30-12:00,", "[07:30-07:30,", "Pada hari Senin setiap jam harus lebih lambat"),
        ("format: 1", "format: [", "expected"),
        ("kind: district\n", "kind: regency\n", "“31.71.01” has no building, or no floor"),
        ('"3", civil_registry: "2"', '"3"', "“31.71-DUKCAPIL” has no building, or no floor"),
        ("capacity: 20", "capacity: 0", "places.buildings.0.room.capacity: Input should"),
    ],
)
def test_files_that_make_no_sense_are_refused(old: str, new: str, reason: str) -> None:
    text = SMALL.replace(old, new, 1)
    with pytest.raises(Invalid) as refused:
        plan(parse(text))
    assert reason in str(refused.value)
