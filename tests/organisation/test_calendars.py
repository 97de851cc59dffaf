from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils.translation import override

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid, NotAllowed, NotFound
from loket.organisation import queries
from loket.organisation import services as organisation
from loket.organisation.models import CalendarDay, Unit
from loket.organisation.rules.calendar import CalendarMissing
from loket.organisation.services import DecreedDay
from tests.factories import organisation as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Unit:
    return factory.unit("31", kind="province")


@pytest.fixture
def city(province: Unit) -> Unit:
    return factory.unit("31.71", parent=province, kind="city")


def joint_leave(year: int) -> list[str]:
    days = CalendarDay.objects.filter(kind="joint_leave", on__year=year).order_by("on")
    return [f"{day.on:%m-%d} {day.name}" for day in days]


def test_2020_is_the_decree_as_last_revised(holidays: None) -> None:
    assert joint_leave(2020) == [
        "08-21 Cuti Bersama Tahun Baru Islam",
        "10-28 Cuti Bersama Maulid Nabi Muhammad",
        "10-30 Cuti Bersama Maulid Nabi Muhammad",
        "12-24 Cuti Bersama Hari Raya Natal",
        "12-31 Pengganti Cuti Bersama Hari Raya Idul Fitri",
    ]
    assert not queries.calendar(None, [2020]).is_working_day(date(2020, 12, 31))
    assert queries.calendar(None, [2020]).is_working_day(date(2020, 5, 22))


def test_nobody_works_between_nyepi_and_idul_fitri(holidays: None) -> None:
    calendar = queries.calendar(None, [2026])
    week = [date(2026, 3, day) for day in range(17, 26)]
    with override("id"):
        assert [calendar.why_closed(day) for day in week] == [
            "",
            "Cuti Bersama Hari Suci Nyepi",
            "Hari Suci Nyepi",
            "Cuti Bersama Hari Raya Idul Fitri",
            "Hari Raya Idul Fitri",
            "Hari kedua dari Hari Raya Idul Fitri",
            "Cuti Bersama Hari Raya Idul Fitri",
            "Cuti Bersama Hari Raya Idul Fitri",
            "",
        ]


def test_calendars_cost_one_query(
    city: Unit, holidays: None, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        calendar = queries.calendar(city, [2026, 2027])
        assert calendar.is_working_day(date(2027, 1, 4))
    assert calendar.covered_years == {2026, 2027}


def test_importing_twice_changes_and_announces_nothing() -> None:
    done = organisation.Imported(years=(2026, 2027), left_alone=())
    assert factory.holidays() == done
    rows = list(CalendarDay.objects.order_by("pk").values())
    assert factory.holidays() == done
    assert list(CalendarDay.objects.order_by("pk").values()) == rows
    names = Entry.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["organisation.holidays_imported", "calendar.took_effect"]
    entry = Entry.objects.earliest("pk")
    assert entry.subject == "calendar:ID"
    assert len(entry.facts["added"]) == len(rows)


def test_a_year_without_joint_leave_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(CalendarMissing) as refused:
        factory.holidays(2027, 2028)
    assert refused.value.year == 2028
    assert CalendarDay.objects.count() == 0


def test_years_not_on_record_cannot_be_counted(holidays: None) -> None:
    with pytest.raises(CalendarMissing):
        queries.calendar(None, [2028]).is_working_day(date(2028, 1, 3))


def test_a_decree_entered_by_hand_is_left_alone(system: Actor, at: datetime) -> None:
    factory.holidays(2027)
    decree = [
        DecreedDay(date(2027, 1, 1), "public_holiday", "Tahun Baru Masehi"),
        DecreedDay(date(2027, 3, 11), "joint_leave", "Cuti Bersama Idul Fitri"),
    ]
    organisation.set_year(year=2027, days=decree, source="SKB 1/2026", actor=system, at=at)
    assert CalendarDay.objects.count() == 2
    assert factory.holidays(2026, 2027) == organisation.Imported(
        years=(2026,), left_alone=(2027,)
    )
    assert CalendarDay.objects.filter(on__year=2027).count() == 2


@pytest.mark.parametrize(
    "days",
    [
        [DecreedDay(date(2027, 1, 1), "joint_leave", "Cuti Bersama")],
        [DecreedDay(date(2028, 1, 1), "working_day", "Masuk")],
        [
            DecreedDay(date(2028, 1, 1), "joint_leave", "Cuti Bersama"),
            DecreedDay(date(2028, 1, 1), "joint_leave", "Cuti Bersama Natal"),
        ],
        [DecreedDay(date(2028, 1, 1), "public_holiday", "Tahun Baru Masehi")],
    ],
)
def test_a_decree_that_makes_no_sense_is_refused(
    days: list[DecreedDay], system: Actor, at: datetime
) -> None:
    with pytest.raises(Invalid):
        organisation.set_year(year=2028, days=days, source="SKB", actor=system, at=at)
    assert CalendarDay.objects.count() == 0


def set_day(on: date, kind: str, unit: Unit | None = None, name: str = "Putusan") -> None:
    organisation.set_day(
        on=on, kind=kind, name=name, source="SK 1", unit=unit,
        actor=factory.system(), at=factory.AT,
    )  # fmt: skip


def test_a_local_holiday_holds_for_the_unit_and_all_below_it(
    province: Unit, city: Unit, holidays: None
) -> None:
    other = factory.unit("32", kind="province")
    day = date(2026, 6, 22)
    set_day(day, "local_holiday", province, "Hari Jadi Kota Jakarta")
    for unit, works in ((province, False), (city, False), (other, True), (None, True)):
        assert queries.calendar(unit, [2026]).is_working_day(day) is works
    assert queries.calendar(city, [2026]).why_closed(day) == "Hari Jadi Kota Jakarta"


def test_the_nearest_decision_holds(province: Unit, city: Unit, holidays: None) -> None:
    leave = date(2026, 12, 24)
    set_day(leave, "working_day", province, "Pelayanan tetap buka")
    assert queries.calendar(city, [2026]).is_working_day(leave)
    set_day(leave, "local_holiday", city, "Tutup")
    assert not queries.calendar(city, [2026]).is_working_day(leave)
    assert queries.calendar(province, [2026]).is_working_day(leave)


def test_a_working_day_of_the_nation_goes_before_its_joint_leave(holidays: None) -> None:
    leave = date(2026, 12, 24)
    set_day(leave, "working_day")
    factory.holidays(2026)
    calendar = queries.calendar(None, [2026])
    assert calendar.is_working_day(leave)
    assert calendar.covered_years == {2026}


def test_what_is_set_last_holds(city: Unit, holidays: None) -> None:
    day = date(2026, 3, 3)
    set_day(day, "working_day", city)
    set_day(day, "local_holiday", city, "Banjir")
    assert queries.calendar(city, [2026]).why_closed(day) == "Banjir"
    set_day(day, "local_holiday", city, "Kabut asap")
    assert queries.calendar(city, [2026]).why_closed(day) == "Kabut asap"
    entries = Entry.objects.filter(name="organisation.calendar_changed").order_by("id")
    assert [(e.subject, e.facts["before"], e.facts["after"]) for e in entries] == [
        ("unit:31.71", "", "working_day Putusan"),
        ("unit:31.71", "working_day Putusan", "local_holiday Banjir"),
        ("unit:31.71", "local_holiday Banjir", "local_holiday Kabut asap"),
    ]


def test_a_day_can_be_cleared(city: Unit, holidays: None) -> None:
    day = date(2026, 3, 3)
    set_day(day, "local_holiday", city)
    clear = {"on": day, "source": "SK 2", "actor": factory.system(), "at": factory.AT}
    organisation.clear_day(unit=city, **clear)
    assert queries.calendar(city, [2026]).is_working_day(day)
    with pytest.raises(NotFound):
        organisation.clear_day(unit=city, **clear)


def test_holidays_of_the_decree_cannot_be_cleared_by_hand(holidays: None) -> None:
    with pytest.raises(NotFound):
        organisation.clear_day(
            on=date(2026, 12, 25), source="SK", actor=factory.system(), at=factory.AT
        )


def test_one_day_of_joint_leave_does_not_make_a_year(holidays: None) -> None:
    with pytest.raises(CalendarMissing):
        set_day(date(2028, 1, 31), "joint_leave")
    set_day(date(2027, 1, 4), "joint_leave")
    assert not queries.calendar(None, [2027]).is_working_day(date(2027, 1, 4))


@pytest.mark.parametrize("wrong", [{"kind": "x"}, {"name": " "}, {"source": ""}])
def test_days_need_a_kind_a_name_and_a_source(wrong: dict[str, str]) -> None:
    given = {"kind": "local_holiday", "name": "Banjir", "source": "SK 1"} | wrong
    with pytest.raises(Invalid):
        organisation.set_day(
            on=date(2026, 3, 3), actor=factory.system(), at=factory.AT, **given
        )


def test_calendars_are_changed_only_where_one_may(province: Unit, city: Unit) -> None:
    local = Actor("account:1", "Dewi", frozenset({("organisation.manage", city.path)}))
    day = {"on": date(2026, 3, 3), "kind": "local_holiday", "name": "Banjir", "source": "SK 1"}
    organisation.set_day(**day, unit=city, actor=local, at=factory.AT)
    for unit in (province, None):
        with pytest.raises(NotAllowed):
            organisation.set_day(**day, unit=unit, actor=local, at=factory.AT)
    with pytest.raises(NotAllowed):
        organisation.import_holidays(years=[2026], actor=local, at=factory.AT)


def test_units_that_decided_nothing_share_the_nations_calendar(
    holidays: None, province: Unit, city: Unit, django_assert_num_queries
) -> None:
    other = factory.unit("31.72", parent=province, kind="city")
    district = factory.unit("31.71.01", parent=city, kind="district")
    who: dict[str, Any] = {"source": "SE 1/2026", "actor": factory.system(), "at": factory.AT}
    flood = date(2026, 11, 24)
    organisation.set_day(on=flood, kind="local_holiday", name="Banjir", unit=city, **who)
    with django_assert_num_queries(1):
        calendars = queries.calendars([2025, 2026])
        assert calendars.of(other.path) is calendars.national
        assert calendars.of(province.path) is calendars.national
        assert calendars.of(district.path) is calendars.of(city.path)
    assert calendars.national == queries.calendar(None, [2025, 2026])
    assert calendars.of(district.path) == queries.calendar(district, [2025, 2026])
    assert not calendars.of(district.path).is_working_day(flood)
    assert calendars.national.is_working_day(flood)


def test_calendars_of_a_unit_follow_each_that_decided(
    holidays: None, province: Unit, city: Unit
) -> None:
    who: dict[str, Any] = {"source": "SE 1/2026", "actor": factory.system(), "at": factory.AT}
    day = date(2026, 11, 24)
    organisation.set_day(on=day, kind="local_holiday", name="Pilkada", unit=province, **who)
    organisation.set_day(on=day, kind="working_day", name="Piket", unit=city, **who)
    calendars = queries.calendars([2026])
    assert not calendars.of(province.path).is_working_day(day)
    assert calendars.of(city.path).is_working_day(day)
    assert calendars.of("") is calendars.national
