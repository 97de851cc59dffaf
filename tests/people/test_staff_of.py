"""Who is on the staff of a unit."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account, Employment, Position

DAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def hold(who: Actor, unit: Unit, role: str, **more: object) -> Position:
    values = {"title": role, "starts_on": date(2021, 1, 1), **more}
    return Position.objects.create(
        account=people.account_of(who), unit=unit, role=role, **values
    )


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


def test_standing_in_elsewhere_moves_nobody(kelurahan: Unit, elsewhere: Unit, budi: Actor):
    hold(budi, elsewhere, "head", basis="acting")
    assert people.home_paths(people.account_of(budi), on=DAY) == [kelurahan.path]
