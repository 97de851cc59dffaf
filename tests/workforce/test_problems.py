"""What decides a roster, as it is read from the tables and the law."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from loket.workforce import queries
from loket.workforce.models import Roster, RosterDay, Turn
from loket.workforce.rules.problem import Need, Span
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, HALF, MONDAY, NEXT_MONDAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.django_db
LABEL = "Gubernur DKI Jakarta 9/SE/2026 (02-03-2026)"
SATURDAY = date(2026, 3, 14)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def room(kelurahan):
    return factory.office(kelurahan)


def asked(unit, at, since=MONDAY, until=SATURDAY, **more):
    return queries.problem_for(unit=unit, since=since, until=until, at=at, **more)


def stood(unit, account, *days, at):
    """Let turns hold, as if they had been published."""
    for on in days:
        roster, _ = Roster.objects.get_or_create(
            unit=unit, starts_on=on, ends_on=on + timedelta(days=1), state="published",
            defaults={"planned_at": at, "planned_by": "tests"},
        )  # fmt: skip
        RosterDay.objects.get_or_create(unit=unit, on=on, defaults={"roster": roster})
        Turn.objects.create(
            roster=roster, account=account, on=on, shift="", starts_at=at,
            ends_at=at + timedelta(hours=8), changed_at=at,
        )  # fmt: skip


def test_without_any_law_everybody_may_come_in_ordinary_hours(kelurahan, room, at):
    ani, bayu = factory.staff(kelurahan, 2, "counter")
    factory.counter(kelurahan, "A", room=room, skill="counter", weight=3)

    problem = asked(kelurahan, at)

    assert [day.on for day in problem.days] == [MONDAY + timedelta(days=n) for n in range(5)]
    day = problem.days[0]
    assert day.shifts == (Span("", time(7, 30), time(16)),)
    assert (day.most, day.most_at_once, day.least, day.rooms) == (None, None, 2, {})
    assert day.needs == (Need("A", "counter", 1, "", 3, room.code),)
    assert [m.key for m in problem.members] == sorted([ani.ref, bayu.ref])


def test_shares_become_people_and_are_cited(kelurahan, room, at):
    factory.staff(kelurahan, 10)
    factory.law(
        {"kind": "attendance", "max_share": "50%", "max_share_concurrent": "25%"},
        {"kind": "room", "max_share": "50%"},
        {"kind": "pinned", "posts": ["structural"]},
    )
    head = factory.head(kelurahan)
    factory.desk(head, room)

    problem = asked(kelurahan, at)

    day = problem.days[0]
    assert (day.most, day.most_at_once, day.rooms) == (5, 2, {room.code: 10})
    assert day.cited["most"] == (f"{LABEL}, 1",)
    assert day.cited[f"room:{room.code}"] == (f"{LABEL}, 2",)
    assert day.cited["pinned"] == (f"{LABEL}, 3",)
    [dewi] = [m for m in problem.members if m.key == head.ref]
    assert dewi.pinned == {day.on for day in problem.days}
    assert dewi.room == room.code


def test_a_minimum_yields_to_a_maximum(kelurahan, room, at):
    factory.staff(kelurahan, 9)
    factory.law({"kind": "attendance", "min_share": "50%"})
    factory.law({"kind": "attendance", "max_share_concurrent": "25%"}, number="10")

    assert {(d.least, d.most_at_once) for d in asked(kelurahan, at).days} == {(2, 2)}


def test_a_circular_that_begins_at_noon_holds_for_the_whole_shift(kelurahan, room, at):
    factory.staff(kelurahan, 10)
    factory.law(
        HALF,
        effective={"from": "2026-03-11T12:00:00+07:00", "through": date(2026, 3, 12)},
    )

    assert [day.most for day in asked(kelurahan, at).days] == [None, None, 5, 5, None]


def test_shifts_are_those_of_the_weekday(kelurahan, room, at):
    factory.staff(kelurahan, 4)
    hours = {"every_day": "07:00-12:30", "friday": "07:00-13:00"}
    later = {"every_day": "10:30-16:00", "friday": "10:30-16:30"}
    factory.law(
        {
            "kind": "shifts",
            "shifts": [{"name": "Sif 1", "hours": hours}, {"name": "Sif 2", "hours": later}],
        }
    )
    factory.counter(kelurahan, "A")

    days = asked(kelurahan, at).days

    assert days[4].shifts == (
        Span("Sif 1", time(7), time(13)),
        Span("Sif 2", time(10, 30), time(16, 30)),
    )
    assert [need.shift for need in days[0].needs] == ["Sif 1", "Sif 2"]


def test_public_counters_need_nobody_when_nobody_is_received(kelurahan, room, at):
    factory.staff(kelurahan, 3)
    factory.law({"kind": "counters", "state": "online_only"})
    factory.counter(kelurahan, "A")
    factory.counter(kelurahan, "B", is_public=False)

    assert {tuple(n.counter for n in d.needs) for d in asked(kelurahan, at).days} == {("B",)}


def test_counters_need_somebody_only_while_they_exist(kelurahan, room, at):
    factory.staff(kelurahan, 3)
    factory.counter(kelurahan, "A", starts_on=TUESDAY, ends_on=WEDNESDAY)

    needs = [len(day.needs) for day in asked(kelurahan, at).days]

    assert needs == [0, 1, 0, 0, 0]


def test_when_all_must_stay_at_home_those_who_are_pinned_may_come(kelurahan, room, at):
    factory.staff(kelurahan, 5)
    factory.head(kelurahan)
    factory.law(
        {"kind": "remote", "work": "required"}, {"kind": "pinned", "posts": ["kepala satpel"]}
    )

    problem = asked(kelurahan, at)

    assert {day.most for day in problem.days} == {1}
    assert sum(bool(m.pinned) for m in problem.members) == 1


def test_the_two_highest_levels_are_those_that_the_unit_has(kelurahan, room, at):
    factory.law({"kind": "pinned", "posts": ["two_highest_levels"]})
    for level in ("III.a", "IV.a", "IV.b", "IV.a", ""):
        factory.member(kelurahan, f"Level {level}", level=level)

    pinned = [m.key for m in asked(kelurahan, at).members if m.pinned]

    assert len(pinned) == 3


def test_who_must_stay_out_is_away_and_not_pinned(kelurahan, room, at):
    factory.law({"kind": "pinned", "posts": ["structural"]})
    head = factory.head(kelurahan)
    factory.away(head, TUESDAY, FRIDAY, "leave")

    [dewi] = asked(kelurahan, at).members

    assert sorted(dewi.pinned) == [MONDAY, FRIDAY]
    assert len(dewi.away) == 3


def test_the_elderly_stay_out_from_their_birthday_if_the_law_says_so(kelurahan, room, at):
    factory.member(kelurahan, "Old", born_on=date(1966, 3, 11))
    before = asked(kelurahan, at).members[0].away
    factory.law({"kind": "excused", "groups": ["elderly"], "elderly_from": 60})

    after = asked(kelurahan, at).members[0].away

    assert before == frozenset()
    assert sorted(after) == [WEDNESDAY, WEDNESDAY + timedelta(days=1), FRIDAY]


def test_who_joins_or_leaves_in_the_period_is_away_on_the_other_days(kelurahan, room, at):
    factory.member(kelurahan, "New", starts_on=WEDNESDAY)
    factory.staff(kelurahan, 3)
    factory.law(HALF)

    problem = asked(kelurahan, at)

    assert [day.most for day in problem.days] == [1, 1, 2, 2, 2]
    assert sorted(map(len, (m.away for m in problem.members))) == [0, 0, 0, 2]


def test_holidays_are_no_days(kelurahan, room, at):
    factory.staff(kelurahan, 1)

    problem = asked(kelurahan, at, NEXT_MONDAY, date(2026, 3, 21))

    assert [day.on.day for day in problem.days] == [16, 17]  # then joint leave, Nyepi, Eid


def test_turns_of_the_last_weeks_are_carried_and_absence_is_credited(kelurahan, room, at):
    ani, bayu, cahya = factory.staff(kelurahan, 3)
    days = [date(2026, 3, 2) + timedelta(days=n) for n in range(4)]
    stood(kelurahan, ani, *days, at=at)
    stood(kelurahan, bayu, *days[:2], at=at)
    stood(kelurahan, cahya, date(2026, 1, 5), at=at)  # before the eight weeks
    factory.away(cahya, days[0], days[-1] + timedelta(days=1))

    carried = {m.key: m.carried for m in asked(kelurahan, at).members}

    assert carried == {ani.ref: 4, bayu.ref: 2, cahya.ref: 3}  # 6 turns in 8 present days


def test_what_stands_is_what_people_were_told(kelurahan, room, at):
    [ani] = factory.staff(kelurahan, 1)
    stood(kelurahan, ani, MONDAY, at=at)

    assert [t.on for t in asked(kelurahan, at).published] == [MONDAY]
    assert asked(kelurahan, at, published=frozenset()).published == frozenset()


def test_nobody_is_planned_where_another_unit_has_them(kelurahan, elsewhere, room, at):
    [ani] = factory.staff(kelurahan, 1)
    stood(elsewhere, ani, TUESDAY, at=at)

    assert asked(kelurahan, at).members[0].away == {TUESDAY}


def test_an_open_closure_is_expected_to_end_when_it_first_may(kelurahan, room, at, system):
    from loket.policies import services as policies
    from tests.factories.policies import closure

    factory.staff(kelurahan, 4)
    factory.counter(kelurahan, "A")
    factory.counter(kelurahan, "B", is_public=False)
    policies.close(form=closure(), actor=system, at=at + timedelta(days=4, hours=0))

    problem = asked(kelurahan, at + timedelta(days=5), date(2026, 3, 6), SATURDAY)

    assert [(d.most, len(d.needs)) for d in problem.days][:3] == [(0, 0), (None, 2), (None, 2)]
    assert "most" in problem.days[0].cited


def test_many_units_take_as_many_queries_as_one(kelurahan, elsewhere, room, at):
    for unit in (kelurahan, elsewhere):
        factory.staff(unit, 3, "counter")
        factory.counter(unit, "A")
    queries.problem_for(unit=kelurahan, since=MONDAY, until=SATURDAY, at=at)
    with CaptureQueriesContext(connection) as counted:
        found = queries.problems_for(
            units=[kelurahan, elsewhere], since=MONDAY, until=SATURDAY, at=at
        )

    assert len(counted) == 8
    assert found[0] == asked(kelurahan, at)
