"""The law changes while a roster is being published: no roster slips through."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from loket.jobs.models import Job
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid
from loket.workforce import services as workforce
from loket.workforce.models import Roster, RosterDay
from tests.cases.test_concurrency import at_once
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, HALF, MONDAY, QUARTER

pytestmark = pytest.mark.django_db(transaction=True)
SATURDAY = FRIDAY + timedelta(days=1)
SYSTEM = Actor.system("tests")
TOUCHED = "loket.workforce.tasks.rosters.replan_touched"
OPENS = ("BEGIN", "FOR NO KEY UPDATE")
"""How the transaction of publishing opens: on SQLite, and on PostgreSQL."""


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def draft(kelurahan, at):
    """Return a draft in which half of eight come."""
    factory.office(kelurahan)
    factory.head(kelurahan)
    factory.staff(kelurahan, 7, "counter")
    factory.counter(kelurahan, "A", skill="counter", people=4)
    factory.law(HALF)
    made = workforce.plan(
        unit=kelurahan, starts_on=MONDAY, ends_on=SATURDAY, actor=SYSTEM, at=at
    )
    return Roster.objects.select_related("unit__office").get(pk=made.pk)


class Meanwhile:
    """Does something by another connection, once the draft is checked and before it is locked."""

    def __init__(self, act, *, times=1):
        self.act, self.left = act, times

    def __call__(self, execute, sql, params, many, context):
        if self.left and any(sign in sql for sign in OPENS):
            self.left -= 1
            other = threading.Thread(target=self._elsewhere)
            other.start()
            other.join(60)
        return execute(sql, params, many, context)

    def _elsewhere(self):
        try:
            self.act()
        finally:
            connection.close()


def published(draft, at, act, *, times=1):
    with connection.execute_wrapper(Meanwhile(act, times=times)):
        return workforce.publish(roster=draft, revision=1, actor=SYSTEM, at=at)


def test_a_circular_enacted_after_the_check_stops_what_breaks_it(draft, at):
    with pytest.raises(Invalid) as refusal:
        published(draft, at, lambda: factory.law(QUARTER, number="10/SE/2026"))

    assert "breaks rules by now" in str(refusal.value)
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == ("draft", 1)
    assert not RosterDay.objects.exists()
    assert not Job.objects.filter(task__contains="tell_turns").exists()


def test_a_circular_that_the_draft_keeps_does_not_stop_it(draft, at):
    wider = {"kind": "attendance", "max_share": "75%"}

    found = published(draft, at, lambda: factory.law(wider, number="10/SE/2026"))

    assert (found.state, found.revision) == ("published", 2)
    assert RosterDay.objects.filter(roster=draft).count() == 5


def test_of_publishing_and_enacting_at_once_either_sees_the_other(draft, at):
    results = at_once(
        lambda: workforce.publish(roster=draft, revision=1, actor=SYSTEM, at=at),
        lambda: factory.law(QUARTER, number="10/SE/2026"),
    )

    is_published = RosterDay.objects.exists()
    assert isinstance(results[0], Roster if is_published else Invalid)
    assert Job.objects.filter(task=TOUCHED).exists() is is_published
