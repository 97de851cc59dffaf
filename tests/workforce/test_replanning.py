"""What the news does to published rosters: drafts with the fewest changes, and heads told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from loket.jobs.models import Job
from loket.kernel.access import Actor
from loket.messaging.models import Message
from loket.organisation.models import Unit
from loket.people import services as people
from loket.people.models import Account, Position
from loket.policies import services as policies
from loket.policies.models import Change
from loket.workforce import services as workforce
from loket.workforce.models import Roster, Turn
from loket.workforce.services.rosters import replanning
from tests.factories import organisation
from tests.factories import policies as laws
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, HALF, MONDAY, QUARTER, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.django_db
SATURDAY = FRIDAY + timedelta(days=1)
SYSTEM = Actor.system("rosters")
TOUCHED, REPLAN = (f"loket.workforce.tasks.rosters.{n}" for n in ("replan_touched", "replan"))


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def office(kelurahan, elsewhere, at):
    """Publish a week of eight under a cap of half."""
    organisation.office(elsewhere)
    room = factory.office(kelurahan)
    factory.head(kelurahan)
    factory.staff(kelurahan, 7, "counter")
    factory.counter(kelurahan, "A", room=room, skill="counter", people=2)
    factory.law(HALF, {"kind": "pinned", "posts": ["structural"]})
    roster = workforce.plan(
        unit=kelurahan, starts_on=MONDAY, ends_on=SATURDAY, actor=SYSTEM, at=at
    )
    workforce.publish(roster=roster, revision=1, actor=SYSTEM, at=at)
    Job.objects.all().delete()
    return kelurahan


def replanned(unit, at, cause="absence"):
    return workforce.replan(unit=unit, cause=cause, actor=SYSTEM, at=at)


def queued(task):
    return [job.arguments["kwargs"] for job in Job.objects.filter(task=task).order_by("pk")]


def pairs(roster):
    return set(Turn.objects.filter(roster=roster).values_list("on", "account_id"))


def test_nothing_is_drafted_when_nothing_would_change(office, at):
    assert replanned(office, at) == []
    assert Roster.objects.count() == 1


def test_an_absence_changes_as_few_turns_as_possible(office, at):
    [stands] = Roster.objects.all()
    ill = Turn.objects.filter(on=TUESDAY, counter__isnull=False).first().account
    factory.away(ill, TUESDAY, WEDNESDAY)

    [draft] = replanned(office, at)

    left, came = pairs(stands) - pairs(draft), pairs(draft) - pairs(stands)
    assert left == {(TUESDAY, ill.pk)}
    assert [on for on, _account in came] == [TUESDAY]
    assert (draft.state, draft.cause, draft.starts_on) == ("draft", "absence", MONDAY)
    assert draft.found["objective"]["changes"] == 2
    [message] = Message.objects.filter(notice="roster_replanned")
    assert f"/desk/rosters/{draft.code}/" in message.body


def test_planning_again_twice_is_once(office, at):
    ill = Turn.objects.filter(on=TUESDAY, counter__isnull=False).first().account
    factory.away(ill, TUESDAY, WEDNESDAY)
    [draft] = replanned(office, at)

    assert replanned(office, at) == []

    assert Roster.objects.filter(state="draft").get() == draft
    assert Message.objects.filter(notice="roster_replanned").count() == 1


def test_a_later_cause_replaces_the_draft_of_an_earlier_one(office, at):
    first, second = (
        Turn.objects.filter(on=on, counter__isnull=False).first().account
        for on in (TUESDAY, FRIDAY)
    )
    factory.away(first, TUESDAY, WEDNESDAY)
    [one] = replanned(office, at)
    factory.away(second, FRIDAY, SATURDAY)
    wednesday = at + timedelta(days=8, hours=15)  # 07:00 there: nobody has begun

    [other] = replanned(office, wednesday)

    one.refresh_from_db()
    assert (one.state, other.starts_on) == ("discarded", date(2026, 3, 11))


def test_a_draft_that_somebody_works_on_is_left_and_the_head_is_told(office, at):
    mine = workforce.plan(unit=office, starts_on=MONDAY, ends_on=SATURDAY, actor=SYSTEM, at=at)
    ill = Turn.objects.filter(on=TUESDAY, counter__isnull=False).first().account
    factory.away(ill, TUESDAY, WEDNESDAY)

    assert replanned(office, at) == [mine]

    mine.refresh_from_db()
    assert (mine.revision, mine.cause) == (1, "")
    assert Message.objects.filter(notice="roster_replanned").count() == 1


def test_other_hours_alone_are_a_change(office, at):
    factory.law({"kind": "hours", "hours": {"every_day": ["08:00-13:30"]}}, number="10")

    [draft] = replanned(office, at, "circular:X")

    ends = {turn.ends_at.astimezone().minute for turn in Turn.objects.filter(roster=draft)}
    assert ends == {30}
    assert pairs(draft) == pairs(Roster.objects.get(state="published"))


def test_a_circular_queues_one_job_for_all_that_it_touches(office, at):
    with CaptureQueriesContext(connection) as counted:
        factory.law(QUARTER, number="13")

    [asked] = queued(TOUCHED)
    assert asked["cause"].startswith("circular:")
    ours = [q["sql"] for q in counted if "workforce_rosterday" in q["sql"]]
    assert len(ours) == 6  # tried and done: one for the job, two for the report
    touched = replanning.replan_touched(**asked, actor=SYSTEM, at=at)
    assert touched == 1
    assert queued(REPLAN) == [{"unit": office.code, "cause": asked["cause"]}]
    [draft] = replanned(office, at, asked["cause"])
    assert draft.cause == asked["cause"]
    assert max(Turn.objects.filter(roster=draft, on=on).count() for on in (MONDAY, FRIDAY)) == 2


def test_a_circular_for_others_touches_nobody(office, elsewhere, at):
    factory.law({**QUARTER, "scope": {"units": [elsewhere.code]}}, number="14")

    [asked] = queued(TOUCHED)
    assert replanning.replan_touched(**asked, actor=SYSTEM, at=at) == 0


def test_without_published_rosters_a_circular_queues_nothing(kelurahan, at):
    factory.office(kelurahan)
    factory.law(HALF)

    assert queued(TOUCHED) == []


def test_an_absence_queues_the_units_in_which_they_have_turns(office, at):
    who = Turn.objects.filter(on=TUESDAY).first().account
    idle = factory.member(office, "Idle")
    for account in (who, idle):
        workforce.set_under_monitoring(
            account=account, starts_on=TUESDAY, ends_on=WEDNESDAY, source="incident:X",
            actor=SYSTEM, at=at,
        )  # fmt: skip

    assert queued(REPLAN) == [{"unit": office.code, "cause": "absence"}]


def test_who_joins_or_leaves_queues_the_unit_once(office, at):
    for _n in range(2):
        people.appoint(
            account=Account.objects.create(username=f"new{_n}", kind="staff"),
            unit=office, role="staff", title="Pelaksana", starts_on=TUESDAY,
            actor=SYSTEM, at=at,
        )  # fmt: skip
    leaving = Position.objects.filter(unit=office, role="staff").first()
    people.end_position(position=leaving, on=WEDNESDAY, actor=SYSTEM, at=at)

    assert queued(REPLAN) == [{"unit": office.code, "cause": "staff"}]


def test_a_trial_says_which_units_cannot_be_staffed(office, elsewhere, at):
    factory.staff(elsewhere, 4, "counter")
    factory.counter(elsewhere, "A", skill="counter")
    factory.counter(office, "B", skill="counter", people=2)  # for the same reason, said once
    author = Actor.system("author")
    row = laws.draft(
        laws.written({"kind": "attendance", "article": "1", "max_share": "13%"}),
        actor=author,
        at=at,
    )

    shown = policies.simulate(circular=row, actor=author, at=at).impact["rosters"]

    [unit] = shown["rows"]
    assert (shown["looked_at"], shown["unstaffed"]) == (2, 1)
    assert (unit["unit"], unit["on"]) == (office.code, "2026-03-09")
    assert unit["sentences"]["en"] == ["9 March 2026: at most 1 may come, it takes 2"]
    assert "paling banyak 1" in unit["sentences"]["id"][0]
    assert queued(TOUCHED) == []


def test_who_knows_no_office_reports_nothing(kelurahan, at):
    factory.office(kelurahan)
    factory.law(HALF)

    assert Change.objects.latest("number").impact["rosters"] == {}
    assert Unit.objects.filter(counters__isnull=False).count() == 0
