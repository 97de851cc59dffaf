"""A service to work on, colleagues, superiors, and a law on reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from loket.catalogue.models import ServiceVersion
from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.workforce.models import Absence
from tests.conftest import employ
from tests.factories import cases as factory
from tests.factories import organisation
from tests.factories import policies as law


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.FILES_ROOT, settings.KEYS_ROOT = tmp_path / "files", tmp_path / "keys"


@pytest.fixture
def version(kelurahan: Unit, elsewhere: Unit, at: datetime) -> ServiceVersion:
    organisation.holidays(2026, 2027)
    return factory.publish(at=at)


@pytest.fixture
def hana(kelurahan: Unit, at: datetime) -> Actor:
    """Return the head of the sector above Budi's service point."""
    return employ("hana", "Hana Rahma", kelurahan.parent, "head", "Kepala Sektor", at)


@pytest.fixture
def same_day(kelurahan: Unit, eka: Actor, at: datetime) -> None:
    """Let a circular ask who works from home for a report with proof on the same day."""
    organisation.holidays(2026, 2027)
    province = Unit.objects.get(code="31")
    gita = employ("gita", "Gita Permata", province, "executive", "Wagub", at)
    written = law.written(
        {"kind": "reporting", "duties": ["same_day", "photo"], "article": "6"},
        effective={"from": date(2026, 3, 2), "through": date(2026, 3, 20)},
    )
    law.enact(written, author=eka, actor=gita, at=at, reason="Berlaku hari ini.")


@pytest.fixture
def keep_home(at: datetime) -> Callable[[Actor], None]:
    """Make somebody work from home in March."""

    def do(actor: Actor) -> None:
        Absence.objects.create(
            account_id=int(actor.ref.partition(":")[2]), kind="home", state="granted",
            starts_on=date(2026, 3, 1), ends_on=date(2026, 4, 1), asked_at=at, asked_by="x",
        )  # fmt: skip

    return do
