"""The shipped history, loaded once for each module."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import TestCase, override_settings

from loket.kernel.access import Actor
from loket.policies import queries, services
from loket.site import decreeing, installing

JAKARTA = ZoneInfo("Asia/Jakarta")
TODAY = datetime(2026, 11, 22, 3, tzinfo=UTC)
FURTHER = "jakarta-announcements"


def load(name):
    """Load a shipped timeline; return it, and what it brought."""
    timeline = decreeing.read_timeline(decreeing.timeline_path(name))
    actor = Actor.system("tests")
    return timeline, services.load_timeline(timeline=timeline, actor=actor, at=TODAY)


@contextmanager
def kept(blocker, folder):
    """Keep what is written for all tests of a module."""
    with blocker.unblock(), override_settings(KEYS_ROOT=folder, DATA=folder):
        around = TestCase._enter_atomics()
        list(installing.install(migrate=False, at=TODAY))
        yield
        TestCase._rollback_atomics(around)


@pytest.fixture(scope="module")
def history(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load Jakarta, its services and its history."""
    with kept(django_db_blocker, tmp_path_factory.mktemp("history")):
        yield load(decreeing.HISTORY)


@pytest.fixture(scope="module")
def announcements(history):
    """Load what was found beyond the circulars on top of them."""
    return load(FURTHER)


@pytest.fixture
def book(history, db):
    return queries.book()


@pytest.fixture
def fuller_book(announcements, db):
    return queries.book()


def moment(text):
    text = text if "T" in text else f"{text}T10:00"
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def ask(book, at, unit, *, service="", room=""):
    """Return the answer as JSON."""
    found = queries.in_force(unit=unit, service=service, room=room, at=moment(at), book=book)
    return queries.answer_json(found)


def part(answer, name):
    section, _dot, item = name.partition(".")
    return answer[section][item] if item else answer[section]


def cited(answer, name):
    """Return the labels of the circulars, or the reasons of the closures, behind a part."""
    section, _dot, item = name.partition(".")
    reasons = answer[section]["because"][item]
    return [reason.get("circular", reason.get("reason")) for reason in reasons]
