"""The first page tells each of the staff where they work today, and what waits for them."""

from __future__ import annotations

import pytest
from django.test import Client

from loket.workforce import services as workforce
from loket.workforce.models import Absence, Swap, Turn, WorkReport
from tests.factories import rosters as factory


@pytest.fixture
def first_page(budi, at_work):
    browser: Client = at_work(budi)
    return lambda: browser.get("/desk/")


def test_the_next_turn_is_told_before_its_day(first_page, published, team):
    turn = Turn.objects.filter(roster=published, account=team["budi"]).order_by("on")[0]
    own = first_page().context["own"]
    assert own["next"] == {"turn": turn, "place": "Loket 1 · Ruang pelayanan"}


def test_who_must_not_come_is_told_no_turn(first_page, published, team, at):
    Absence.objects.create(
        account=team["budi"], kind="home", starts_on=published.starts_on,
        ends_on=published.ends_on, state="granted", asked_at=at, asked_by="x",
    )  # fmt: skip
    assert Turn.objects.filter(roster=published, account=team["budi"]).exists()
    assert first_page().context["own"]["next"] is None


def test_a_draft_tells_nothing(first_page, planned):
    assert first_page().context["own"]["next"] is None


def test_a_colleague_who_asks_for_a_turn_is_told(first_page, published, team, at):
    turns = Turn.objects.filter(roster=published).order_by("on")
    gives = turns.filter(account=team["ani"])[0]
    taken = turns.filter(account=team["budi"])[0]
    workforce.ask_swap(
        other=team["budi"], gives_on=gives.on, takes_on=taken.on,
        actor=factory.actor(team["ani"], at=at), at=at,
    )  # fmt: skip
    assert Swap.objects.count() == 1
    [waits] = first_page().context["own"]["waits"]
    assert (waits.words, waits.url) == (
        "1 rekan mengajukan tukar giliran kepada Anda",
        "/desk/turns/",
    )


def test_a_report_that_came_back_is_told(first_page, unit, team, monday, at):
    WorkReport.objects.create(
        account=team["budi"], unit=unit, on=monday, state="returned", submitted_at=at
    )
    [waits] = first_page().context["own"]["waits"]
    assert waits.url == f"/desk/work/?on={monday}"
    assert "dikembalikan: perbaiki" in waits.words


def test_who_is_on_no_staff_has_no_day_of_their_own(gita, at_work):
    assert at_work(gita).get("/desk/").context["own"] is None
