from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.test import TestCase, override_settings

from loket.demo import cast, history
from loket.kernel import clock
from loket.site import installing

CASES = 30


@contextmanager
def kept(blocker, folder):
    """Keep what is written for all tests of a module: filling takes some seconds."""
    demo = override_settings(
        DEMO=True, SMS_GATEWAY_DOMAIN="sms.example", DATA=folder, KEYS_ROOT=folder / "keys"
    )
    with blocker.unblock():
        around = TestCase._enter_atomics()
        with demo:
            yield
        TestCase._rollback_atomics(around)


@pytest.fixture(scope="module")
def founded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the moment of a demo whose offices, services and keys are there."""
    with kept(django_db_blocker, tmp_path_factory.mktemp("demo")):
        at = clock.now()
        list(installing.install(migrate=False, at=history.begins(at)))
        yield at


@pytest.fixture
def government(founded, db):
    return founded


@pytest.fixture(scope="module")
def written(founded):
    """Return the moment up to which a small history was told."""
    cast.assemble(at=history.begins(founded))
    history.fill(cases=CASES, seed=7, at=founded, progress=lambda _done, _total: None)
    return founded


@pytest.fixture
def told(written, db):
    return written
