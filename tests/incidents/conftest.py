"""An office with rooms, its people, a tracer, and where everybody was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from loket.incidents import services as incidents
from loket.incidents.models import Incident
from loket.kernel.access import Actor
from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.models import Stay
from tests.conftest import employ
from tests.factories import organisation

DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)


def moment(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    """Return a moment by the clocks of Jakarta."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def room(kelurahan: Unit, at: datetime) -> Room:
    organisation.leave_around(at)
    place = Place.objects.create(code="G-1", name="Gedung", address="Jl. Melati")
    office = organisation.office(kelurahan)
    office.place, office.floor = place, "1"
    office.save(update_fields=["place", "floor"])
    return Room.objects.create(
        code="R-1", name="Ruang pelayanan", place=place, unit=kelurahan, floor="1", capacity=9
    )


@pytest.fixture
def archive(room: Room) -> Room:
    return Room.objects.create(
        code="R-2", name="Ruang arsip", place=room.place, unit=room.unit, floor="1", capacity=9
    )


@pytest.fixture
def fitri(kelurahan: Unit, at: datetime) -> Actor:
    return employ("fitri", "Fitri Handayani", kelurahan, "officer", "Petugas", at)


@pytest.fixture
def hadi(kelurahan: Unit, at: datetime) -> Actor:
    return employ("hadi", "Hadi Prasetyo", kelurahan, "officer", "Petugas", at)


@pytest.fixture
def tari(kelurahan: Unit, at: datetime) -> Actor:
    """Return the tracer of the whole agency."""
    agency = Unit.objects.get(code="31-DUKCAPIL")
    return employ("tari", "Tari Wulandari", agency, "tracer", "Tim penelusuran", at)


@pytest.fixture
def stranger(elsewhere: Unit, at: datetime) -> Actor:
    """Return a tracer of another city."""
    return employ("sinta", "Sinta Maharani", elsewhere, "tracer", "Tim penelusuran", at)


def account(actor: Actor) -> Account:
    return people.account_of(actor)


def reach(*actors: Actor) -> None:
    for actor in actors:
        Account.objects.filter(pk=account(actor).pk).update(
            email=f"{account(actor).username}@kantor.example"
        )


def was(actor: Actor, room: Room, since: datetime, until: datetime | None) -> Stay:
    """Write down that somebody was in a room."""
    on = (since + timedelta(hours=7)).date()
    return Stay.objects.create(
        account=account(actor), room=room, on=on, starts_at=since, ends_at=until,
        source_key=f"{actor.ref}-{room.code}-{since:%d%H%M}",
    )  # fmt: skip


@pytest.fixture
def together(budi: Actor, dewi: Actor, fitri: Actor, hadi: Actor, room: Room, archive: Room):
    """Let Budi meet Fitri for hours, Hadi for ten minutes, and Dewi long before his onset.

    In the last days of February, of which 2 March is the third after.
    """
    february = datetime(2026, 2, 27, 1, 0, tzinfo=UTC)
    was(budi, room, moment(8), moment(12))
    was(fitri, room, moment(9), moment(16))
    was(hadi, room, moment(11, 50), moment(16))
    was(budi, archive, february - 7 * DAY, february - 7 * DAY + timedelta(hours=3))
    was(dewi, archive, february - 7 * DAY, february - 7 * DAY + timedelta(hours=1))


@pytest.fixture
def report(kelurahan: Unit, budi: Actor) -> Callable[..., incidents.Report]:
    """Return what is told: Budi fell ill yesterday."""

    def told(**changes: object) -> incidents.Report:
        facts = {
            "unit": kelurahan, "account": account(budi), "onset_on": TODAY - DAY,
            "words": "Batuk sejak kemarin.",
        }  # fmt: skip
        return incidents.Report(**{**facts, **changes})

    return told


@pytest.fixture
def incident(report, together, tari: Actor, at: datetime) -> Incident:
    return incidents.report_incident(report=report(), actor=tari, at=at)
