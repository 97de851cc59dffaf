from __future__ import annotations

import pytest

from loket.documents.signers import local
from loket.kernel.access import Actor
from tests.factories import documents as factory


@pytest.fixture(autouse=True)
def keys(settings, tmp_path, at):
    """Give every test an authority of its own."""
    settings.KEYS_ROOT = tmp_path / "keys"
    settings.PUBLIC_URL = "https://loket.jakarta.example"
    local.prepare(at=at)
    return settings.KEYS_ROOT


@pytest.fixture
def signer(system, at):
    """Return an actor who can sign."""
    actor = Actor(ref="account:12", name="Dewi Anggraini", grants=system.grants)
    factory.enrol(actor, at)
    return actor


@pytest.fixture
def issued(db, signer, at):
    """Return an issued birth certificate."""
    return factory.issue(actor=signer, at=at)
