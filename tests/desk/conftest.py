"""A published service at the desk, and browsers of those who work there.

The pages read the real clock, so what the tests do happens now.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from loket.cases import services as cases
from loket.cases.models import Case
from loket.catalogue.models import ServiceVersion
from loket.documents.signers import local
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from tests.conftest import employ
from tests.factories import cases as factory
from tests.factories import documents as papers
from tests.factories import organisation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSPHRASE = papers.PASSPHRASE
CHILD_NIK = "3174045002260002"

AtWork = Callable[[Actor], Client]


@pytest.fixture
def at() -> datetime:
    """Return this moment: what the pages do happens now."""
    return clock.now()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.FILES_ROOT, settings.KEYS_ROOT = tmp_path / "files", tmp_path / "keys"


@pytest.fixture
def version(kelurahan: Unit, elsewhere: Unit, at: datetime) -> ServiceVersion:
    organisation.leave_around(at)
    return factory.publish(at=at)


@pytest.fixture
def case(version, ayu, at) -> Case:
    return factory.case(ayu, at=at)


@pytest.fixture
def auditor(kelurahan: Unit, at: datetime) -> Actor:
    return employ("farah", "Farah Nabila", kelurahan, "auditor", "Auditor", at)


@pytest.fixture
def head(dewi: Actor, at: datetime) -> Actor:
    """Return Dewi, who has a key to sign with."""
    local.prepare(at=at)
    papers.enrol(dewi, at)
    return dewi


@pytest.fixture
def at_work() -> AtWork:
    """Sign somebody in at the desk, with a second factor."""

    def signed_in(actor: Actor) -> Client:
        account = people.account_of(actor)
        TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        browser = Client()
        browser.force_login(account, backend=BACKEND)
        return browser

    return signed_in


def verify(case: Case, officer: Actor, at: datetime) -> Case:
    """Let an officer check a case and pass it on to the head."""
    cases.claim(case=case, actor=officer, at=at)
    fields = {"child_nik": CHILD_NIK}
    return cases.move(case=case, action="verify", fields=fields, actor=officer, at=at)


def open_file(browser: Client, case: Case, reason: str = "supervision"):
    """Say why one looks at a case, and open it."""
    browser.post(f"/desk/cases/{case.code}/look/", {"reason": reason})
    return browser.get(f"/desk/cases/{case.code}/")


@pytest.fixture
def offices(kelurahan: Unit, elsewhere: Unit, at: datetime) -> Unit:
    """Open the offices of both kelurahan, each in a building of its own; return Ayu's."""
    organisation.leave_around(at)
    for unit in (kelurahan, elsewhere):
        place = Place.objects.create(
            code=f"G-{unit.region}", name=f"Gedung {unit.name}", address="Jl. Melati"
        )
        office = organisation.office(unit)
        office.place, office.floor = place, "1"
        office.save(update_fields=["place", "floor"])
        Room.objects.create(
            code=f"R-{unit.code}-1", name="Ruang pelayanan", place=place, unit=unit, floor="1",
            capacity=20,
        )  # fmt: skip
    return kelurahan


@pytest.fixture
def gita(offices: Unit, at: datetime) -> Actor:
    """Return the executive, who writes, enacts and closes for all of Jakarta."""
    province = Unit.objects.get(code="31")
    return employ("gita", "Gita Permata", province, "executive", "Wakil Gubernur", at)
