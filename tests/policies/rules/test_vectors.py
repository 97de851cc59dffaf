"""The cases of the history that the work began with, each by hand."""

from loket.policies.rules import closing, shares
from tests.policies.rules.law import (
    CITY,
    COUNTER,
    PROVINCE,
    VILLAGE,
    ask,
    at,
    book,
    circular,
    cited,
    clocks,
    closure,
    provision,
)

GOVERNOR = circular(
    "02/SE/2020",
    provision("counters", state="online_only", scope={"units": [PROVINCE]}, article="1"),
    provision("channels", channels=["web", "whatsapp", "phone"], article="2"),
    provision("pinned", posts=["structural"], article="3"),
    provision("remote", work="allowed", article="4"),
    since="2020-03-17",
    until="2020-04-01",
)
REGISTRY = circular(
    "Dukcapil",
    provision("counters", state="online_only", scope={"units": ["31-DUKCAPIL"]}),
    issuer="Kadis Dukcapil",
    on="2020-03-22",
    since="2020-03-23",
    until="2020-04-03",
)
SECRETARY = circular(
    "62/SE/2020",
    provision("attendance", min_share="50%", article="1"),
    provision(
        "shifts",
        article="2",
        shifts=[
            {"name": "1", "hours": {"every_day": "07:00-12:30", "friday": "07:00-13:00"}},
            {"name": "2", "hours": {"every_day": "10:30-16:00", "friday": "10:30-16:30"}},
        ],
    ),
    provision("reporting", duties=["same_day"], article="3"),
    issuer="Sekda",
    on="2020-09-02",
    since="2020-09-03",
)
PERSONNEL = circular(
    "BKD",
    provision("attendance", max_share_concurrent="25%", article="1"),
    provision(
        "shifts", article="2", shifts=[{"name": "1", "hours": {"every_day": "08:00-13:30"}}]
    ),
    issuer="BKD",
    on="2020-09-14",
    since="2020-09-14",
)


def test_1_the_governor_moves_all_counters_online():
    answer = ask(book(GOVERNOR, REGISTRY), "2020-03-20 10:00")

    assert answer.counters.state.value == "online_only"
    assert cited(answer.counters.state) == ["02/SE/2020"]
    assert answer.counters.hours.value == ()
    assert answer.services.channels.value == ("web", "whatsapp", "phone")
    assert answer.attendance.pinned.value == ("structural",)
    assert answer.attendance.remote.value == "allowed"
    assert answer.reopens_at.value == at("2020-04-01 07:30")


def test_2_the_registry_goes_on_one_day_longer():
    law = book(GOVERNOR, REGISTRY)

    answer = ask(law, "2020-04-01 10:00", COUNTER)
    assert answer.counters.state.value == "online_only"
    assert cited(answer.counters.state) == ["Dukcapil"]
    assert answer.reopens_at.value == at("2020-04-03 07:30")
    assert ask(law, "2020-04-01 10:00", VILLAGE).counters.state.value == "open"
    assert ask(law, "2020-04-03 10:00", COUNTER).counters.state.value == "open"


def test_2_before_that_day_the_reopening_already_walks_on():
    answer = ask(book(GOVERNOR, REGISTRY), "2020-03-20 10:00", COUNTER)

    assert answer.reopens_at.value == at("2020-04-03 07:30")
    assert cited(answer.reopens_at) == ["Dukcapil"]


def test_3_three_times_24_hours_from_a_sunday_is_wednesday_morning():
    law = book()
    found = closing.earliest(
        "positive_case", starts_at=at("2020-09-20 14:00"), book=law, units=[CITY]
    )

    assert found == at("2020-09-23 07:30")
    shut = book(closure("2020-09-20", earliest="2020-09-23 07:30", units=[CITY]))
    assert ask(shut, "2020-09-22 10:00", CITY).reopens_at.value == found
    assert ask(shut, "2020-09-22 10:00", CITY).clock.suspended.value is True


def test_4_half_of_40_at_least_in_two_shifts():
    answer = ask(book(SECRETARY), "2020-09-10 10:00")

    assert shares.at_least(answer.attendance.min_share.value, 40) == 20
    assert [str(shift.hours) for shift in answer.attendance.shifts.value] == [
        "07:00-12:30",
        "10:30-16:00",
    ]
    assert answer.attendance.reporting.value == ("same_day",)


def test_4_friday_is_longer():
    answer = ask(book(SECRETARY), "2020-09-11 10:00")

    assert clocks(shift.hours for shift in answer.attendance.shifts.value) == [
        "07:00-13:00",
        "10:30-16:30",
    ]


def test_5_a_quarter_of_40_at_the_same_time():
    answer = ask(book(SECRETARY, PERSONNEL), "2020-09-22 10:00")

    assert shares.at_most(answer.attendance.max_share_concurrent.value, 40) == 10
    assert answer.attendance.min_share.value is not None
    assert clocks(shift.hours for shift in answer.attendance.shifts.value) == ["08:00-13:30"]
    assert [d.part for d in answer.disputes] == ["attendance.shifts"]


def test_13_half_of_a_room_of_20_is_10():
    law = book(circular("19", provision("room", max_share="50%"), since="2020-06-05"))

    answer = ask(law, "2020-06-19 10:00", room="R-1001")
    assert answer.rooms.max_people.value == 10
    assert answer.counters.state.value == "limited"
    assert cited(answer.counters.state) == ["19"]
