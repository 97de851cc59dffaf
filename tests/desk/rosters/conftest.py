"""A service point with five people, two counters, and a law that lets half of them come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from loket.kernel.access import Actor
from loket.organisation import queries as organisation_queries
from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import services as workforce
from loket.workforce.models import Roster, Skill
from tests.factories import organisation
from tests.factories import rosters as factory

DAY = timedelta(days=1)


@pytest.fixture
def monday(at: datetime) -> date:
    """Return the Monday after the coming one: no test can be overtaken by midnight."""
    today = organisation_queries.today(None, at=at)
    return today - timedelta(days=today.weekday()) + 14 * DAY


@pytest.fixture
def unit(kelurahan: Unit, at: datetime) -> Unit:
    """Return Dewi's service point: an office, a room for twenty, two counters, half may come."""
    organisation.leave_around(at)
    place = Place.objects.create(code="G-1", name="Gedung", address="Jl. Melati")
    office = organisation.office(kelurahan)
    office.place = place
    office.save(update_fields=["place"])
    room = Room.objects.create(
        code="R-1", name="Ruang pelayanan", place=place, unit=kelurahan, floor="1", capacity=20
    )
    factory.counter(kelurahan, "L1", title="Loket 1", skill="counter", room=room)
    factory.counter(kelurahan, "KTP", title="Perekaman KTP-el", skill="biometric", room=room)
    today = organisation_queries.today(None, at=at)
    factory.law(factory.HALF, effective={"from": today, "through": today + timedelta(days=80)})
    return Unit.objects.select_related("office").get(pk=kelurahan.pk)


def skilled(actor: Actor, *skills: str) -> Account:
    account = people.account_of(actor)
    for skill in skills:
        Skill.objects.create(account=account, name=skill)
    return account


@pytest.fixture
def team(unit: Unit, dewi: Actor, budi: Actor) -> dict[str, Account]:
    """Return Dewi's staff by first name; at most two of five may come."""
    return {
        "dewi": people.account_of(dewi),
        "budi": skilled(budi, "counter"),
        "ani": factory.member(unit, "Ani", "counter"),
        "bayu": factory.member(unit, "Bayu", "counter", "biometric"),
        "cahya": factory.member(unit, "Cahya"),
    }


@pytest.fixture
def planned(unit: Unit, team: dict[str, Account], dewi: Actor, monday: date, at: datetime):
    """Return a draft for one working week."""
    return workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 5 * DAY, actor=dewi, at=at
    )


@pytest.fixture
def published(planned: Roster, dewi: Actor, at: datetime) -> Roster:
    return workforce.publish(roster=planned, revision=planned.revision, actor=dewi, at=at)


@pytest.fixture
def dewis(dewi: Actor, at_work) -> Client:
    return at_work(dewi)
