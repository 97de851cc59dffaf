"""A published service, a calendar, and somewhere to keep files."""

from __future__ import annotations

from datetime import datetime

import pytest

from loket.cases.models import Case, Draft
from loket.catalogue.models import ServiceVersion
from loket.organisation.models import Unit
from tests.factories import cases as factory
from tests.factories import organisation


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
