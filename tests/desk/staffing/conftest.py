from __future__ import annotations

from datetime import date, datetime

import pytest

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from tests.conftest import employ


@pytest.fixture
def nadia(kelurahan: Unit, elsewhere: Unit, at: datetime) -> Actor:
    """Return the personnel of South Jakarta's registry."""
    unit = Unit.objects.get(code="31.74-DUKCAPIL")
    return employ("nadia", "Nadia Putri", unit, "personnel", "Analis kepegawaian", at)


@pytest.fixture
def nadias(nadia, at_work):
    return at_work(nadia)


def day(name: str, on: date) -> dict[str, str]:
    """Return a day as it is typed into its three inputs."""
    return {f"{name}.day": on.day, f"{name}.month": on.month, f"{name}.year": on.year}
