"""A roster that is too large for one page: shown in parts, explained when somebody asks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.desk.rosters import grid, lacking
from loket.people.models import Account, Position
from loket.workforce import services as workforce
from loket.workforce.models import Roster, Turn
from tests.factories import rosters as factory

from .test_boards import HTMX, at_page, cell

DAY = timedelta(days=1)


@pytest.fixture
def planned(unit, team, dewi, monday, at) -> Roster:
    """Return a draft of two weeks of 605 people that lacks somebody at one counter."""
    Account.objects.bulk_create(
        Account(username=f"p{n}", full_name=f"Pegawai {n:03}", kind="staff") for n in range(600)
    )
    Position.objects.bulk_create(
        Position(account=account, unit=unit, role="staff", starts_on=factory.BEGAN)
        for account in Account.objects.filter(username__regex=r"^p\d+$")
    )
    factory.counter(unit, "K", title="Kasir", skill="cashier")
    return workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 12 * DAY, actor=dewi, at=at
    )


def rows(page) -> list[str]:
    return [row.person.name for row in page.context["board"].rows]


def test_many_people_are_shown_in_parts_that_lead_to_each_other(dewis, planned, monday):
    first = dewis.get(at_page(planned))
    board = first.context["board"]
    assert ([len(part) for part in board.parts], board.first, board.last) == (
        [202, 202, 201], 1, 202,
    )  # fmt: skip
    links = first.context["links"]
    assert set(links) == {"after", "below", "everybody"}
    second = dewis.get(at_page(planned) + links["below"])
    assert set(second.context["links"]) == {"after", "above", "below", "everybody"}
    assert (second.context["board"].first, rows(first)[-1] < rows(second)[0]) == (203, True)
    later = dewis.get(at_page(planned) + second.context["links"]["after"])
    assert later.context["board"].columns[0].on == monday + 7 * DAY
    assert rows(later) == rows(second)
    assert "Pegawai ke-203 sampai ke-404 dari 605" in later.text


def test_everybody_can_be_shown_to_print(dewis, planned):
    page = dewis.get(at_page(planned), {"part": "all"})
    assert len(rows(page)) == 605
    assert set(page.context["links"]) == {"after", "in_parts"}


def test_somebody_is_found_by_name(dewis, planned):
    page = dewis.get(at_page(planned), {"find": "pegawai 450"})
    assert "Pegawai 450" in rows(page)
    assert page.context["window"].part == "3"
    assert rows(dewis.get(at_page(planned), {"find": "nobody"})) == rows(
        dewis.get(at_page(planned))
    )


@pytest.mark.parametrize("part", ["0", "9", "-1", "x", "²", "99999999999"])
def test_a_part_that_there_is_not_shows_the_first(dewis, planned, part):
    page = dewis.get(at_page(planned), {"part": part})
    assert page.status_code == 200
    assert page.context["board"].first == 1


def test_after_a_change_the_same_part_is_shown(dewis, planned, monday):
    page = dewis.get(at_page(planned), {"part": "2"})
    who = Account.objects.get(full_name=rows(page)[0])
    there = cell(planned, who, monday)
    assert f'href="{there}?part=2"' in page.text
    form = dewis.get(f"{there}?part=2")
    assert form.context["window"].part == "2"
    sent = {"where": "home", "part": "2", "since": str(monday)}
    stays = dewis.post(there, sent | {"revision": 1})
    assert stays["Location"] == f"{at_page(planned)}?since={monday}&part=2"
    planned.refresh_from_db()
    board = dewis.post(there, sent | {"revision": planned.revision}, **HTMX)
    assert rows(board) == rows(page)


def test_days_beyond_those_at_hand_are_explained_when_asked(dewis, planned, monday):
    page = dewis.get(at_page(planned))
    told = [(day["column"].on, "sentences" in day) for day in page.context["lacking"]]
    most = lacking.AT_ONCE // 605
    assert told == [(monday + n * DAY, n < most) for n in range(5)]
    elsewhere = [column.on for column in page.context["lacking_elsewhere"]]
    assert elsewhere == [monday + (7 + n) * DAY for n in range(5)]
    assert page.context["lacking_days"] == 10
    address = f"{at_page(planned)}days/{elsewhere[0]}/"
    assert f'href="{address}"' in page.text
    why = dewis.get(address)
    assert "Kasir" in why.context["day"]["sentences"][0]
    assert f"{at_page(planned)}?since={elsewhere[0]}" in why.text
    part = dewis.get(address, **HTMX)
    assert "<html" not in part.text
    assert why.context["day"]["sentences"][0] in part.text


def test_why_is_told_to_the_units_own_planners_alone(at_work, dewis, planned, budi, monday):
    address = f"{at_page(planned)}days/{monday}/"
    assert at_work(budi).get(address).status_code == 404
    assert dewis.get(f"{at_page(planned)}days/{monday + 5 * DAY}/").status_code == 404
    assert dewis.get(f"{at_page(planned)}days/x/").status_code == 404


def test_the_grid_of_a_day_counts_everybody_in_every_part(dewis, planned, monday):
    there = Turn.objects.filter(roster=planned, on=monday).count()
    for part in ("1", "3"):
        columns = dewis.get(at_page(planned), {"part": part}).context["board"].columns
        assert columns[0].present == there


def test_few_people_are_one_part():
    people = tuple(grid.Person(f"account:{n}", f"p{n}", f"P {n}") for n in range(301))
    assert [len(part) for part in grid.parts(people[:300])] == [300]
    assert [len(part) for part in grid.parts(people)] == [151, 150]
    assert grid.parts(()) == ((),)
