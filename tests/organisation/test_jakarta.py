"""Jakarta as declared here, against a list of the Ministry's codes that others maintain."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypedDict

import pytest

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotAllowed
from loket.organisation import queries
from loket.organisation import services as organisation
from loket.organisation.models import Office, Place, Room, Unit, UnitName
from loket.organisation.rules.format import parse
from loket.organisation.rules.government import plan
from loket.organisation.rules.places import read_points
from tests.factories import organisation as factory

POINTS = organisation.JAKARTA.with_name("jakarta-coordinates.csv")
PLANNED = plan(
    parse(organisation.JAKARTA.read_text(encoding="utf-8")),
    read_points(POINTS.read_text(encoding="utf-8")),
)
REGIONS = {unit.code: unit for unit in PLANNED if unit.function == "government"}
TODAY = date(2026, 3, 2)


class Who(TypedDict):
    actor: Actor
    at: datetime


def official() -> dict[str, str]:
    """Return code and name of every region of Jakarta in the Ministry's list."""
    package = importlib.util.find_spec("wilayah_indonesia")
    assert package
    assert package.origin
    path = Path(package.origin).parent / "csv" / "base.csv"
    rows = (line.partition(",") for line in path.read_text(encoding="utf-8").splitlines())
    return {code: name for code, _, name in rows if re.match(r"31\b", code)}


def plain(name: str) -> str:
    """Return a name without its title, spaces and capitals: lists differ in those."""
    short = {
        "KOTA ADM.": "Kota Administrasi",
        "KAB. ADM. KEP.": "Kabupaten Administrasi Kepulauan",
        "DKI ": "Daerah Khusus Ibukota ",
    }
    for written, meant in short.items():
        name = name.replace(written, meant)
    return name.replace(" ", "").lower()


def test_every_region_is_the_ministrys() -> None:
    theirs = {code: plain(name) for code, name in official().items()}
    ours = {code: plain(unit.name_on(TODAY)) for code, unit in REGIONS.items()}
    assert ours == theirs
    assert len(ours) == 318


def test_there_are_as_many_units_as_the_law_has() -> None:
    assert Counter(unit.kind for unit in REGIONS.values()) == {
        "province": 1, "city": 5, "regency": 1, "district": 44, "village": 267,
    }  # fmt: skip
    assert Counter(
        (unit.function, unit.kind) for unit in PLANNED if unit.function != "government"
    ) == {
        ("civil_registry", "agency"): 1,
        ("civil_registry", "branch"): 6,
        ("civil_registry", "sector"): 44,
        ("civil_registry", "service_point"): 267,
        ("licensing", "agency"): 1,
        ("licensing", "branch"): 6,
        ("licensing", "sector"): 44,
    }


def test_cities_are_in_the_ministrys_order_not_that_of_the_statistics_office() -> None:
    assert {
        code: REGIONS[code].name_on(TODAY) for code in sorted(REGIONS) if len(code) == 5
    } == {
        "31.01": "Kabupaten Administrasi Kepulauan Seribu",
        "31.71": "Kota Administrasi Jakarta Pusat",
        "31.72": "Kota Administrasi Jakarta Utara",
        "31.73": "Kota Administrasi Jakarta Barat",
        "31.74": "Kota Administrasi Jakarta Selatan",
        "31.75": "Kota Administrasi Jakarta Timur",
    }


def test_the_name_that_is_decided_but_not_in_force_is_not_used() -> None:
    province = parse(organisation.JAKARTA.read_text(encoding="utf-8")).province
    assert [name.name for name in province.pending] == ["Daerah Khusus Jakarta"]
    assert REGIONS["31"].name_on(date(2099, 1, 1)) == "Daerah Khusus Ibukota Jakarta"


def test_nothing_exceeds_its_column() -> None:
    for unit in PLANNED:
        assert len(unit.code) <= 40
        assert len(unit.path) <= 200
        assert max(len(name.name) for name in unit.names) <= 120
        assert max(len(name.source) for name in unit.names) <= 200
        assert unit.office
        assert len(unit.office.floor) <= 20
        assert len(unit.office.room.code) <= 60
        place = unit.office.place
        assert (len(place.code) <= 40, len(place.name) <= 120) == (True, True)
        assert len(place.address) <= 200


def test_loading_puts_every_unit_on_record(jakarta: None) -> None:
    assert Unit.objects.count() == 687
    assert Office.objects.exclude(place=None).count() == 687
    assert (Place.objects.count(), Room.objects.count()) == (318, 687)
    point = queries.unit("31.74.04.1003-DUKCAPIL")
    assert point.path == (
        "/31/31-DUKCAPIL/31.74-DUKCAPIL/31.74.04-DUKCAPIL/31.74.04.1003-DUKCAPIL/"
    )
    assert point.name == "Satuan Pelaksana Dukcapil Kelurahan Cilandak Timur"
    assert point.parent == queries.unit("31.74.04-DUKCAPIL")
    assert point.region == "31.74.04.1003"
    entry = Entry.objects.get()
    assert (entry.name, entry.subject, entry.facts) == (
        "organisation.units_loaded",
        "unit:31",
        {"file": "jakarta.yaml", "created": 687, "changed": []},
    )


def test_loading_twice_changes_and_announces_nothing(jakarta: None) -> None:
    before = list(Unit.objects.order_by("pk").values())
    names = list(UnitName.objects.order_by("pk").values())
    assert factory.government() == organisation.Loaded(created=0, changed=())
    assert list(Unit.objects.order_by("pk").values()) == before
    assert list(UnitName.objects.order_by("pk").values()) == names
    assert Entry.objects.count() == 1


def test_loading_leaves_what_operators_changed(jakarta: None) -> None:
    unit, hours = queries.unit("31.71.01.1001-DUKCAPIL"), {"0": [["08:00", "12:00"]]}
    who: Who = {"actor": factory.system(), "at": factory.AT}
    organisation.set_hours(unit=unit, hours=hours, **who)
    place = organisation.set_place(code="G-9", name="Ruko", address="Jl. Mawar 1", **who)
    organisation.set_place(code="G-31", name="Balai Kota", address="Jl. Mawar 2", **who)
    organisation.move_office(unit=unit, place=place, floor="4", **who)
    organisation.remove_room(code="R-31.71.01.1001-DUKCAPIL-1", **who)
    assert factory.government() == organisation.Loaded(created=0, changed=())
    office = Office.objects.get(unit=unit)
    assert (office.hours, office.place, office.floor) == (hours, place, "4")
    assert queries.rooms(unit=unit.code) == ()
    assert queries.place("G-31").name == "Balai Kota"


def test_offices_without_a_building_are_housed_once(jakarta: None) -> None:
    units = ["31.71", "31.71-PTSP"]
    Office.objects.filter(unit__code="31.71").delete()
    Office.objects.filter(unit__code="31.71-PTSP").update(place=None, address="Jl. Mawar 3")
    Room.objects.filter(unit__code__in=units).delete()
    Place.objects.filter(code="G-31.71.01.1001").update(name="Ruko")
    loaded = factory.government()
    assert loaded == organisation.Loaded(created=0, changed=tuple(units))
    office = Office.objects.get(unit__code="31.71-PTSP")
    assert (str(office.place), office.floor, office.address) == (
        "G-31.71 Kantor Wali Kota Administrasi Jakarta Pusat", "1", "Jl. Mawar 3",
    )  # fmt: skip
    assert [room.code for unit in units for room in queries.rooms(unit=unit)] == [
        "R-31.71-1", "R-31.71-PTSP-1",
    ]  # fmt: skip
    assert factory.government() == organisation.Loaded(created=0, changed=())


def rename(tmp_path: Path) -> Path:
    """Return Jakarta's file with the pending name put in force, and a village dissolved."""
    text = organisation.JAKARTA.read_text(encoding="utf-8")
    head, _pending, tail = text.partition("  # Decided but not in force")
    law = "UU 2/2024"
    name = f"    - {{name: Daerah Khusus Jakarta, from: 2027-08-17, source: {law}}}\n"
    tail = tail.partition("cities:\n")[2].replace(
        "1001: Gambir,", "1001: {name: Gambir, to: 2027-01-01},", 1
    )
    shutil.copy(POINTS, tmp_path)
    path = tmp_path / "renamed.yaml"
    path.write_text(f"{head}{name}cities:\n{tail}", encoding="utf-8")
    return path


def test_a_renamed_province_keeps_its_code_and_its_history(
    jakarta: None, tmp_path: Path
) -> None:
    path, after = rename(tmp_path), datetime(2027, 8, 16, 18, 0, tzinfo=UTC)
    loaded = organisation.load_government(data=path, actor=factory.system(), at=after)
    assert loaded.created == 0
    assert loaded.changed == ("31", "31.71.01.1001", "31.71.01.1001-DUKCAPIL")
    assert queries.region_name("31") == "Daerah Khusus Jakarta"
    assert queries.region_name("31", on=date(2027, 8, 16)) == "Daerah Khusus Ibukota Jakarta"
    assert queries.region_name("31", on=date(2027, 8, 17)) == "Daerah Khusus Jakarta"
    assert not queries.is_region("31.71.01.1001", kind="village")
    assert queries.is_region("31.71.01.1001", kind="village", on=date(2026, 12, 31))


def test_a_name_that_begins_later_is_on_record_but_not_used_yet(
    jakarta: None, tmp_path: Path
) -> None:
    organisation.load_government(data=rename(tmp_path), actor=factory.system(), at=factory.AT)
    assert queries.region_name("31") == "Daerah Khusus Ibukota Jakarta"
    assert queries.region_name("31", on=date(2028, 1, 1)) == "Daerah Khusus Jakarta"


def test_a_unit_in_another_place_of_the_tree_is_refused(db: None) -> None:
    factory.unit("31.71")
    with pytest.raises(Conflict):
        factory.government()
    assert Unit.objects.count() == 1


def test_loading_is_not_for_visitors(db: None) -> None:
    with pytest.raises(NotAllowed):
        organisation.load_government(
            data=organisation.JAKARTA, actor=Actor.visitor(), at=factory.AT
        )
