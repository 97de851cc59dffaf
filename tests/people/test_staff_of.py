"""Who is on the staff of a unit, and who answers for whom."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account, Employment, Position
from tests.conftest import employ

DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def hold(who: Actor, unit: Unit, role: str, **more: object) -> Position:
    values = {"title": role, "starts_on": date(2021, 1, 1), **more}
    return Position.objects.create(
        account=people.account_of(who), unit=unit, role=role, **values
    )


def names(found: list[Account]) -> list[str]:
    return [account.full_name for account in found]


def test_staff_are_those_with_a_definitive_post_in_exactly_the_unit(
    kelurahan: Unit, budi: Actor, dewi: Actor, citra: Actor, eka: Actor
):
    hold(citra, kelurahan, "officer", basis="acting")
    hold(eka, kelurahan, "personnel")
    assert [row.name for row in people.staff_of(kelurahan.code, on=DAY)] == [
        "Budi Santoso",
        "Dewi Anggraini",
    ]


def test_staff_are_listed_once_by_their_highest_post(kelurahan: Unit, dewi: Actor):
    hold(dewi, kelurahan, "staff", level="IV.a", title="Kepala Seksi")
    account = people.account_of(dewi)
    Employment.objects.create(account=account, kind="pjlp", born_on=date(1970, 5, 4))
    assert people.staff_of([kelurahan.code], on=DAY) == [
        people.Member(
            account_id=account.pk,
            name="Dewi Anggraini",
            unit=kelurahan.code,
            path=kelurahan.path,
            role="staff",
            title="Kepala Seksi",
            level="IV.a",
            born_on=date(1970, 5, 4),
        )
    ]


def test_staff_leave_out_the_inactive_and_who_left(kelurahan: Unit, budi: Actor, dewi: Actor):
    Account.objects.filter(username="budi").update(is_active=False)
    Position.objects.filter(account__username="dewi").update(ends_on=DAY)
    assert people.staff_of(kelurahan.code, on=DAY) == []


def test_staff_of_all_units_takes_one_query(
    budi: Actor, citra: Actor, django_assert_num_queries: DjangoAssertNumQueries
):
    with django_assert_num_queries(1):
        assert len(people.staff_of(None, on=DAY)) == 2


def test_superior_of_an_officer_is_the_head_of_the_unit(budi: Actor, dewi: Actor):
    assert names(people.superiors(people.account_of(budi), on=DAY)) == ["Dewi Anggraini"]


def test_who_stands_in_comes_before_who_acts_and_the_holder(
    kelurahan: Unit, budi: Actor, dewi: Actor, citra: Actor, eka: Actor
):
    hold(citra, kelurahan, "head", basis="acting")
    hold(eka, kelurahan, "head", basis="delegated", ends_on=date(2026, 4, 1))
    found = people.superiors(people.account_of(budi), on=DAY)
    assert names(found) == ["Eka Wijaya", "Citra Dewanti", "Dewi Anggraini"]


def test_superior_of_a_head_is_the_nearest_head_above(
    kelurahan: Unit, dewi: Actor, at: datetime
):
    top = Unit.objects.get(code="31-DUKCAPIL")
    employ("fajar", "Fajar Hidayat", top, "head", "Kepala Dinas", at)
    assert names(people.superiors(people.account_of(dewi), on=DAY)) == ["Fajar Hidayat"]


def test_nobody_is_their_own_superior(dewi: Actor):
    assert people.superiors(people.account_of(dewi), on=DAY) == []


def test_standing_in_elsewhere_moves_nobody(kelurahan: Unit, elsewhere: Unit, budi: Actor):
    hold(budi, elsewhere, "head", basis="acting")
    assert people.home_paths(people.account_of(budi), on=DAY) == [kelurahan.path]
