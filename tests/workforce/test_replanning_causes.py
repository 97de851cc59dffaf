"""What a roster rests on changes: skills, desks, counters, rooms, hours, holidays."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from loket.jobs.models import Job
from loket.kernel.access import Actor
from loket.messaging.models import Message
from loket.organisation import services as organisation
from loket.organisation.models import Room
from loket.workforce import services as workforce
from loket.workforce.models import Counter, Skill, Turn
from loket.workforce.services.rosters import replanning
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, HALF, MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
SATURDAY = FRIDAY + timedelta(days=1)
SYSTEM = Actor.system("rosters")
TOUCHED, REPLAN = (f"loket.workforce.tasks.rosters.{n}" for n in ("replan_touched", "replan"))


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def draft(kelurahan, at):
    """Return a draft of a week of eight under a cap of half; nothing is published yet."""
    room = factory.office(kelurahan)
    factory.head(kelurahan)
    for account in factory.staff(kelurahan, 7, "counter"):
        factory.desk(account, room)
    factory.counter(kelurahan, "A", room=room, skill="counter", people=2)
    factory.law(HALF, {"kind": "pinned", "posts": ["structural"]})
    return workforce.plan(
        unit=kelurahan, starts_on=MONDAY, ends_on=SATURDAY, actor=SYSTEM, at=at
    )


@pytest.fixture
def office(draft, at):
    """Return the unit of a published roster."""
    workforce.publish(roster=draft, revision=1, actor=SYSTEM, at=at)
    Job.objects.all().delete()
    return draft.unit


def queued(task=REPLAN):
    return [job.arguments["kwargs"] for job in Job.objects.filter(task=task).order_by("pk")]


def at_a_counter(on):
    return Turn.objects.filter(on=on, counter__isnull=False).first().account


def take_skills(account, at):
    workforce.set_skills(account=account, skills=[], actor=SYSTEM, at=at)


def open_counter(unit, at):
    form = workforce.CounterForm(title="Loket B", skill="counter")
    return workforce.open_counter(
        unit=unit, code="B", form=form, starts_on=MONDAY, actor=SYSTEM, at=at
    )


def set_room(at, capacity):
    room = Room.objects.select_related("unit", "place").get()
    organisation.set_room(
        code=room.code, name="Ruang pelayanan", unit=room.unit, place=room.place,
        floor=room.floor, capacity=capacity, actor=SYSTEM, at=at,
    )  # fmt: skip


def test_lost_skills_queue_a_repair_that_fills_the_counter_otherwise(office, at):
    who = at_a_counter(MONDAY)
    take_skills(who, at)

    assert queued() == [{"unit": office.code, "cause": "skills"}]
    [draft] = replanning.replan(**{**queued()[0], "unit": office}, actor=SYSTEM, at=at)
    served = Turn.objects.filter(roster=draft, counter__isnull=False)
    assert served.filter(account=who).count() == 0
    assert served.filter(on=MONDAY).count() == 2
    [message] = Message.objects.filter(notice="roster_replanned")
    assert "What colleagues of" in message.body


def test_a_counter_that_opens_is_staffed_by_a_repair(office, at):
    counter = open_counter(office, at)

    assert queued() == [{"unit": office.code, "cause": "counter"}]
    [draft] = replanning.replan(unit=office, cause="counter", actor=SYSTEM, at=at)
    assert Turn.objects.filter(roster=draft, counter=counter).count() == 5


def test_a_counter_that_closes_or_needs_more_queues_a_repair(office, at):
    counter = Counter.objects.get()
    form = {"title": counter.title, "room": counter.room, "skill": "counter"}
    for change in ({"people": 3}, {"people": 2, "ends_on": TUESDAY}):
        workforce.change_counter(
            counter=counter, form=workforce.CounterForm(**form, **change), actor=SYSTEM, at=at
        )

    assert queued() == [{"unit": office.code, "cause": "counter"}]  # at one moment: once


def test_another_desk_and_a_smaller_room_queue_a_repair(office, at):
    who = Skill.objects.first().account
    other = factory.room(office, "R2")
    workforce.set_desks(account=who, rooms=[other], on=MONDAY, actor=SYSTEM, at=at)
    assert queued() == [{"unit": office.code, "cause": "desks"}]

    Job.objects.all().delete()
    Room.objects.filter(pk=other.pk).delete()
    set_room(at, 20)
    assert queued() == []  # another name seats nobody
    set_room(at, 2)
    assert queued() == [{"unit": office.code, "cause": "room"}]


def test_other_hours_of_the_office_queue_a_repair(office, at):
    hours = {day: [["08:00", "12:00"]] for day in "01234"}
    organisation.set_hours(unit=office, hours=hours, actor=SYSTEM, at=at)

    assert queued() == [{"unit": office.code, "cause": "office"}]


def test_a_holiday_queues_a_repair_that_keeps_everybody_at_home(office, elsewhere, at):
    organisation.set_day(
        unit=office, on=TUESDAY, kind="local_holiday", name="Hari kampung", source="Kepgub 1",
        actor=SYSTEM, at=at,
    )  # fmt: skip

    [asked] = queued(TOUCHED)
    assert asked["scopes"] == [office.path]
    assert replanning.replan_touched(**asked, actor=SYSTEM, at=at) == 1
    [draft] = replanning.replan(unit=office, cause=asked["cause"], actor=SYSTEM, at=at)
    assert Turn.objects.filter(roster=draft, on=TUESDAY).count() == 0
    assert Turn.objects.filter(roster=draft).exists()


def test_what_is_not_published_queues_nothing(draft, at):
    Job.objects.all().delete()
    take_skills(Skill.objects.first().account, at)
    open_counter(draft.unit, at)
    set_room(at, 2)

    assert queued() == []
