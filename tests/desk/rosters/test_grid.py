"""What stands in the cells of a roster, and how its days end."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from loket.desk.rosters import grid
from loket.desk.rosters.grid import Facts, Person, Sit
from loket.workforce.rules.problem import Day, Need, Span

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
OFFICE = Span("", time(7, 30), time(16))
PEOPLE = (
    Person("account:1", "ani", "Ani"),
    Person("account:2", "beni", "Beni"),
    Person("account:3", "cici", "Cici"),
)


def day(on: date, **facts) -> Day:
    return Day(on, (OFFICE,), **facts)


def made(**changes) -> Facts:
    """Return two days of three people: Ani at the counter on Monday, Beni away."""
    needs = (Need("L1", "counter", 1), Need("L2", "", 2))
    plain = {
        "people": PEOPLE,
        "days": {MONDAY: day(MONDAY, needs=needs, most=2), MONDAY + DAY: day(MONDAY + DAY)},
        "closed": {MONDAY + 2 * DAY: "Hari Guru"},
        "sits": {("account:1", MONDAY): Sit("account:1", MONDAY, "", "L1")},
        "told": {},
        "known": frozenset(),
        "absent": {("account:2", MONDAY): "home", ("account:3", MONDAY): "leave"},
        "counters": {"L1": "Loket 1", "L2": "Loket 2"},
    }
    return Facts(**plain | changes)


def board(facts: Facts, *, today: date = MONDAY, since: date | None = None) -> grid.Board:
    return grid.board(facts, since=since, today=today, may_change=True)


def test_cells_say_who_is_where():
    states = {row.person.name: [c.state for c in row.cells] for row in board(made()).rows}
    assert states == {
        "Ani": ["office", "home", "holiday"],
        "Beni": ["away", "home", "holiday"],
        "Cici": ["leave", "home", "holiday"],
    }


def test_only_who_can_come_can_be_changed_and_only_from_today_on():
    may = {row.person.name: [c.may_change for c in row.cells] for row in board(made()).rows}
    assert may == {
        "Ani": [True, True, False],
        "Beni": [False, True, False],
        "Cici": [False, True, False],
    }
    later = board(made(), today=MONDAY + DAY)
    assert [cell.may_change for cell in later.rows[0].cells] == [False, True, False]


def test_somebody_away_who_still_has_a_turn_can_be_taken_out():
    sits = {("account:2", MONDAY): Sit("account:2", MONDAY, "", "")}
    cell = board(made(sits=sits)).rows[1].cells[0]
    assert (cell.state, cell.may_change) == ("office", True)


def test_the_foot_counts_who_comes_and_what_is_met():
    first, second, third = board(made()).columns
    assert (first.present, first.needed, first.met) == (1, 3, 1)
    assert [(lack.need.counter, lack.there, lack.missing) for lack in first.lacks] == [
        ("L2", 0, 2)
    ]
    assert (second.present, second.needed, second.is_lacking) == (0, 0, False)
    assert (third.closed, third.day) == ("Hari Guru", None)


@pytest.mark.parametrize(
    ("least", "most", "beyond", "below"),
    [(0, None, False, False), (0, 0, True, False), (2, 5, False, True), (1, 1, False, False)],
)
def test_a_day_says_when_too_many_or_too_few_come(least, most, beyond, below):
    days = {MONDAY: day(MONDAY, least=least, most=most)}
    column = board(made(days=days)).columns[0]
    assert (column.is_beyond, column.is_below) == (beyond, below)


def test_changes_are_told_against_what_was_published():
    told = {("account:2", MONDAY): Sit("account:2", MONDAY, "", "L2")}
    facts = made(told=told, known=frozenset({MONDAY}))
    found = grid.differences(facts)
    assert [
        (d.person.name, d.was and d.was.counter, d.now and d.now.counter) for d in found
    ] == [
        ("Ani", None, "L1"),
        ("Beni", "L2", None),
    ]
    assert [row.cells[0].is_changed for row in board(facts).rows] == [True, True, False]


def test_days_that_were_never_published_are_no_changes():
    assert grid.differences(made(known=frozenset({MONDAY + DAY}))) == ()


def test_days_of_another_roster_are_told_and_left_alone():
    column, *_rest = board(made(replaced=frozenset({MONDAY}))).columns
    assert (column.is_replaced, column.is_over) == (True, True)


def test_who_was_kept_at_home_by_hand_is_locked():
    facts = made(kept=frozenset({("account:1", MONDAY + DAY)}))
    assert [cell.is_locked for cell in board(facts).rows[0].cells] == [False, True, False]


def test_long_rosters_are_shown_in_pages_of_whole_weeks():
    days = {MONDAY + n * DAY: day(MONDAY + n * DAY) for n in range(26) if n % 7 < 5}
    many = tuple(Person(f"account:{n}", f"p{n}", f"P{n}") for n in range(120))
    facts = made(days=days, closed={}, people=many, sits={})
    assert [len(page) for page in grid.pages(sorted(days), 120)] == [10, 10]
    first = board(facts)
    assert (first.before, first.after) == (None, MONDAY + 14 * DAY)
    second = board(facts, since=MONDAY + 14 * DAY)
    assert (second.before, second.after) == (MONDAY, None)
    assert [on for on, _width in second.weeks] == [MONDAY + 14 * DAY, MONDAY + 21 * DAY]


def test_a_day_beyond_the_roster_shows_its_beginning():
    assert board(made(), today=date(2027, 1, 4)).columns[0].on == MONDAY


def test_a_roster_without_days_is_an_empty_board():
    empty = board(made(days={}, closed={}, sits={}))
    assert (empty.columns, [row.cells for row in empty.rows]) == ((), [(), (), ()])
