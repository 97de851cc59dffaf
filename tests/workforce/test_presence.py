"""Who is where on a day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.workforce import queries
from loket.workforce.models import Clocking, Roster, RosterDay, Turn
from tests.factories import rosters as factory
from tests.factories.rosters import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
SUNDAY = date(2026, 3, 8)


@pytest.fixture
def staff(kelurahan, at):
    """Publish a Monday for which only the first of five is told to come."""
    factory.office(kelurahan)
    people = factory.staff(kelurahan, 5)
    roster = Roster.objects.create(
        unit=kelurahan, starts_on=MONDAY, ends_on=TUESDAY, state="published",
        planned_at=at, planned_by="tests",
    )  # fmt: skip
    RosterDay.objects.create(unit=kelurahan, on=MONDAY, roster=roster)
    starts_at = at + timedelta(days=6, hours=15, minutes=30)
    Turn.objects.create(
        roster=roster, account=people[0], on=MONDAY, shift="", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8), changed_at=at,
    )  # fmt: skip
    factory.away(people[2], MONDAY, TUESDAY, "leave")
    factory.away(people[3], MONDAY, TUESDAY, "travel")
    factory.away(people[4], MONDAY, TUESDAY, "home")
    return people


def found(unit, on, at):
    return queries.presence(units=[unit.code], on=on, at=at)


def states(unit, on, at):
    return [where.state for _number, where in sorted(found(unit, on, at).items())]


def test_a_published_day_says_who_comes_and_who_does_not(kelurahan, staff, at):
    assert states(kelurahan, MONDAY, at) == ["office", "home", "leave", "travel", "home"]
    assert found(kelurahan, MONDAY, at)[staff[0].pk].turn.on == MONDAY


def test_without_a_roster_everybody_comes_on_a_working_day(kelurahan, staff, at):
    assert states(kelurahan, TUESDAY, at) == ["office"] * 5
    assert states(kelurahan, SUNDAY, at) == ["free"] * 5


def test_clocking_in_and_out_is_told_and_who_is_late(kelurahan, staff, at):
    starts_at = Turn.objects.get().starts_at
    ani = staff[0]
    soon = starts_at + timedelta(minutes=5)
    assert not found(kelurahan, MONDAY, starts_at)[ani.pk].is_late
    assert found(kelurahan, MONDAY, soon)[ani.pk].is_late
    for kind, minutes in (("in", -3), ("out", 300)):
        moment = starts_at + timedelta(minutes=minutes)
        Clocking.objects.create(
            account=ani, unit=kelurahan, key=f"key-{kind}", kind=kind, way="place", on=MONDAY,
            counts_at=moment, received_at=moment, contact_at=moment,
        )  # fmt: skip

    where = found(kelurahan, MONDAY, soon)[ani.pk]

    assert (where.way, where.is_late) == ("place", False)
    assert where.clocked_in_at == starts_at - timedelta(minutes=3)
    assert where.clocked_out_at == starts_at + timedelta(minutes=300)


def test_it_takes_as_many_queries_for_many_as_for_few(kelurahan, elsewhere, staff, at):
    factory.staff(elsewhere, 7)
    with CaptureQueriesContext(connection) as counted:
        queries.presence(units=[kelurahan.code, elsewhere.code], on=MONDAY, at=at)

    assert len(counted) == 6
