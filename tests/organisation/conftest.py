from __future__ import annotations

import pytest
from hypothesis import settings

from tests.factories import organisation as factory

# A busy machine makes single examples slow; that says nothing about the rules.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def jakarta(db: None) -> None:
    """Load all of Jakarta."""
    factory.government()


@pytest.fixture
def holidays(db: None) -> None:
    """Put 2020 to 2027 on record."""
    factory.holidays(*range(2020, 2028))
