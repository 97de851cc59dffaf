"""The cast and the clock.

*Ayu* applies. *Budi* is an officer of her kelurahan; *Citra* an officer elsewhere who must
be refused; *Dewi* heads Budi's unit; *Eka* administers services and writes policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account, ContactPoint, Position, Resident

VILLAGE = "31.74.04.1003"
ELSEWHERE = "31.73.01.1001"


@pytest.fixture
def at() -> datetime:
    """Return the moment of the test: a Monday, 16:00 in Jakarta."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _static_files_by_name(settings: Settings) -> None:
    """Let templates name static files that nobody has collected."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let SQLite empty the journal between tests with transactions of their own.

    PostgreSQL truncates, which no trigger on rows sees. SQLite deletes, which the journal
    refuses; so there its seal opens when a test sets this connection's ``unsealed``.
    """
    del django_db_setup
    if connection.vendor != "sqlite":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS unsealed (is_open INTEGER)")
        cursor.execute("DROP TRIGGER journal_entry_no_delete")
        cursor.execute(
            "CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry "
            "WHEN NOT EXISTS (SELECT 1 FROM unsealed) "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )


@pytest.fixture(autouse=True)
def _journal_opens_for_the_next_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Open the journal of SQLite when a transactional test is over, before it is emptied."""
    wanted = {"transactional_db", "live_server"} & set(request.fixturenames)
    marker = request.node.get_closest_marker("django_db")
    if not (wanted or (marker and marker.kwargs.get("transaction"))):
        yield
        return
    request.getfixturevalue("transactional_db")
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM unsealed")
    yield
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO unsealed VALUES (1)")


@pytest.fixture
def system() -> Actor:
    return Actor.system("tests")


def grow(code: str, kind: str, parent: Unit | None, name: str, function: str) -> Unit:
    unit, _ = Unit.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "function": function,
            "parent": parent,
            "path": f"{parent.path if parent else '/'}{code}/",
            "region": code.partition("-")[0],
            "valid_from": date(2000, 1, 1),
        },
    )
    return unit


def branch(village: str, names: tuple[str, str, str]) -> Unit:
    """Grow the regions and the civil registry down to one village's service point."""
    city, district = village[:5], village[:8]
    province = grow("31", "province", None, "DKI Jakarta", "government")
    over = grow(city, "city", province, names[0], "government")
    over = grow(district, "district", over, names[1], "government")
    grow(village, "village", over, names[2], "government")
    registry = "civil_registry"
    over = grow("31-DUKCAPIL", "agency", province, "Dinas Dukcapil", registry)
    over = grow(f"{city}-DUKCAPIL", "branch", over, f"Suku Dinas {names[0]}", registry)
    over = grow(f"{district}-DUKCAPIL", "sector", over, f"Sektor {names[1]}", registry)
    return grow(f"{village}-DUKCAPIL", "service_point", over, f"Satpel {names[2]}", registry)


@pytest.fixture
def kelurahan(db: None) -> Unit:
    """Return the service point of Ayu's kelurahan, with all that is above it."""
    return branch(VILLAGE, ("Jakarta Selatan", "Pasar Minggu", "Pejaten Barat"))


@pytest.fixture
def elsewhere(db: None) -> Unit:
    """Return the service point of another city's kelurahan."""
    return branch(ELSEWHERE, ("Jakarta Barat", "Cengkareng", "Cengkareng Barat"))


def employ(username: str, name: str, unit: Unit, role: str, title: str, at: datetime) -> Actor:
    account = Account.objects.create(
        username=username, full_name=name, kind=Account.Kind.STAFF, is_staff=False
    )
    Position.objects.create(
        account=account, unit=unit, role=role, title=title, starts_on=date(2020, 1, 1)
    )
    return people.actor_for(account, at=at)


@pytest.fixture
def ayu(db: None, at: datetime) -> Actor:
    account = Account.objects.create(
        username="r-ayu", full_name="Ayu Lestari", kind=Account.Kind.RESIDENT
    )
    resident = Resident.objects.create(account=account, registered_at=at)
    ContactPoint.objects.create(
        resident=resident, kind="email", value="ayu@warga.example", verified_at=at
    )
    return people.actor_for(account, at=at)


@pytest.fixture
def budi(kelurahan: Unit, at: datetime) -> Actor:
    return employ("budi", "Budi Santoso", kelurahan, "officer", "Petugas", at)


@pytest.fixture
def citra(elsewhere: Unit, at: datetime) -> Actor:
    return employ("citra", "Citra Dewanti", elsewhere, "officer", "Petugas", at)


@pytest.fixture
def dewi(kelurahan: Unit, at: datetime) -> Actor:
    return employ("dewi", "Dewi Anggraini", kelurahan, "head", "Kepala Satpel", at)


@pytest.fixture
def eka(kelurahan: Unit, at: datetime) -> Actor:
    province = Unit.objects.get(code="31")
    return employ("eka", "Eka Wijaya", province, "administrator", "Analis", at)
