"""An office on the map, its staff, and an ordinary Monday in March 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from loket.kernel.access import Actor
from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from loket.workforce import services as workforce
from loket.workforce.models import Clocking, Desk, Roster, RosterDay, Turn
from loket.workforce.rules.attendance.values import Sent
from tests.factories import organisation

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 3, 2)
HERE = (-6.2800, 106.8300)


def moment(clock: str, on: date = MONDAY) -> datetime:
    """Return a time of day at the office, in UTC as the server has it."""
    return datetime.combine(on, time.fromisoformat(clock), JAKARTA).astimezone(UTC)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def office(kelurahan: Unit) -> Unit:
    """Return Budi's unit with an office in a building on the map, and a room in it."""
    organisation.leave_around(moment("07:00"))
    place = Place.objects.create(
        code="G-1", name="Kantor Kelurahan", address="Jl. Melati", latitude=HERE[0],
        longitude=HERE[1],
    )  # fmt: skip
    row = organisation.office(kelurahan)
    row.place = place
    row.save(update_fields=["place"])
    Room.objects.create(
        code="R-1", name="Ruang pelayanan", place=place, unit=kelurahan, floor="1", capacity=20
    )
    return Unit.objects.select_related("office").get(pk=kelurahan.pk)


@pytest.fixture
def desk(budi: Actor, office: Unit) -> Desk:
    return Desk.objects.create(
        account=people.account_of(budi),
        room=Room.objects.get(code="R-1"),
        is_main=True,
        starts_on=date(2020, 1, 1),
    )


@pytest.fixture
def press(office: Unit) -> Callable[..., Clocking]:
    """Press the button: at the office unless something else is said."""
    pressed = 0

    def pressing(actor: Actor, clock: str, kind: str = "in", on: date = MONDAY, **facts):
        nonlocal pressed
        pressed += 1
        given = {
            "key": f"a-key-{pressed:04}",
            "kind": kind,
            "way": "place",
            "latitude": HERE[0] + pressed / 1e5,
            "longitude": HERE[1],
            "accuracy": 12.4,
        }
        at = moment(clock, on)
        return workforce.clock_in_out(sent=Sent(**given | facts), actor=actor, at=at)

    return pressing


def roster(unit: Unit, *days: date) -> Roster:
    """Publish a roster without turns for some days."""
    row = Roster.objects.create(
        unit=unit, starts_on=min(days), ends_on=max(days) + timedelta(days=1),
        state="published", planned_at=moment("07:00"), planned_by="system:tests",
    )  # fmt: skip
    for on in days:
        RosterDay.objects.create(unit=unit, on=on, roster=row)
    return row


def turn(row: Roster, actor: Actor, since: str, until: str, on: date = MONDAY, **facts) -> Turn:
    """Give somebody a turn; until an earlier time of day is on the next day."""
    ends = moment(until, on if until > since else on + timedelta(days=1))
    return Turn.objects.create(
        roster=row, account=people.account_of(actor), on=on, shift="", ends_at=ends,
        starts_at=moment(since, on), changed_at=moment("07:00"), **facts,
    )  # fmt: skip
