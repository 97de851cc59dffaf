from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.factories import rosters as factory

from .zoom_office import ACCOUNT, CLIENT, SECRET, ZoomOffice


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def room(kelurahan):
    return factory.office(kelurahan)


@pytest.fixture
def head(kelurahan):
    return factory.head(kelurahan)


@pytest.fixture
def dewi(head, at):
    return factory.actor(head, at=at)


@pytest.fixture
def team(kelurahan):
    return factory.staff(kelurahan, 3)


@pytest.fixture
def zoom(settings) -> Iterator[ZoomOffice]:
    """Run a Zoom of our own, and point the settings to it."""
    office = ZoomOffice()
    settings.ZOOM_ACCOUNT_ID, settings.ZOOM_CLIENT_ID = ACCOUNT, CLIENT
    settings.ZOOM_CLIENT_SECRET = SECRET
    settings.ZOOM_URL = f"{office.address}/v2"
    settings.ZOOM_SIGN_IN = f"{office.address}/oauth/token"
    yield office
    office.close()
