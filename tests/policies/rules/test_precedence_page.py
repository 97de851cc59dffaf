"""The examples of the page “What beats what” hold."""

from __future__ import annotations

from decimal import Decimal

from . import law

MARCH = {"since": "2020-03-17", "until": "2020-04-01"}
NOW = "2020-03-20 10:00"


def state(*facts: object, unit: str = law.VILLAGE, room: str = "") -> tuple[str, str]:
    """Return the state of the counters, and the number of what decides it."""
    answer = law.book(*facts).in_force(unit, room=room, at=law.at(NOW))
    part = answer.counters.state
    return part.value, part.because[0].subject


def counters(number: str, on: str, said: str, **scope: object) -> law.CircularFact:
    provision = law.provision("counters", state=said, scope=scope)
    return law.circular(number, provision, on=on, **MARCH)


def test_later_beats_earlier() -> None:
    first = counters("A", "2020-03-16", "online_only")
    second = counters("B", "2020-03-18", "limited")
    assert state(first, second) == ("limited", "circular:B")


def test_narrower_beats_later() -> None:
    narrow = counters("A", "2020-03-16", "open", units=["31.71"])
    wide = counters("B", "2020-03-18", "closed", units=["31"])
    assert state(narrow, wide) == ("open", "circular:A")


def test_stricter_decides_between_equals() -> None:
    strict = counters("A", "2020-03-16", "closed", kinds=["village"])
    mild = counters("B", "2020-03-16", "online_only", kinds=["village"])
    assert state(strict, mild) == ("closed", "circular:A")


def test_a_closure_beats_the_narrowest_circular() -> None:
    room = counters("A", "2020-03-16", "open", room=law.ROOM)
    shut = law.closure("2020-03-19", earliest="2020-03-23 07:30", units=[law.CITY])
    assert state(room, unit=law.CITY, room=law.ROOM) == ("open", "circular:A")
    assert state(room, shut, unit=law.CITY, room=law.ROOM) == ("closed", "closure:C1")


def test_a_minimum_and_a_cap_at_the_same_time_hold_both() -> None:
    low = law.circular("A", law.provision("attendance", min_share="50%"), **MARCH)
    high = law.circular("B", law.provision("attendance", max_share_concurrent="25%"), **MARCH)
    answer = law.book(low, high).in_force(law.VILLAGE, at=law.at(NOW))
    assert answer.attendance.min_share.value == Decimal("0.5")
    assert answer.attendance.max_share_concurrent.value == Decimal("0.25")
    assert answer.disputes == ()


def test_a_minimum_above_a_later_maximum_is_dropped_and_disputed() -> None:
    low = law.circular("A", law.provision("attendance", min_share="50%"), **MARCH)
    high = law.circular(
        "B", law.provision("attendance", max_share="25%"), on="2020-03-18", **MARCH
    )
    answer = law.book(low, high).in_force(law.VILLAGE, at=law.at(NOW))
    assert answer.attendance.min_share.value is None
    assert answer.attendance.max_share.value == Decimal("0.25")
    assert [(d.part, d.holds.subject, d.yields.subject, d.rule) for d in answer.disputes] == [
        ("attendance.min_share", "circular:B", "circular:A", "later")
    ]
