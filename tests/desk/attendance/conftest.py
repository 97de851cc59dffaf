"""Budi's office on the map today, where it is always the hour of his turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from loket.kernel.access import Actor
from loket.organisation.models import Place, Unit
from loket.people import queries as people
from loket.workforce import services as workforce
from loket.workforce.models import Clocking, Roster, RosterDay, Turn
from loket.workforce.rules.attendance.values import Sent

HERE = (-6.28, 106.83)


@pytest.fixture
def on(at: datetime) -> date:
    """Return the office's day of the test."""
    return at.astimezone(ZoneInfo("Asia/Jakarta")).date()


@pytest.fixture
def place(offices: Unit) -> Place:
    found = Place.objects.get(offices__unit=offices)
    Place.objects.filter(pk=found.pk).update(latitude=HERE[0], longitude=HERE[1])
    return Place.objects.get(pk=found.pk)


@pytest.fixture
def turn(place: Place, offices: Unit, budi: Actor, at: datetime, on: date) -> Turn:
    """Give Budi a turn that began twenty minutes ago, whatever day it is."""
    roster = Roster.objects.create(
        unit=offices, starts_on=on, ends_on=on + timedelta(days=1), state="published",
        planned_at=at, planned_by="system:tests",
    )  # fmt: skip
    RosterDay.objects.create(unit=offices, on=on, roster=roster)
    return Turn.objects.create(
        roster=roster, account=people.account_of(budi), on=on, shift="", changed_at=at,
        starts_at=at - timedelta(minutes=20), ends_at=at + timedelta(hours=8),
    )  # fmt: skip


@pytest.fixture
def budis(budi: Actor, turn: Turn, at_work: Callable[[Actor], Client]) -> Client:
    return at_work(budi)


@pytest.fixture
def dewis(dewi: Actor, turn: Turn, at_work: Callable[[Actor], Client]) -> Client:
    return at_work(dewi)


@pytest.fixture
def press(turn: Turn, at: datetime) -> Callable[..., Clocking]:
    """Press the button by the service, as a phone near the office."""
    pressed = 0

    def pressing(actor: Actor, kind: str = "in", **facts: object) -> Clocking:
        nonlocal pressed
        pressed += 1
        when = facts.pop("at", at)
        given = {
            "key": f"a-key-{pressed:04}", "kind": kind, "way": "place",
            "latitude": HERE[0] + pressed / 1e5, "longitude": HERE[1], "accuracy": 12,
        }  # fmt: skip
        return workforce.clock_in_out(sent=Sent(**given | facts), actor=actor, at=when)

    return pressing
