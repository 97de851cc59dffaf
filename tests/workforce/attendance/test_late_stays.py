"""Stays of whoever clocked without a line: the phone's word, as far as it is possible."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Stay

from .conftest import MONDAY, moment
from .test_deciding import offline

pytestmark = pytest.mark.django_db


def spans() -> list[tuple[object, object]]:
    return list(Stay.objects.order_by("starts_at").values_list("starts_at", "ends_at"))


def test_leaving_that_came_in_late_ends_when_the_phone_says(budi, dewi, desk, press) -> None:
    press(budi, "07:28")
    late = offline(budi, contact="07:28", claimed="11:00", sent="15:30")
    row = press(budi, "15:30", "out", **late)
    assert row.counts_at == moment("15:30")
    assert spans() == [(moment("07:28"), moment("11:00"))]
    workforce.confirm_clocking(clocking=row, actor=dewi, at=moment("16:00"))
    assert spans() == [(moment("07:28"), moment("11:00"))]


def test_what_the_phone_cannot_say_counts_as_received(budi, desk, press) -> None:
    press(budi, "07:28")
    late = offline(budi, contact="12:00", claimed="11:00", sent="15:30")
    press(budi, "15:30", "out", **late)
    assert spans() == [(moment("07:28"), moment("15:30"))]


def test_a_whole_day_without_a_line_is_one_stay(budi, desk, press) -> None:
    press(budi, "17:00", **offline(budi, claimed="07:28", sent="17:00"))
    press(budi, "17:00", "out", **offline(budi, claimed="15:58", sent="17:00"))
    assert spans() == [(moment("07:28"), moment("15:58"))]


def test_coming_that_came_in_late_lengthens_the_stay(budi, desk, press) -> None:
    press(budi, "09:00")
    press(budi, "12:00", "out")
    press(budi, "13:00", **offline(budi, claimed="07:28", sent="13:00"))
    assert spans() == [(moment("07:28"), moment("12:00"))]


def test_confirming_one_coming_leaves_an_earlier_one(budi, dewi, desk, press) -> None:
    row = press(budi, "17:00", **offline(budi, claimed="09:00", sent="17:00"))
    press(budi, "17:01", **offline(budi, claimed="07:28", sent="17:01"))
    assert spans() == [(moment("07:28"), None)]
    workforce.confirm_clocking(clocking=row, actor=dewi, at=moment("18:00"))
    assert spans() == [(moment("07:28"), None)]


def test_leaving_before_a_later_coming_ends_nothing(budi, desk, press) -> None:
    press(budi, "07:28")
    press(budi, "13:00")
    press(budi, "14:00", "out", **offline(budi, contact="07:28", claimed="12:00", sent="14:00"))
    assert spans() == [(moment("07:28"), None)]
    press(budi, "16:00", "out")
    assert spans() == [(moment("07:28"), moment("16:00"))]


def test_leaving_that_came_in_late_shortens_what_the_hours_ended(
    budi, desk, press, system
) -> None:
    press(budi, "07:28")
    workforce.close_days(actor=system, at=moment("20:00"))
    late = offline(budi, contact="07:28", claimed="11:00", sent="21:00")
    press(budi, "21:00", "out", **late)
    assert spans() == [(moment("07:28"), moment("11:00"))]


def test_tracing_says_what_nobody_confirmed(budi, dewi, desk, press) -> None:
    press(budi, "07:28")
    stay = Stay.objects.get()
    Stay.objects.create(
        account=people.account_of(dewi), room=stay.room, on=MONDAY, starts_at=moment("07:30"),
        ends_at=moment("16:00"), source_key="dewi",
    )  # fmt: skip
    late = offline(budi, contact="07:28", claimed="11:00", sent="15:30")
    row = press(budi, "15:30", "out", **late)
    asked = {"since": MONDAY, "until": MONDAY + timedelta(days=1), "at": moment("17:00")}
    numbers = [people.account_of(each).pk for each in (budi, dewi)]

    def found() -> list[tuple[int, str]]:
        both = zip(numbers, reversed(numbers), strict=True)
        seen = []
        for me, other in both:
            [contact] = queries.contacts(me, **asked)
            assert contact.account == other
            seen += [(each.minutes, each.source) for each in contact.occasions]
        return seen

    assert found() == [(210, "claim"), (210, "claim")]
    assert {each.source for each in queries.whereabouts(numbers[0], **asked)} == {"claim"}
    workforce.confirm_clocking(clocking=row, actor=dewi, at=moment("16:00"))
    assert found() == [(210, "clock"), (210, "clock")]
