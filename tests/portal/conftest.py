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
from loket.organisation.models import Place, Unit
from loket.people import queries as people
from loket.policies.models import Circular
from tests.factories import cases as factory
from tests.factories import organisation, policies

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


@pytest.fixture
def town(kelurahan: Unit, elsewhere: Unit, at: datetime) -> Unit:
    """Open an office for every unit: 14 of them, in one building for each region."""
    regions = sorted(Unit.objects.values_list("region", flat=True).distinct())
    for number, region in enumerate(regions):
        place = Place.objects.create(
            code=f"G-{region}", name=f"Gedung {region}", address="Jl. Melati No. 1",
            latitude=-6.2 - number / 100, longitude=106.8 + number / 100,
        )  # fmt: skip
        for unit in Unit.objects.filter(region=region):
            office = organisation.office(unit)
            office.place, office.floor = place, "1"
            office.save(update_fields=["place", "floor"])
    organisation.holidays(2026, 2027)
    organisation.leave_around(at)
    return kelurahan


@pytest.fixture
def march(town: Unit, at: datetime) -> Circular:
    """Enact that the counters of the civil registry are online only, 9 to 20 March 2026."""
    words = {"id": "Loket Dukcapil tutup.", "en": "Counters are shut."}
    scope = {"functions": ["civil_registry"]}
    online = {**policies.ONLINE, "scope": scope, "words": words}
    channels = {"kind": "channels", "channels": ["web", "email"], "article": "2"}
    return policies.enact(
        policies.written(online, channels),
        author=Actor.system("writer"),
        actor=Actor.system("signer"),
        at=at,
        reason="Riwayat",
    )


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
