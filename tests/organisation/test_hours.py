from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid, NotAllowed, NotFound
from loket.organisation import queries
from loket.organisation import services as organisation
from loket.organisation.rules import hours as rules
from tests.factories import organisation as factory

WEEK = {str(day): [["07:30", "16:00"]] for day in range(4)} | {"4": [["07:30", "16:30"]]}


def test_hours_are_put_in_order_without_closed_days() -> None:
    assert rules.check({"4": [["08:00", "12:00"]], "0": [["08:00", "12:00"]], "6": []}) == {
        "0": [["08:00", "12:00"]],
        "4": [["08:00", "12:00"]],
    }


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ({"7": [["08:00", "12:00"]]}, "Tidak ada hari “7” dalam seminggu."),
        (
            {"0": [["08:00"]]},
            "Tulis jam buka hari Senin berpasangan, misalnya 07:30 dan 16:00.",
        ),
        (
            {"0": [["8:00", "12:00"]]},
            "Tulis jam buka hari Senin berpasangan, misalnya 07:30 dan 16:00.",
        ),
        (
            {"0": [["08:00", "12:00"], ["11:00", "15:00"]]},
            "Pada hari Senin setiap jam harus lebih lambat daripada jam sebelumnya.",
        ),
    ],
)
def test_hours_that_cannot_be_are_refused(hours: dict[str, Any], sentence: str) -> None:
    with override("id"), pytest.raises(Invalid) as refused:
        rules.check(hours)
    assert str(refused.value) == sentence


def test_hours_are_read_with_equal_days_together() -> None:
    with override("id"):
        assert rules.lines(WEEK | {"6": [["08:00", "10:00"], ["11:00", "12:00"]]}) == [
            ("Senin–Kamis", "07.30–16.00"),
            ("Jumat", "07.30–16.30"),
            ("Minggu", "08.00–10.00, 11.00–12.00"),
        ]


@pytest.mark.django_db
def test_hours_of_an_office_can_be_changed_and_are_announced(system: Actor, at: Any) -> None:
    unit = factory.unit("31.71.01.1001")
    factory.office(unit)
    organisation.set_hours(unit=unit, hours=WEEK, actor=system, at=at)
    assert queries.unit(unit.code).office.hours == WEEK
    entry = Entry.objects.get(subject="unit:31.71.01.1001")
    assert (entry.name, entry.facts["after"]) == ("organisation.office_changed", WEEK)


@pytest.mark.django_db
def test_hours_that_stay_the_same_are_not_announced(system: Actor, at: Any) -> None:
    unit = factory.unit("31.71.01.1001")
    office = factory.office(unit)
    organisation.set_hours(unit=unit, hours=office.hours, actor=system, at=at)
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_hours_of_a_unit_without_office_are_refused(system: Actor, at: Any) -> None:
    with pytest.raises(NotFound):
        organisation.set_hours(
            unit=factory.unit("31.71.01.1001"), hours=WEEK, actor=system, at=at
        )


@pytest.mark.django_db
def test_hours_may_not_be_changed_by_a_visitor(at: Any) -> None:
    unit = factory.unit("31.71.01.1001")
    factory.office(unit)
    with pytest.raises(NotAllowed):
        organisation.set_hours(unit=unit, hours=WEEK, actor=Actor.visitor(), at=at)
