"""Two at once, with real threads: one wins, the other is told, nothing is done twice."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.people.models import Account
from loket.workforce import services as workforce
from loket.workforce.models import Roster, RosterDay, Swap, Turn
from tests.cases.test_concurrency import at_once
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, MONDAY, WEDNESDAY

pytestmark = pytest.mark.django_db(transaction=True)
SATURDAY = FRIDAY + timedelta(days=1)
SYSTEM = Actor.system("tests")


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def office(kelurahan, at):
    factory.office(kelurahan)
    factory.head(kelurahan)
    factory.staff(kelurahan, 4, "counter")
    factory.counter(kelurahan, "A", skill="counter")
    factory.law({"kind": "attendance", "min_share": "40%", "max_share": "40%"})
    return kelurahan


def planned(unit, at, starts_on=MONDAY, ends_on=SATURDAY):
    return workforce.plan(unit=unit, starts_on=starts_on, ends_on=ends_on, actor=SYSTEM, at=at)


def publishing(roster, at):
    seen = Roster.objects.select_related("unit__office").get(pk=roster.pk)
    return lambda: workforce.publish(roster=seen, revision=seen.revision, actor=SYSTEM, at=at)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_a_roster_that_two_publish_at_once_is_published_once(office, at):
    roster = planned(office, at)

    results = at_once(publishing(roster, at), publishing(roster, at))

    assert kinds(results) == ["Conflict", "Roster"]
    assert Entry.objects.filter(name="roster.published").count() == 1
    assert RosterDay.objects.filter(roster=roster).count() == 5


def test_of_two_rosters_published_at_once_each_day_has_one(office, at):
    first = planned(office, at)
    workforce.publish(roster=first, revision=1, actor=SYSTEM, at=at)
    one = planned(office, at, ends_on=WEDNESDAY)
    other = planned(office, at, starts_on=WEDNESDAY)
    Roster.objects.filter(pk=other.pk).update(starts_on=MONDAY + timedelta(days=1))

    results = at_once(publishing(one, at), publishing(other, at))

    assert kinds(results) == ["Roster", "Roster"]
    held = list(RosterDay.objects.order_by("on").values_list("on", flat=True))
    assert held == [MONDAY + timedelta(days=n) for n in range(5)]


def test_of_publishing_and_moving_at_once_one_is_told(office, at):
    roster = planned(office, at)
    who = Turn.objects.filter(roster=roster, on=MONDAY).first().account
    seen = Roster.objects.select_related("unit__office").get(pk=roster.pk)

    results = at_once(
        publishing(roster, at),
        lambda: workforce.move(
            roster=seen, account=who, on=MONDAY, to_shift=None, revision=1, actor=SYSTEM, at=at
        ),
    )

    assert kinds(results) == ["Conflict", "Roster"]
    roster.refresh_from_db()
    is_there = Turn.objects.filter(roster=roster, account=who, on=MONDAY).exists()
    assert (roster.state == "published") is is_there
    assert roster.revision == 2


def test_of_two_who_plan_the_same_days_at_once_one_is_told(office, at):
    results = at_once(lambda: planned(office, at), lambda: planned(office, at))

    assert kinds(results) in (["Conflict", "Roster"], ["Roster", "Roster"])
    [roster] = Roster.objects.filter(state="draft")
    days = Turn.objects.filter(roster=roster).values_list("on", "account_id")
    assert len(days) == len(set(days)) > 0


def agreed(unit, asker, other, at, **days):
    return Swap.objects.create(
        unit=unit, asker=asker, other=other, state="agreed", asked_at=at, **days
    )


def deciding(swap, at):
    return lambda: workforce.decide_swap(swap=swap, is_approved=True, actor=SYSTEM, at=at)


def test_of_two_who_approve_one_swap_one_does(office, at):
    roster = planned(office, at)
    workforce.publish(roster=roster, revision=1, actor=SYSTEM, at=at)
    turn = Turn.objects.get(roster=roster, on=MONDAY, counter__isnull=False)
    other = Account.objects.filter(skills__name="counter").exclude(turns__on=MONDAY)[0]
    swap = agreed(office, turn.account, other, at, gives_on=MONDAY)

    results = at_once(deciding(swap, at), deciding(swap, at))

    assert kinds(results) == ["Conflict", "Swap"]
    turn.refresh_from_db()
    assert turn.account == other
    assert Entry.objects.filter(name="roster.changed").count() == 1


def test_a_turn_is_not_given_to_two_people(office, at):
    roster = planned(office, at)
    workforce.publish(roster=roster, revision=1, actor=SYSTEM, at=at)
    Turn.objects.filter(roster=roster).delete()
    ani, bayu, cahya, _dian = Account.objects.filter(skills__name="counter").order_by("pk")
    for account, on in ((ani, MONDAY), (cahya, WEDNESDAY)):
        moment = at + timedelta(days=7)
        Turn.objects.create(
            roster=roster, account=account, on=on, shift="", starts_at=moment,
            ends_at=moment + timedelta(hours=8), changed_at=at,
        )  # fmt: skip
    one = agreed(office, ani, bayu, at, gives_on=MONDAY)
    two = agreed(office, cahya, ani, at, gives_on=WEDNESDAY, takes_on=MONDAY)

    results = at_once(deciding(one, at), deciding(two, at))

    assert kinds(results) == ["Invalid", "Swap"]
    assert Turn.objects.filter(on=MONDAY).count() == 1
    assert Swap.objects.filter(state="approved").count() == 1


def test_a_colleague_does_not_take_two_turns_of_one_day(office, at):
    roster = planned(office, at)
    workforce.publish(roster=roster, revision=1, actor=SYSTEM, at=at)
    first, second = Turn.objects.filter(roster=roster, on=MONDAY).order_by("pk")
    Turn.objects.filter(pk__in=[first.pk, second.pk]).update(counter=None)
    other = Account.objects.filter(positions__unit=office).exclude(turns__on=MONDAY).first()
    one, two = (
        agreed(office, turn.account, other, at, gives_on=MONDAY) for turn in (first, second)
    )

    results = at_once(deciding(one, at), deciding(two, at))

    assert kinds(results) == ["Invalid", "Swap"]
    assert Turn.objects.filter(roster=roster, on=MONDAY, account=other).count() == 1
