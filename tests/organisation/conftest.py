from __future__ import annotations

import pytest

from tests.factories import organisation as factory


@pytest.fixture
def jakarta(db: None) -> None:
    """Load all of Jakarta."""
    factory.government()


@pytest.fixture
def holidays(db: None) -> None:
    """Put 2020 to 2027 on record."""
    factory.holidays(*range(2020, 2028))
