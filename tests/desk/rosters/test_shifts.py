"""A day of two shifts, and a published roster that is changed by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.organisation import queries as organisation
from loket.workforce import services as workforce
from loket.workforce.models import Turn
from tests.factories import rosters as factory

from .conftest import DAY
from .test_boards import at_page, cell

EARLY = {"name": "Sif 1", "hours": {"every_day": "07:00-12:00"}}
LATE = {"name": "Sif 2", "hours": {"every_day": "12:00-17:00"}}


@pytest.fixture
def shifted(unit, team, dewi, monday, at):
    """Return a draft of two days with two shifts each."""
    today = organisation.today(None, at=at)
    period = {"from": today, "through": today + timedelta(days=80)}
    law = {"kind": "shifts", "shifts": [EARLY, LATE]}
    factory.law(law, number="10/SE/2026", effective=period)
    return workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 2 * DAY, actor=dewi, at=at
    )


def test_the_shift_is_chosen_with_the_place(dewis, shifted, monday):
    turn = Turn.objects.filter(roster=shifted, on=monday, shift="Sif 1").first()
    address = cell(shifted, turn.account, monday)
    page = dewis.get(address)
    assert [label for _name, label in page.context["shifts"]] == [
        "Sif 1 07.00–12.00",
        "Sif 2 12.00–17.00",
    ]
    assert page.context["chosen"]["shift"] == "Sif 1"
    sent = {"where": "desk", "shift": "Sif 2", "revision": shifted.revision}
    assert dewis.post(address, sent).status_code == 303
    moved = Turn.objects.get(roster=shifted, on=monday, account=turn.account)
    assert (moved.shift, moved.counter, moved.is_locked) == ("Sif 2", None, True)
    assert "Sif 2" in dewis.get(at_page(shifted)).text


def test_a_shift_that_does_not_exist_is_refused(dewis, shifted, monday):
    turn = Turn.objects.filter(roster=shifted, on=monday).first()
    sent = {"where": "desk", "shift": "Sif 9", "revision": shifted.revision}
    answer = dewis.post(cell(shifted, turn.account, monday), sent)
    assert (answer.status_code, len(answer.context["refused"])) == (422, 1)


def test_what_is_published_is_changed_with_a_word_to_whoever_it_concerns(
    dewis, published, monday
):
    turn = Turn.objects.get(roster=published, on=monday, counter__code="L1")
    address = cell(published, turn.account, monday)
    page = dewis.get(address)
    assert "langsung diberi tahu" in page.text
    assert 'value="lock"' not in page.text
    sent = {"where": "home", "revision": published.revision, "do": "change"}
    assert dewis.post(address, sent).status_code == 303
    assert not Turn.objects.filter(pk=turn.pk).exists()


def test_days_that_another_roster_holds_are_left_alone(
    dewis, dewi, unit, published, monday, at
):
    later = workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 2 * DAY, actor=dewi, at=at
    )
    workforce.publish(roster=later, revision=later.revision, actor=dewi, at=at)
    board = dewis.get(at_page(published)).context["board"]
    assert [column.is_replaced for column in board.columns] == [True, True] + [False] * 3
    turn = Turn.objects.filter(roster=published, on=monday).first()
    answer = dewis.post(cell(published, turn.account, monday), {"where": "home", "revision": 2})
    assert answer.status_code == 422
