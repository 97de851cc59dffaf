"""Where offices are: what operators change, what is asked, and whether the data is sound."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid, NotAllowed, NotFound
from loket.organisation import queries
from loket.organisation import services as organisation
from loket.organisation.models import Office, Room
from loket.organisation.rules.places import kilometres, read_points
from tests.factories import organisation as factory

POINTS = read_points(
    organisation.JAKARTA.with_name("jakarta-coordinates.csv").read_text(encoding="utf-8")
)
ISLANDS = "31.01"
BOX = ((-6.38, 106.38), (-5.18, 106.99))
"""South-west and north-east of Jakarta with its islands."""
WHO: dict[str, Any] = {"actor": factory.system(), "at": factory.AT}


def facts() -> list[tuple[str, str, dict[str, Any]]]:
    rows = Entry.objects.exclude(name="organisation.units_loaded").order_by("pk")
    return [(entry.name, entry.subject, entry.facts) for entry in rows]


class TestTheData:
    def test_every_region_has_a_point_of_its_own_within_jakarta(self) -> None:
        assert Counter(len(code) for code in POINTS) == {2: 1, 5: 6, 8: 44, 13: 267}
        assert len(set(POINTS.values())) == 318
        (south, west), (north, east) = BOX
        outside = [
            code
            for code, (latitude, longitude) in POINTS.items()
            if not (south < latitude < north and west < longitude < east)
        ]
        assert outside == []

    def test_every_village_is_near_its_district(self) -> None:
        far = {
            code: kilometres(point, POINTS[code[:8]])
            for code, point in POINTS.items()
            if len(code) == 13
        }
        assert max(km for code, km in far.items() if not code.startswith(ISLANDS)) < 5
        assert max(far.values()) < 18


@pytest.mark.usefixtures("jakarta")
class TestQueries:
    def test_the_directory_is_all_units_with_their_offices(
        self, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(1):
            rows = {row.code: row for row in queries.directory()}
        assert len(rows) == 687
        row = rows["31.74-DUKCAPIL"]
        assert (row.kind, row.function, row.region, row.path) == (
            "branch", "civil_registry", "31.74", "/31/31-DUKCAPIL/31.74-DUKCAPIL/",
        )  # fmt: skip
        assert (row.place, row.floor, row.zone_name) == ("G-31.74", "2", "Asia/Jakarta")
        assert row.address == "Jl. Dahlia No. 54, Kota Administrasi Jakarta Selatan"
        assert row.point == POINTS["31.74"]
        assert {id(row.hours) for row in rows.values()} == {id(row.hours)}
        assert row.hours["4"] == [["07:30", "16:30"]]

    def test_a_unit_without_an_office_is_nowhere(self) -> None:
        Office.objects.filter(unit__code="31.71.01.1001").delete()
        row = next(row for row in queries.directory() if row.code == "31.71.01.1001")
        assert (row.place, row.floor, row.zone_name, row.hours, row.point) == (
            "", "", "Asia/Jakarta", {}, None,
        )  # fmt: skip

    def test_floors_of_a_city_hall_can_be_told_apart(self) -> None:
        floors = {row.code: row.floor for row in queries.directory() if row.place == "G-31.71"}
        assert floors == {"31.71": "3", "31.71-DUKCAPIL": "2", "31.71-PTSP": "1"}
        floors = {row.code: row.floor for row in queries.directory() if row.place == "G-31"}
        assert floors == {"31": "Blok G", "31-DUKCAPIL": "Blok D", "31-PTSP": "Blok H"}

    def test_every_office_begins_with_one_room(self, django_assert_num_queries) -> None:
        with django_assert_num_queries(1):
            rooms = queries.rooms()
        assert Counter(room.capacity for room in rooms) == {20: 534, 30: 132, 60: 21}
        (room,) = queries.rooms(unit="31.71.01.1001-DUKCAPIL")
        assert (room.code, room.place, room.floor, room.name, room.capacity) == (
            "R-31.71.01.1001-DUKCAPIL-1", "G-31.71.01.1001", "1", "Ruang pelayanan", 20,
        )  # fmt: skip
        assert room.path.endswith("/31.71.01.1001-DUKCAPIL/")
        assert len(queries.rooms(place="G-31.71")) == 3

    def test_what_is_not_there_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            queries.place("X-1")


@pytest.mark.django_db
class TestPlaces:
    def test_a_building_is_put_on_record_and_changed(self) -> None:
        unit = factory.unit("31")
        first = {
            "name": "Ruko",
            "address": "Jl. Melati No. 1",
            "latitude": None,
            "longitude": None,
        }
        place = organisation.set_place(
            code="G-9", name=" Ruko ", address="Jl. Melati No. 1", **WHO
        )
        factory.office(unit)
        organisation.move_office(unit=unit, place=place, floor="2", **WHO)
        then = {**first, "address": "Jl. Mawar No. 2", "latitude": 0.0, "longitude": 106.8}
        for _ in range(2):
            organisation.set_place(
                code="G-9", name="Ruko", address="Jl. Mawar No. 2",
                latitude=0.0, longitude=106.8, **WHO,
            )  # fmt: skip
        assert queries.place("G-9").latitude == 0.0
        assert Office.objects.get().address == "Jl. Mawar No. 2"
        assert facts() == [
            ("organisation.place_changed", "place:G-9", {"before": {}, "after": first}),
            ("organisation.office_moved", "unit:31", {"before": "", "after": "G-9 2"}),
            ("organisation.place_changed", "place:G-9", {"before": first, "after": then}),
        ]

    def test_an_address_of_its_own_stays_when_the_building_gets_another(self) -> None:
        place = organisation.set_place(code="G-9", name="Ruko", address="Jl. Melati", **WHO)
        office = factory.office(factory.unit("31"))
        organisation.move_office(unit=office.unit, place=place, floor="2", **WHO)
        Office.objects.update(address="Pintu belakang")
        organisation.set_place(code="G-9", name="Ruko", address="Jl. Mawar", **WHO)
        organisation.move_office(unit=office.unit, place=place, floor="3", **WHO)
        assert Office.objects.get().address == "Pintu belakang"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"code": "g-9"}, {"code": ""}, {"code": "G 9"}, {"code": "G-" + "9" * 39},
            {"name": " "}, {"name": "x" * 121}, {"address": ""}, {"address": "x" * 201},
            {"latitude": 1.0}, {"longitude": 1.0}, {"latitude": 91.0, "longitude": 1.0},
            {"latitude": float("nan"), "longitude": 1.0},
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused(self, wrong: dict[str, Any]) -> None:
        given = {"code": "G-9", "name": "Ruko", "address": "Jl. Melati No. 1", **wrong}
        with pytest.raises(Invalid):
            organisation.set_place(**given, **WHO)

    def test_a_unit_without_an_office_cannot_move(self) -> None:
        unit = factory.unit("31")
        place = organisation.set_place(code="G-9", name="Ruko", address="Jl. Melati", **WHO)
        with pytest.raises(NotFound):
            organisation.move_office(unit=unit, place=place, floor="2", **WHO)
        with pytest.raises(Invalid):
            organisation.move_office(unit=unit, place=place, floor="", **WHO)

    def test_visitors_change_nothing(self) -> None:
        unit = factory.unit("31")
        place = organisation.set_place(code="G-9", name="Ruko", address="Jl. Melati", **WHO)
        room = {"code": "R-9", "unit": unit, "place": place, "name": "Aula", "floor": "1"}
        organisation.set_room(**room, capacity=9, **WHO)
        nobody: dict[str, Any] = {"actor": Actor.visitor(), "at": factory.AT}
        with pytest.raises(NotAllowed):
            organisation.set_place(code="G-9", name="Ruko", address="Jl. Melati", **nobody)
        with pytest.raises(NotAllowed):
            organisation.move_office(unit=unit, place=place, floor="2", **nobody)
        with pytest.raises(NotAllowed):
            organisation.set_room(**room, capacity=8, **nobody)
        with pytest.raises(NotAllowed):
            organisation.remove_room(code="R-9", **nobody)


@pytest.mark.django_db
class TestRooms:
    def room(self, **changes: Any) -> Room:
        unit = queries.units().first() or factory.unit("31")
        place = organisation.set_place(code="G-9", name="Ruko", address="Jl. Melati", **WHO)
        given = {"code": "R-31-2", "name": "Aula", "floor": "Blok G", "capacity": 40, **changes}
        return organisation.set_room(unit=unit, place=place, **given, **WHO)

    def test_a_room_is_added_changed_and_removed(self) -> None:
        room = self.room()
        assert [row.code for row in queries.rooms()] == [room.code]
        self.room()
        self.room(capacity=25)
        organisation.remove_room(code="R-31-2", **WHO)
        assert queries.rooms() == ()
        first = {
            "name": "Aula",
            "unit": "31",
            "place": "G-9",
            "floor": "Blok G",
            "capacity": 40,
        }
        then = {**first, "capacity": 25}
        assert [
            (facts["before"], facts["after"])
            for name, _, facts in facts()
            if name == "organisation.room_changed"
        ] == [({}, first), (first, then), (then, {})]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"code": "r 1"},
            {"name": ""},
            {"floor": "x" * 21},
            {"capacity": 0},
            {"capacity": 10**4},
        ],
    )
    def test_what_cannot_be_is_refused(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(Invalid):
            self.room(**wrong)

    def test_a_room_that_is_not_there_cannot_be_removed(self) -> None:
        with pytest.raises(NotFound):
            organisation.remove_room(code="R-9", **WHO)

    def test_a_room_cannot_be_taken_from_a_unit_of_others(self) -> None:
        theirs = self.room()
        mine = factory.unit("32")
        grants = frozenset({("organisation.manage", "/32/")})
        actor = Actor(ref="account:1", name="Budi", grants=grants)
        with pytest.raises(NotAllowed):
            organisation.set_room(
                code=theirs.code, unit=mine, place=theirs.place, name="Aula", floor="1",
                capacity=9, actor=actor, at=factory.AT,
            )  # fmt: skip
