from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from loket.kernel.errors import NotFound
from loket.organisation import queries
from tests.factories import organisation as factory

pytestmark = pytest.mark.usefixtures("jakarta")


def test_units_are_found_by_kind_and_function(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = [u.office.address != "" for u in queries.units(function="licensing")]
    assert found == [True] * 51
    codes = [u.code for u in queries.units(kind="branch", function="civil_registry")]
    assert codes == [f"31.{n}-DUKCAPIL" for n in ("01", "71", "72", "73", "74", "75")]


def test_units_of_a_day_before_they_began_are_none() -> None:
    assert queries.units(on=date(1990, 1, 1)).count() == 0


def test_children_are_regions_and_agencies() -> None:
    assert [unit.code for unit in queries.children("31")] == [
        "31-DUKCAPIL", "31-PTSP", "31.01", "31.71", "31.72", "31.73", "31.74", "31.75",
    ]  # fmt: skip


def test_regions_are_offered_by_name() -> None:
    assert [unit.name for unit in queries.regions("31.71.01")] == [
        "Cideng", "Duri Pulo", "Gambir", "Kebon Kelapa", "Petojo Selatan", "Petojo Utara",
    ]  # fmt: skip
    assert [unit.code for unit in queries.regions()] == ["31"]


def test_region_names_follow_the_day() -> None:
    assert queries.region_name("31.74") == "Kota Administrasi Jakarta Selatan"
    assert queries.region_name("31.74", on=date(2005, 1, 1)) == "Kotamadya Jakarta Selatan"
    assert queries.region_name("31.74", on=date(1990, 1, 1)) == (
        "Kota Administrasi Jakarta Selatan"
    )


@pytest.mark.parametrize("code", ["31.99", "31.71-DUKCAPIL", "", "x"])
def test_region_names_of_what_is_no_region_are_refused(code: str) -> None:
    with pytest.raises(NotFound):
        queries.region_name(code)


@pytest.mark.parametrize(
    ("code", "kind", "expected"),
    [
        ("31.71.01.1001", "village", True),
        ("31.71.01.1001", None, True),
        ("31.71.01", "village", False),
        ("31.71.01.1009", "village", False),
        ("31.71.01.1001-DUKCAPIL", None, False),
    ],
)
def test_is_region_knows_kinds(code: str, kind: str | None, expected: bool) -> None:
    assert queries.is_region(code, kind=kind) is expected


@pytest.mark.parametrize(
    ("region", "function", "level", "code"),
    [
        ("31.74.04.1003", "civil_registry", "village", "31.74.04.1003-DUKCAPIL"),
        ("31.74.04.1003", "civil_registry", "district", "31.74.04-DUKCAPIL"),
        ("31.74.04.1003", "civil_registry", "city", "31.74-DUKCAPIL"),
        ("31.74.04.1003", "civil_registry", "province", "31-DUKCAPIL"),
        ("31.74.04.1003", "licensing", "village", "31.74.04-PTSP"),
        ("31.74.04", "civil_registry", "village", "31.74.04-DUKCAPIL"),
    ],
)
def test_serving_climbs_to_the_nearest_unit(
    region: str, function: str, level: str, code: str, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        unit = queries.serving(region=region, function=function, level=level)
        assert (unit.code, str(queries.zone(unit))) == (code, "Asia/Jakarta")


def test_serving_outside_jakarta_is_refused() -> None:
    with override("id"), pytest.raises(NotFound) as refused:
        queries.serving(region="32.73.01.1001", function="civil_registry", level="village")
    assert str(refused.value) == (
        "Belum ada kantor yang melayani wilayah ini. Pilih alamat lain atau tanyakan kepada "
        "kelurahan Anda."
    )


def test_zone_is_the_offices_or_the_installations() -> None:
    assert queries.zone(None) == ZoneInfo("Asia/Jakarta")
    assert queries.zone(queries.unit("31")) == ZoneInfo("Asia/Jakarta")
    east = factory.unit("91")
    factory.office(east, time_zone="Asia/Jayapura")
    assert queries.zone(queries.unit("91")) == ZoneInfo("Asia/Jayapura")


def test_today_is_the_offices_day() -> None:
    at = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    east = factory.unit("91")
    factory.office(east, time_zone="Asia/Jayapura")
    assert queries.today(None, at=at) == date(2026, 3, 2)
    assert queries.today(queries.unit("91"), at=at) == date(2026, 3, 3)
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert queries.today(None, at=late) == date(2026, 3, 3)


def test_units_that_never_were_are_refused() -> None:
    with pytest.raises(NotFound):
        queries.unit("99")
