"""Closed offices, and when they receive the public again."""

import pytest

from loket.policies.rules import closing
from tests.policies.rules.law import (
    ARCHIVE,
    CITY,
    DISTRICT,
    JAKARTA,
    PROVINCE,
    ROOM,
    VILLAGE,
    ask,
    at,
    book,
    circular,
    cited,
    closure,
    provision,
    state,
)

TUESDAY = "2020-09-22 10:00"


def shut(since="2020-09-20", earliest="2020-09-23 07:30", **more):
    return closure(since, earliest=earliest, **more)


def test_a_closed_office_goes_on_online_and_from_home():
    answer = ask(book(shut(units=[CITY])), TUESDAY)

    assert answer.counters.state.value == "closed"
    assert answer.counters.hours.value == ()
    assert answer.services.channels.value == ("web",)
    assert answer.attendance.remote.value == "required"
    assert answer.clock.suspended.value is True
    [because] = answer.counters.state.because
    assert (because.is_closure, because.reason, because.article, because.ends_at) == (
        True,
        "positive_case",
        "Pergub 88/2020 art. 9(2)f",
        None,
    )


def test_a_closure_beats_the_narrowest_and_latest_circular():
    law = book(
        shut(units=[PROVINCE]),
        circular(
            "A",
            provision("counters", state="open", scope={"room": "R-1001"}),
            provision("remote", work="allowed", scope={"units": [VILLAGE]}),
            since="2020-09-21",
            on="2020-09-21",
        ),
    )

    answer = ask(law, TUESDAY, room="R-1001")
    assert answer.counters.state.value == "closed"
    assert answer.attendance.remote.value == "required"
    assert answer.disputes == ()


def test_what_stays_open_goes_by_the_ordinary_rules():
    law = book(
        shut(units=[CITY], stays_open=[{"units": [VILLAGE]}, {"services": ["death"]}]),
        circular("A", provision("counters", state="limited"), since="2020-09-01"),
    )

    assert state(law, TUESDAY, DISTRICT) == "closed"
    assert state(law, TUESDAY, VILLAGE) == "limited"
    assert state(law, TUESDAY, DISTRICT, service="death") == "limited"
    assert ask(law, TUESDAY, VILLAGE).clock.suspended.value is False


def test_a_building_closes_all_offices_in_it_but_a_post():
    law = book(shut(place="B-31.71", stays_open=[{"room": ROOM}]))

    assert state(law, TUESDAY, CITY) == "closed"
    assert state(law, TUESDAY, "31.71-DUKCAPIL") == "closed"
    assert state(law, TUESDAY, CITY, room=ARCHIVE) == "closed"
    assert state(law, TUESDAY, CITY, room=ROOM) == "open"
    assert state(law, TUESDAY, DISTRICT) == "open"


def test_a_floor_closes_its_units_and_its_rooms():
    law = book(shut(place="B-31.71", floor="2"))

    assert state(law, TUESDAY, CITY) == "open"
    assert state(law, TUESDAY, CITY, room=ARCHIVE) == "closed"


def test_a_room_closes_a_unit_that_has_no_other():
    assert state(book(shut(room="R-1001")), TUESDAY, VILLAGE) == "closed"
    assert state(book(shut(room=ROOM)), TUESDAY, CITY) == "open"
    assert state(book(shut(room=ROOM)), TUESDAY, CITY, room=ROOM) == "closed"


def test_a_reopened_office_is_open_from_that_moment():
    law = book(shut(units=[CITY], reopened="2020-09-23 07:30"))

    assert state(law, "2020-09-23 07:29") == "closed"
    assert state(law, "2020-09-23 07:30") == "open"


def test_an_open_closure_reopens_at_the_earliest_while_that_is_to_come():
    law = book(shut(units=[CITY]))

    assert ask(law, "2020-09-23 07:29").reopens_at.value == at("2020-09-23 07:30")
    assert cited(ask(law, "2020-09-23 07:29").reopens_at) == ["closure C1"]
    assert ask(law, "2020-09-23 07:30").reopens_at.value is None
    assert state(law, "2020-09-23 07:30") == "closed"
    assert ask(law, "2020-09-19 10:00").reopens_at.value is None


def test_after_a_closure_a_circular_may_still_keep_the_counters_shut():
    law = book(
        shut(units=[CITY]),
        circular(
            "A", provision("counters", state="online_only"), since="2020-09-21",
            until="2020-09-26",
        ),
        circular(
            "B", provision("hours", hours={"monday": ["09:00-12:00"]}), since="2020-09-01"
        ),
    )  # fmt: skip

    answer = ask(law, TUESDAY)
    # The 26th is a Saturday; on Monday the hours of the other circular hold.
    assert answer.reopens_at.value == at("2020-09-28 09:00")
    assert cited(answer.counters.state) == ["closure C1"]
    assert cited(answer.reopens_at) == ["A"]


def test_overlapping_circulars_are_walked_through_to_the_end():
    def online(number, since, until):
        said = provision("counters", state="online_only")
        return circular(number, said, since=since, until=until)

    law = book(
        online("A", "2020-03-17", "2020-04-01"),
        online("B", "2020-03-30", "2020-04-14"),
        online("C", "2020-04-14", "2020-04-20"),
    )

    assert ask(law, "2020-03-20 10:00").reopens_at.value == at("2020-04-20 07:30")
    assert cited(ask(law, "2020-03-20 10:00").reopens_at) == ["C"]


def test_a_gap_of_one_sunday_is_no_reopening():
    def online(number, since, until):
        said = provision("counters", state="online_only")
        return circular(number, said, since=since, until=until)

    law = book(online("A", "2020-03-17", "2020-03-28"), online("B", "2020-03-30", "2020-04-02"))

    assert ask(law, "2020-03-20 10:00").reopens_at.value == at("2020-04-02 07:30")


def test_reopening_skips_holidays_and_cuts_into_running_hours():
    said = provision("counters", state="online_only")
    until_nyepi = circular("A", said, since="2020-03-17", until="2020-03-25")
    until_ten = circular("B", said, since="2020-03-17", until="2020-03-24 10:00")

    assert ask(book(until_nyepi), "2020-03-20").reopens_at.value == at("2020-03-26 07:30")
    assert ask(book(until_ten), "2020-03-20").reopens_at.value == at("2020-03-24 10:00")


def test_nobody_knows_when_what_is_until_evaluated_ends():
    law = book(circular("A", provision("counters", state="closed"), since="2020-03-17"))

    assert ask(law, "2020-03-20").reopens_at.value is None
    assert cited(ask(law, "2020-03-20").reopens_at) == ["A"]


def test_a_narrower_rule_that_opens_ends_the_wait():
    law = book(
        circular("A", provision("counters", state="online_only"), since="2020-03-17"),
        circular(
            "B",
            provision("counters", state="limited", scope={"units": [VILLAGE]}),
            since="2020-03-26",
            until="2020-04-03",
        ),
    )

    assert ask(law, "2020-03-20").reopens_at.value == at("2020-03-26 07:30")
    assert ask(law, "2020-04-03", VILLAGE).reopens_at.value is None


def test_a_unit_without_hours_opens_when_a_working_day_begins():
    law = book(
        circular(
            "A", provision("counters", state="closed"), since="2020-03-17", until="2020-03-21"
        )
    )

    answer = ask(law, "2020-03-20", "31-DUKCAPIL")
    assert answer.counters.hours.value == ()
    assert answer.reopens_at.value == at("2020-03-23")


@pytest.mark.parametrize(
    ("reason", "since", "over"),
    [
        ("positive_case", "2020-09-20", "2020-09-23"),
        ("positive_case", "2020-09-20 15:00", "2020-09-23"),
        ("positive_case", "2020-09-20 23:59", "2020-09-23"),
        ("flood", "2020-09-20 15:00", "2020-09-20 15:00"),
        ("other", "2020-09-20", "2020-09-20"),
    ],
)
def test_the_minimum_counts_the_first_day_whole(reason, since, over):
    assert closing.over_at(reason, at(since), JAKARTA) == at(over)


@pytest.mark.parametrize(
    ("since", "opens"),
    [
        ("2020-09-20", "2020-09-23 07:30"),
        ("2020-03-22", "2020-03-26 07:30"),
        ("2020-03-24 09:00", "2020-03-27 07:30"),
        ("2020-03-25", "2020-03-30 07:30"),
    ],
)
def test_the_earliest_reopening_is_by_the_calendar_of_the_office(since, opens):
    found = closing.earliest("positive_case", starts_at=at(since), book=book(), units=[CITY])

    assert found == at(opens)


def test_the_earliest_reopening_leaves_closures_and_circulars_on_counters_out():
    law = book(
        shut(units=[CITY]),
        circular("A", provision("counters", state="closed"), since="2020-09-01"),
        circular(
            "B", provision("hours", hours={"every_day": ["10:00-12:00"]}), since="2020-09-01"
        ),
    )
    found = closing.earliest(
        "positive_case", starts_at=at("2020-09-20"), book=law, units=[CITY, VILLAGE]
    )

    assert found == at("2020-09-23 10:00")


def test_reasons_say_what_they_require():
    assert {reason: rule.requires for reason, rule in closing.REASONS.items()} == {
        "positive_case": ("disinfection", "tracing"),
        "flood": ("safety_check",),
        "fire": ("safety_check",),
        "blackout": (),
        "unrest": ("safety_check",),
        "other": (),
    }
