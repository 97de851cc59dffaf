"""The rosters of a unit: which there are, what the law allows, planning another."""

from __future__ import annotations

import pytest
from django.urls import reverse

from loket.desk.typed import day_state
from loket.workforce import services as workforce
from loket.workforce.models import Roster

from .conftest import DAY

INDEX = "/desk/rosters/"


def typed(first, last, **changes: str) -> dict[str, str]:
    days = {"first": first, "last": last}
    parts = {
        f"{name}.{part}": str(getattr(on, part))
        for name, on in days.items()
        for part in ("day", "month", "year")
    }
    return parts | {"teams": "0", "block": "week", "do": "plan"} | changes


def test_a_head_finds_her_unit_and_a_form_for_two_weeks(dewis, team):
    page = dewis.get(INDEX)
    assert page.status_code == 200
    assert [page.context["unit"].code, page.context["rosters"]] == [
        "31.74.04.1003-DUKCAPIL",
        [],
    ]
    assert "Belum ada jadwal" in page.text


def test_planning_makes_a_draft_and_leads_to_it(dewis, team, monday):
    answer = dewis.post(INDEX, typed(monday, monday + 4 * DAY))
    roster = Roster.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/rosters/{roster.code}/")
    assert (roster.state, roster.ends_on) == ("draft", monday + 5 * DAY)
    assert "Belum ada yang diberi tahu" in dewis.get(answer["Location"]).text


def test_the_law_is_shown_day_by_day_with_its_article(dewis, team, monday):
    page = dewis.post(INDEX, typed(monday, monday + 6 * DAY, do="law"))
    assert page.status_code == 200
    rows = page.context["law"]
    assert [(row["on"], row["most"]) for row in rows] == [
        (monday + n * DAY, 2) for n in range(5)
    ]
    assert {b.label for row in rows for b in row["because"]} == {
        "Gubernur DKI Jakarta 9/SE/2026 (02-03-2026)"
    }
    assert Roster.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first.day": ""}, "first"),
        ({"last.month": "13"}, "last"),
        ({"last.year": "2019"}, "last"),
        ({"last.year": "2099"}, "last"),
        ({"teams": "9"}, "teams"),
        ({"block": "moon"}, "block"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(dewis, team, monday, changes, field):
    page = dewis.post(INDEX, typed(monday, monday + 4 * DAY) | changes)
    assert (page.status_code, list(page.context["errors"])) == (422, [field])
    assert Roster.objects.count() == 0


def test_days_that_are_over_are_refused_with_what_was_typed(dewis, team, monday):
    page = dewis.post(INDEX, typed(monday - 21 * DAY, monday - 17 * DAY, teams="2"))
    assert page.status_code == 422
    assert page.context["refusal"]
    assert page.context["state"]["teams"] == "2"


def test_without_a_seat_nobody_sees_rosters(at_work, budi, citra, team):
    assert at_work(budi).get(INDEX).status_code == 403
    assert at_work(citra).get(INDEX).status_code == 403


def test_a_head_elsewhere_sees_and_plans_nothing_here(at_work, elsewhere, team, monday, at):
    from tests.conftest import employ

    other = at_work(employ("hadi", "Hadi", elsewhere, "head", "Kepala Satpel", at))
    address = f"{INDEX}?unit=31.74.04.1003-DUKCAPIL"
    assert other.get(address).status_code == 403
    assert other.post(address, typed(monday, monday + DAY)).status_code == 403


def test_who_may_only_see_is_offered_no_form(at_work, unit, team, monday, at):
    from tests.conftest import employ

    nadia = at_work(employ("nadia", "Nadia", unit, "personnel", "Kepegawaian", at))
    page = nadia.get(INDEX)
    assert (page.status_code, page.context["may_plan"]) == (200, False)
    assert "Susun jadwal" not in page.text
    assert nadia.post(INDEX, typed(monday, monday + DAY)).status_code == 403


def test_who_sees_all_units_chooses_one_by_name(at_work, unit, team, at):
    from loket.organisation.models import Unit
    from tests.conftest import employ

    province = Unit.objects.get(code="31")
    browser = at_work(employ("nadia", "Nadia", province, "personnel", "Kepegawaian", at))
    assert [u.code for u in browser.get(INDEX).context["units"]] == ["31"]
    found = browser.get(INDEX, {"find": "satpel pejaten"})
    assert [u.code for u in found.context["units"]] == ["31.74.04.1003-DUKCAPIL"]


@pytest.mark.parametrize("rosters", [1, 3])
def test_the_list_asks_as_much_for_three_rosters_as_for_one(
    dewis, dewi, unit, team, monday, at, rosters, django_assert_num_queries
):
    for number in range(rosters):
        since = monday + number * 7 * DAY
        workforce.plan(unit=unit, starts_on=since, ends_on=since + 5 * DAY, actor=dewi, at=at)
    dewis.get(INDEX)
    with django_assert_num_queries(21):
        page = dewis.get(INDEX)
    assert len(page.context["rosters"]) == rosters


def test_working_days_without_a_roster_are_named(dewis, published):
    assert dewis.get(INDEX).context["uncovered"]


def test_what_the_proof_means_is_told(dewis):
    page = dewis.get(reverse("desk:roster-proof"))
    assert "Tidak ada jadwal yang lebih adil dengan aturan ini" in page.text


def test_the_form_begins_after_what_is_planned(dewis, team, monday):
    first = dewis.get(INDEX).context["state"]["first"]
    assert first == day_state(monday - 7 * DAY)
    dewis.post(INDEX, typed(monday, monday + 4 * DAY))
    again = dewis.get(INDEX).context["state"]
    assert again["first"] == day_state(monday + 7 * DAY)
    assert again["last"] == day_state(monday + 18 * DAY)
