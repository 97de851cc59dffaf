"""A published service, and browsers: one signed in as Ayu, one of a visitor.

The pages read the real clock, so the calendars are of the years around it.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from loket.catalogue.models import ServiceVersion
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people
from tests.factories import cases as factory
from tests.factories import organisation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def at() -> datetime:
    """Return this moment: what the pages do happens now."""
    return clock.now()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def version(kelurahan: Unit, elsewhere: Unit, at: datetime) -> ServiceVersion:
    organisation.leave_around(at)
    return factory.publish(at=at)


def signed_in(actor: Actor) -> Client:
    browser = Client()
    browser.force_login(people.account_of(actor), backend=BACKEND)
    return browser


@pytest.fixture
def visitor(db: None) -> Client:
    return Client()


@pytest.fixture
def ayus(version: ServiceVersion, ayu: Actor) -> Client:
    """Return Ayu's browser."""
    return signed_in(ayu)
