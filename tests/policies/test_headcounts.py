"""How many are on the staff of a unit, and how many of them the law may keep in the office."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people.models import Position
from loket.policies.queries.findings import headcounts
from tests.conftest import employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def _staffed(kelurahan: Unit, budi: Actor, dewi: Actor, at: datetime) -> None:
    employ("wati", "Wati Lestari", kelurahan, "staff", "Pengadministrasi", at)
    employ("nadia", "Nadia Putri", kelurahan, "personnel", "Analis kepegawaian", at)


@pytest.mark.usefixtures("_staffed")
def test_staff_are_counted_and_without_levels_the_head_is_pinned(kelurahan: Unit, at: datetime):
    assert headcounts(at=at) == {kelurahan.code: (3, 1)}


@pytest.mark.usefixtures("_staffed")
def test_where_levels_are_on_record_structural_posts_are_pinned(kelurahan: Unit, at: datetime):
    Position.objects.filter(account__username__in=["dewi", "wati"]).update(level="IV.a")
    assert headcounts(at=at) == {kelurahan.code: (3, 2)}


@pytest.mark.usefixtures("_staffed")
def test_who_acts_for_somebody_is_not_counted(
    kelurahan: Unit,
    citra: Actor,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
):
    Position.objects.create(
        account_id=int(citra.ref.partition(":")[2]), unit=kelurahan, role="head",
        title="Plt. Kepala", basis="acting", starts_on=date(2026, 1, 1),
    )  # fmt: skip
    with django_assert_num_queries(1):
        assert headcounts(at=at)[kelurahan.code] == (3, 1)
