"""Hours that name a day on which offices are ordinarily shut open them on that day."""

from dataclasses import replace
from datetime import date

import pytest

from loket.policies.rules.resolving import Book
from tests.policies.rules.law import (
    HOLIDAYS,
    UNITS,
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

SATURDAY, SUNDAY, MONDAY = date(2020, 3, 21), date(2020, 3, 22), date(2020, 3, 23)
EXTRA = circular(
    "A", provision("hours", hours={"saturday": ["08:00-12:00"]}), since="2020-03-17"
)


def hours(law, moment):
    return clocks(ask(law, moment).counters.hours.value)


def test_a_named_saturday_opens_the_counters_and_cites_who_named_it():
    found = ask(book(EXTRA), "2020-03-21 10:00").counters

    assert (found.state.value, clocks(found.hours.value)) == ("open", ["08:00-12:00"])
    assert cited(found.hours) == ["A"]
    assert hours(book(EXTRA), "2020-03-22 10:00") == []
    assert hours(book(EXTRA), "2020-03-23 10:00") == ["07:30-16:00"]
    assert hours(book(), "2020-03-21 10:00") == []


@pytest.mark.parametrize(
    "written", [{"every_day": ["08:00-12:00"]}, {"saturday": []}, {"sunday": ["08:00-12:00"]}]
)
def test_who_does_not_name_it_leaves_the_saturday_as_it_is(written):
    law = book(circular("A", provision("hours", hours=written), since="2020-03-17"))

    assert hours(law, "2020-03-21 10:00") == []


def test_every_day_does_not_take_a_named_saturday_away():
    later = provision("hours", hours={"every_day": ["09:00-11:00"]}, scope={"units": [VILLAGE]})
    law = book(EXTRA, circular("B", later, since="2020-03-18", on="2020-03-18"))

    assert hours(law, "2020-03-20 10:00") == ["09:00-11:00"]
    assert hours(law, "2020-03-21 10:00") == ["08:00-12:00"]


def test_a_later_empty_saturday_does():
    later = circular(
        "B", provision("hours", hours={"saturday": []}), since="2020-03-18", on="2020-03-18"
    )

    assert hours(book(EXTRA, later), "2020-03-21 10:00") == []


def test_two_that_name_it_differently_are_disputed():
    other = provision("hours", hours={"saturday": ["08:00-11:00"]})
    law = book(EXTRA, circular("B", other, since="2020-03-17", on="2020-03-17"))

    [dispute] = ask(law, "2020-03-21 10:00").disputes
    assert (dispute.part, dispute.holds.number, dispute.rule) == (
        "counters.hours",
        "B",
        "later",
    )
    assert ask(law, "2020-03-20 10:00").disputes == ()


def test_a_public_holiday_stays_one_though_its_weekday_is_named():
    nyepi = provision("hours", hours={"wednesday": ["08:00-12:00"]})
    law = book(circular("A", nyepi, since="2020-03-17"))

    assert hours(law, "2020-03-25 10:00") == []
    assert hours(law, "2020-04-01 10:00") == ["08:00-12:00"]


def test_counters_that_are_shut_stay_shut():
    online = circular("B", provision("counters", state="online_only"), since="2020-03-17")

    assert hours(book(EXTRA, online), "2020-03-21 10:00") == []


def test_it_opens_again_on_a_named_saturday():
    online = circular(
        "B", provision("counters", state="online_only"), since="2020-03-17", until="2020-03-21"
    )

    found = ask(book(EXTRA, online), "2020-03-19 10:00").reopens_at
    assert found.value == at("2020-03-21 08:00")
    assert ask(book(online), "2020-03-19 10:00").reopens_at.value == at("2020-03-23 07:30")


def test_a_closure_may_end_on_a_named_saturday():
    shut = closure("2020-03-18", earliest="2020-03-21", units=[VILLAGE])

    found = ask(book(EXTRA, shut), "2020-03-19 10:00").reopens_at
    assert found.value == at("2020-03-21 08:00")
    assert book(EXTRA).opening_at_or_after(VILLAGE, at("2020-03-20 16:00")) == found.value


def test_the_board_shows_the_hours_of_that_day():
    board = book(EXTRA).states([VILLAGE], [SATURDAY, SUNDAY, MONDAY])[VILLAGE]

    assert [clocks(day.hours.value) for day in board] == [["08:00-12:00"], [], ["07:30-16:00"]]


def test_the_board_measures_that_day_by_its_hours():
    early = closure("2020-03-20 10:00", earliest="2020-03-21", reopened="2020-03-21 08:00",
                    units=[VILLAGE])  # fmt: skip
    late = closure("2020-03-21 11:00", earliest="2020-03-22", units=[VILLAGE], code="C2")

    [open_day] = book(EXTRA, early).states([VILLAGE], [SATURDAY])[VILLAGE]
    assert (open_day.state.value, clocks(open_day.hours.value)) == ("open", ["08:00-12:00"])
    [cut] = book(EXTRA, late).states([VILLAGE], [SATURDAY])[VILLAGE]
    assert (cut.state.value, clocks(cut.hours.value)) == ("closed", ["08:00-11:00"])


def test_staff_shifts_are_not_widened_to_that_day():
    shifts = [{"name": "1", "hours": {"every_day": "07:00-12:30"}}]
    law = book(EXTRA, circular("B", provision("shifts", shifts=shifts), since="2020-03-17"))

    assert ask(law, "2020-03-21 10:00").attendance.shifts.value == ()


def test_a_unit_without_hours_of_its_own_has_those_of_the_named_day():
    bare = replace(UNITS[0], hours=())
    law = Book.build(effects=book(EXTRA).effects, units=[bare], calendars={"": HOLIDAYS})

    found = law.in_force(bare.code, at=at("2020-03-21 10:00")).counters.hours.value
    assert clocks(found) == ["08:00-12:00"]
    assert law.opening_at_or_after(bare.code, at("2020-03-22")) == at("2020-03-23")
