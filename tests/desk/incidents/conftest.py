"""An office today: who was in which room yesterday, a tracer and a head at their desks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.incidents import services as incidents
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.people import queries as people
from loket.workforce.models import Stay
from tests.conftest import employ

DAY = timedelta(days=1)
EVENING = 18


@pytest.fixture
def tari(offices, at):
    agency = Unit.objects.get(code="31-DUKCAPIL")
    return employ("tari", "Tari Wulandari", agency, "tracer", "Tim penelusuran", at)


@pytest.fixture
def taris(tari, at_work):
    return at_work(tari)


@pytest.fixture
def dewis(dewi, offices, at_work):
    return at_work(dewi)


@pytest.fixture
def budis(budi, offices, at_work):
    return at_work(budi)


@pytest.fixture
def room(offices) -> Room:
    return Room.objects.get(unit=offices)


@pytest.fixture
def fitri(offices, at):
    return employ("fitri", "Fitri Handayani", offices, "officer", "Petugas loket", at)


@pytest.fixture
def met_at(at):
    """Return when people met in the last two days, at a time that no midnight is near."""
    since = at - DAY
    late = since.astimezone(organisation.zone(None)).hour >= EVENING
    return since - timedelta(hours=8) if late else since


@pytest.fixture
def together(budi, fitri, dewi, room, met_at):
    """Let Budi meet Fitri for two hours and Dewi for ten minutes."""
    for who, start, minutes in ((budi, 0, 240), (fitri, 120, 240), (dewi, 0, 10)):
        starts = met_at + timedelta(minutes=start)
        Stay.objects.create(
            account=people.account_of(who),
            room=room,
            on=organisation.today(None, at=starts),
            starts_at=starts,
            ends_at=starts + timedelta(minutes=minutes),
            source_key=f"{who.ref}-{start}",
        )


@pytest.fixture
def report(offices, budi, at):
    return incidents.Report(
        unit=offices,
        account=people.account_of(budi),
        onset_on=organisation.today(None, at=at) - DAY,
    )


@pytest.fixture
def incident(together, report, tari, at):
    return incidents.report_incident(report=report, actor=tari, at=at)
