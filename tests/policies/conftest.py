"""A small part of Jakarta with offices, and people who may make its rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from loket.organisation.models import Place, Room, Unit
from loket.people.models import Account
from loket.policies.models import Edition
from tests.conftest import employ
from tests.factories import organisation


@pytest.fixture(autouse=True)
def _read_in_english() -> Iterator[None]:
    """Read refusals as they are written in the code."""
    with override("en"):
        yield


@pytest.fixture
def offices(kelurahan, elsewhere, at):
    """Open the offices of both kelurahan, in one building each, and put 2026 on record."""
    for unit in (kelurahan, elsewhere):
        place = Place.objects.create(
            code=f"G-{unit.region}", name="Gedung", address="Jl. Melati"
        )
        village = Unit.objects.get(code=unit.region)
        for user in (unit, village):
            office = organisation.office(user)
            office.place, office.floor = place, "1"
            office.save(update_fields=["place", "floor"])
            Room.objects.create(
                code=f"R-{user.code}-1", name="Ruang pelayanan", place=place, unit=user,
                floor="1", capacity=20,
            )  # fmt: skip
    organisation.holidays(2026, 2027)
    return kelurahan


@pytest.fixture
def gita(offices, at):
    """Return the executive who enacts."""
    return employ("gita", "Gita Permata", Unit.objects.get(code="31"), "executive", "Wagub", at)


@pytest.fixture
def eka(offices, at):
    province = Unit.objects.get(code="31")
    return employ("eka", "Eka Wijaya", province, "administrator", "Analis", at)


@pytest.fixture
def dewi(offices, at):
    actor = employ("dewi", "Dewi Anggraini", offices, "head", "Kepala Satpel", at)
    Account.objects.filter(username="dewi").update(email="dewi@pemprov.example")
    return actor


@pytest.fixture
def number():
    """Return what asks for the number of the edition."""
    return lambda: Edition.objects.values_list("number", flat=True).first() or 0
