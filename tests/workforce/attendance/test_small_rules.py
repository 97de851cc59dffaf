"""Which day, which door, how far, how odd, and what a phone may claim."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.workforce.rules.attendance import claims, doors, hints, spots
from loket.workforce.rules.attendance.days import day_of

from .test_judging import NIGHT, ORDINARY, when

MONDAY, TUESDAY = date(2020, 9, 21), date(2020, 9, 22)
BOTH = {MONDAY: NIGHT}


@pytest.mark.parametrize(
    ("moment", "kind", "turns", "open_since", "on"),
    [
        (when("07:20"), "in", {MONDAY: ORDINARY}, None, MONDAY),
        (when("07:20"), "in", {}, None, MONDAY),
        (when("00:40", 22), "in", BOTH, None, MONDAY),
        (when("06:01", 22), "out", BOTH, when("21:50"), MONDAY),
        (when("06:01", 22), "out", {}, when("21:50"), MONDAY),
        (when("14:00", 22), "out", BOTH, None, TUESDAY),
        (when("23:50", 20), "in", {MONDAY: NIGHT}, None, date(2020, 9, 20)),
        (when("07:40", 22), "out", {}, when("07:30"), TUESDAY),
        (when("18:30"), "in", BOTH, None, MONDAY),
    ],
)
def test_clocking_belongs_to_the_day_the_shift_began(
    moment, kind, turns, open_since, on
) -> None:
    assert day_of(moment, kind, turns=turns, open_since=open_since) == on


def test_turn_that_begins_at_midnight_is_tomorrows() -> None:
    turn = NIGHT.__class__(when("00:00", 22), when("08:00", 22))
    assert day_of(when("23:45"), "in", turns={TUESDAY: turn}) == TUESDAY


AT = datetime(2026, 3, 2, 0, 31, 40, tzinfo=UTC)
SECRET = b"a secret of this test"


def test_door_takes_this_minute_and_the_one_before() -> None:
    minute = doors.minute_of(AT)
    typed = {n: doors.code(SECRET, "G-1", minute + n) for n in (-2, -1, 0, 1)}
    found = {n: doors.opened(SECRET, code, ["G-2", "G-1"], at=AT) for n, code in typed.items()}
    assert found == {-2: "", -1: "G-1", 0: "G-1", 1: ""}


def test_door_takes_a_code_as_people_type_it() -> None:
    code = doors.code(SECRET, "G-1", doors.minute_of(AT))
    assert doors.opened(SECRET, f" {code[:3]} {code[3:]}", ["G-1"], at=AT) == "G-1"
    assert doors.opened(SECRET, "", ["G-1"], at=AT) == ""
    assert len({doors.code(SECRET, place, 7) for place in ("a", "b", "c")}) == 3


@given(st.integers(0, 10**8))
def test_code_has_six_digits(minute: int) -> None:
    code = doors.code(SECRET, "G-1", minute)
    assert len(code) == 6
    assert code.isdecimal()


@pytest.mark.parametrize(
    ("metres", "accuracy", "is_in"),
    [(100, None, True), (101, None, False), (140, 40, True), (141, 40, False), (300, 5000, True),
     (301, 5000, False)],
)  # fmt: skip
def test_doubt_of_the_phone_is_granted_up_to_a_bound(metres, accuracy, is_in) -> None:
    assert spots.is_within(metres, accuracy, radius=100) is is_in


def test_nearest_place_counts() -> None:
    places = {"G-1": (-6.2, 106.8), "G-2": (-6.28, 106.83)}
    found = spots.nearest((-6.2801, 106.8301), places)
    assert (found.place, found.metres) == ("G-2", 16)
    assert spots.nearest((-6.2, 106.8), {}) is None


def fix(latitude=-6.28, longitude=106.83, accuracy=12, after=0) -> hints.Fix:
    return hints.Fix(latitude, longitude, accuracy, AT + timedelta(minutes=after))


@pytest.mark.parametrize(
    ("now", "past", "found"),
    [
        (fix(after=60), [], ()),
        (fix(accuracy=0), [], ("exact",)),
        (fix(accuracy=900), [], ("coarse",)),
        (fix(after=60), [fix()], ("same_point",)),
        (fix(-6.2800001, after=60), [fix()], ()),
        (fix(-6.9, after=5), [fix()], ("too_fast",)),
        (fix(-6.9, after=60), [fix()], ()),
        (fix(-6.281, after=60), [fix(-6.28 + n / 1e5) for n in range(5)], ("steady",)),
        (fix(-6.281, accuracy=13, after=60), [fix(-6.28 + n / 1e5) for n in range(5)], ()),
    ],
)
def test_what_looks_odd_is_flagged(now, past, found) -> None:
    assert hints.odd(now, past=past, fixed_at=None, claimed_at=None) == found


def test_place_found_long_before_is_flagged() -> None:
    old = AT - timedelta(minutes=3)
    assert hints.odd(fix(), past=[], fixed_at=old, claimed_at=AT) == ("old_point",)
    assert hints.odd(fix(), past=[], fixed_at=AT, claimed_at=AT) == ()


def test_claim_is_freed_of_a_wrong_clock() -> None:
    ahead = timedelta(hours=2)
    skew = claims.skew(AT + ahead, AT)
    pressed = claims.pressed_at(AT + ahead - timedelta(minutes=40), skew, AT)
    assert (skew, pressed) == (7200, AT - timedelta(minutes=40))
    assert claims.pressed_at(AT + ahead, 0, AT) == AT
    assert claims.pressed_at(None, skew, AT) is None


@pytest.mark.parametrize(
    ("minutes_ago", "contact_ago", "is_possible"),
    [(40, 60, True), (60, 60, True), (62, 60, False), (0, 60, True), (40, None, False)],
)
def test_claim_lies_between_the_last_word_and_the_receipt(
    minutes_ago, contact_ago, is_possible
) -> None:
    contact = None if contact_ago is None else AT - timedelta(minutes=contact_ago)
    pressed = AT - timedelta(minutes=minutes_ago)
    found = claims.is_possible(pressed, contact_at=contact, received_at=AT)
    assert found is is_possible


@pytest.mark.parametrize(
    ("seconds", "words"), [(130, "2 menit"), (-7200, "2 jam"), (86400 * 2, "48 jam")]
)
def test_difference_of_clocks_is_said(seconds: int, words: str) -> None:
    assert claims.span_in_words(seconds) == words
