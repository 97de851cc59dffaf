"""Many offices on many days, and the times in which clocks stand still."""

from datetime import date, timedelta

from tests.policies.rules.law import (
    CITY,
    SOUTH,
    VILLAGE,
    at,
    book,
    circular,
    cited,
    clocks,
    closure,
    provision,
)

MONDAY = date(2020, 3, 30)
DAYS = tuple(MONDAY + timedelta(days=number) for number in range(4))
ONLINE = circular(
    "A", provision("counters", state="online_only"), since="2020-03-17", until="2020-04-01"
)


def test_a_board_has_a_row_for_each_unit_and_a_state_for_each_day():
    board = book(ONLINE).states([VILLAGE, SOUTH], DAYS)

    assert list(board) == [VILLAGE, SOUTH]
    assert board[VILLAGE] is board[SOUTH]
    assert [day.state.value for day in board[VILLAGE]] == [
        "online_only",
        "online_only",
        "open",
        "open",
    ]
    assert [clocks(day.hours.value) for day in board[VILLAGE]] == [
        [],
        [],
        ["07:30-16:00"],
        ["07:30-16:00"],
    ]
    assert board[VILLAGE][0].reopens_at.value == at("2020-04-01 07:30")


def test_a_day_on_which_an_office_closes_shows_it_and_the_hours_that_were_left():
    law = book(closure("2020-03-30 10:00", earliest="2020-03-31 12:00", units=[CITY],
                       reopened="2020-03-31 12:00"))  # fmt: skip

    monday, tuesday, wednesday = law.states([CITY], DAYS[:3])[CITY]
    assert (monday.state.value, clocks(monday.hours.value)) == ("closed", ["07:30-10:00"])
    assert (tuesday.state.value, clocks(tuesday.hours.value)) == ("closed", ["12:00-16:00"])
    assert monday.reopens_at.value == at("2020-03-31 12:00")
    assert wednesday.state.value == "open"


def test_an_office_that_opens_again_with_the_hours_in_force_was_not_shut_that_day():
    hours = provision("hours", hours={"every_day": ["08:00-13:30"]})
    law = book(
        circular("A", hours, since="2020-03-17"),
        closure("2020-03-30 10:00", earliest="2020-03-31 08:00", units=[CITY],
                reopened="2020-03-31 08:00"),
    )  # fmt: skip

    monday, tuesday = law.states([CITY], DAYS[:2])[CITY]
    assert (monday.state.value, clocks(monday.hours.value)) == ("closed", ["08:00-10:00"])
    assert (tuesday.state.value, clocks(tuesday.hours.value)) == ("open", ["08:00-13:30"])
    assert tuesday.reopens_at.value is None


def test_a_rule_that_ends_before_the_hours_in_force_does_not_touch_the_day():
    hours = provision("hours", hours={"every_day": ["10:00-12:00"]})
    law = book(
        circular("A", hours, since="2020-03-17"),
        circular("B", provision("counters", state="closed"),
                 since="2020-03-30 08:00", until="2020-03-30 09:00"),
        circular("C", provision("counters", state="online_only"),
                 since="2020-03-30 14:00", until="2020-03-31"),
    )  # fmt: skip

    [monday] = law.states([CITY], DAYS[:1])[CITY]
    assert (monday.state.value, clocks(monday.hours.value)) == ("open", ["10:00-12:00"])


def test_on_a_day_of_rest_the_strictest_of_the_whole_day_is_told():
    saturday = date(2020, 4, 4)
    law = book(circular("A", provision("counters", state="closed"),
                        since="2020-04-04 08:00", until="2020-04-04 09:00"))  # fmt: skip

    [day] = law.states([CITY], [saturday])[CITY]
    assert (day.state.value, day.hours.value) == ("closed", ())


def test_a_rule_that_begins_after_hours_does_not_touch_the_day():
    law = book(
        circular("A", provision("counters", state="closed"), since="2020-03-30 17:00"),
        circular("B", provision("room", max_share="50%"), since="2020-03-30 12:00"),
    )

    [monday] = law.states([CITY], DAYS[:1])[CITY]
    assert monday.state.value == "limited"
    assert cited(monday.state) == ["B"]
    assert clocks(monday.hours.value) == ["07:30-16:00"]


def test_reopening_is_told_only_of_counters_that_are_shut():
    law = book(ONLINE)

    assert law.reopening(VILLAGE, after=at("2020-03-30")) == at("2020-04-01 07:30")
    assert law.reopening(VILLAGE, after=at("2020-04-01")) is None


def test_boundaries_are_those_of_the_unit_and_the_service():
    law = book(
        ONLINE,
        circular(
            "B",
            provision("suspension", scope={"services": ["ktp-new"], "units": [CITY]}),
            since="2020-03-20",
            until="2020-03-24",
        ),
    )

    def found(unit, service=""):
        since, until = at("2020-03-17"), at("2020-04-01")
        return law.boundaries(unit, service=service, since=since, until=until)

    assert found(CITY) == found(SOUTH, "ktp-new") == (at("2020-03-17"),)
    assert found(CITY, "ktp-new") == tuple(
        at(day) for day in ("2020-03-17", "2020-03-20", "2020-03-24")
    )


def test_suspensions_are_joined_where_nothing_changes_but_something_else():
    law = book(
        circular(
            "A", provision("clock", suspended=True), since="2020-03-17", until="2020-04-01"
        ),
        circular("B", provision("room", max_share="50%"), since="2020-03-20"),
        closure("2020-04-01", earliest="2020-04-04 07:30", units=[CITY]),
    )

    first, second = law.suspensions(CITY)
    assert (first.starts_at, first.ends_at, first.because[0].number) == (
        at("2020-03-17"),
        at("2020-04-01"),
        "A",
    )
    assert (second.starts_at, second.ends_at) == (at("2020-04-01"), None)
    assert second.expected_at == at("2020-04-04 07:30")
    assert law.suspensions(CITY, since=at("2020-04-01")) == (second,)
    assert law.suspensions(CITY, until=at("2020-04-01")) == (first,)
    assert law.suspensions(SOUTH) == (first,)


def test_a_suspension_until_evaluated_is_not_expected_to_end():
    law = book(circular("A", provision("clock", suspended=True), since="2020-03-17"))

    [suspension] = law.suspensions(CITY)
    assert (suspension.ends_at, suspension.expected_at) == (None, None)


def test_extensions_are_told_with_their_days():
    law = book(
        circular(
            "A", provision("clock", extended_by=5), since="2020-03-17", until="2020-04-01"
        ),
        circular(
            "B",
            provision("clock", extended_by=10, scope={"services": ["birth"]}),
            since="2020-03-20",
            until="2020-03-24",
        ),
    )

    assert [e.working_days for e in law.extensions(CITY)] == [5]
    assert [(e.starts_at, e.working_days) for e in law.extensions(CITY, "birth")] == [
        (at("2020-03-17"), 5),
        (at("2020-03-20"), 10),
        (at("2020-03-24"), 5),
    ]


def test_all_that_is_in_force_can_be_listed():
    law = book(ONLINE, circular("B", provision("remote", work="allowed"), since="2020-03-30"))

    assert sorted(e.because.number for e in law.effects_at(CITY, at=at("2020-03-30"))) == [
        "A",
        "B",
    ]
    assert law.class_of(CITY) == law.class_of(SOUTH) != law.class_of("31-DUKCAPIL")
