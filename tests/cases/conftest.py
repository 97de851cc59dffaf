"""A published service, a calendar, and somewhere to keep files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from loket.cases.models import Case, Draft
from loket.catalogue.models import ServiceVersion
from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.policies.models import Circular
from tests.conftest import employ
from tests.factories import cases as factory
from tests.factories import organisation
from tests.factories import policies as law


@pytest.fixture
def version(kelurahan: Unit, elsewhere: Unit, at: datetime) -> ServiceVersion:
    organisation.holidays(2026, 2027)
    return factory.publish(at=at)


@pytest.fixture
def draft(version, ayu, at) -> Draft:
    return factory.draft(ayu, at=at)


@pytest.fixture
def case(version, ayu, at) -> Case:
    return factory.case(ayu, at=at)


STOPPED = {"kind": "clock", "suspended": True, "article": "4"}
THREE_DAYS = {"from": date(2026, 3, 4), "through": date(2026, 3, 6)}


@pytest.fixture
def gita(kelurahan: Unit, at: datetime) -> Actor:
    """Return the executive, who enacts."""
    return employ("gita", "Gita Permata", Unit.objects.get(code="31"), "executive", "Wagub", at)


@pytest.fixture
def enact(eka, gita, at) -> Callable[..., Circular]:
    """Return what makes a circular law; it stops clocks from Wednesday to Friday."""

    def do(*provisions, number="02/SE/2026", effective=THREE_DAYS, **changes):
        written = law.written(
            *(provisions or (STOPPED,)), number=number, effective=effective, **changes
        )
        return law.enact(written, author=eka, actor=gita, at=at)

    return do
