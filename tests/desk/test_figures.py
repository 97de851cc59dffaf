"""Today's page and the figures, by what one's position lets one see."""

from __future__ import annotations

import pytest

from loket.cases import services as cases
from tests.factories import cases as factory
from tests.factories import policies as factory_of_law

from .conftest import verify


def test_day_begins_with_what_waits(case, budi, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    shown = at_work(budi).get("/desk/").context
    assert [row["code"] for row in shown["urgent"]] == [case.code]
    assert [row["code"] for row in shown["mine"]] == [case.code]
    assert {tab["name"]: tab["count"] for tab in shown["tabs"]} == {
        "officer": "1", "mine": "1", "head": "0", "resident": "0", "waiting": "0",
        "closed": "",
    }  # fmt: skip


def test_administrator_sees_no_applications_on_the_first_page(case, eka, at_work):
    answer = at_work(eka).get("/desk/")
    assert (answer.context["sees"], answer.context["urgent"]) == (False, [])
    assert case.code not in answer.content.decode()


def test_writer_of_circulars_sees_her_drafts_first(offices, eka, gita, at, at_work):
    draft = factory_of_law.draft(actor=eka, at=at)
    seen = at_work(eka).get("/desk/").context
    assert ([row for row, _title in seen["written"]], seen["enacts"]) == ([draft], False)
    others = at_work(gita).get("/desk/").context
    assert (others["written"], [row for row, _title in others["drafts"]]) == ([], [draft])


@pytest.mark.parametrize("number", [1, 3])
def test_first_page_asks_as_often_for_one_case_as_for_three(
    version, budi, at, at_work, number, django_assert_max_num_queries
):
    factory.file_many(number, at=at)
    browser = at_work(budi)
    browser.get("/desk/")
    with django_assert_max_num_queries(24):
        answer = browser.get("/desk/")
    assert len(answer.context["urgent"]) == number


def test_figures_count_the_unit_and_say_nothing_of_others(case, budi, citra, at, at_work):
    verify(case, budi, at)
    counted = at_work(budi).get("/desk/figures/").context["found"].counts
    assert (counted["received"], counted["verified"], counted["signed"]) == (1, 1, 0)
    elsewhere = at_work(citra).get("/desk/figures/").context["found"].counts
    assert set(elsewhere.values()) == {0}


def test_figures_of_another_unit_cannot_be_asked_for(case, citra, at_work):
    shown = at_work(citra).get("/desk/figures/", {"unit": case.unit.code}).context
    assert shown["part"].code == "31.73.01.1001-DUKCAPIL"


def test_unknown_period_is_a_month(case, budi, at_work):
    assert at_work(budi).get("/desk/figures/?days=99999").context["days"] == 30


def test_administrator_is_told_that_there_are_no_figures(eka, at_work):
    assert at_work(eka).get("/desk/figures/").context["parts"] == []


def test_figures_cost_few_queries(case, budi, at_work, django_assert_max_num_queries):
    browser = at_work(budi)
    browser.get("/desk/figures/")
    with django_assert_max_num_queries(10):
        browser.get("/desk/figures/")


def test_menu_offers_nothing_that_is_empty(kelurahan, eka, budi, at_work):
    assert b'href="/desk/cases/"' not in at_work(eka).get("/desk/").content
    assert b'href="/desk/cases/"' in at_work(budi).get("/desk/").content


def test_head_sees_first_what_waits_for_her(case, budi, head, at, at_work):
    browser = at_work(head)
    assert not browser.get("/desk/").context["awaits"]
    verify(case, budi, at)
    assert [row["code"] for row in browser.get("/desk/").context["urgent"]] == [case.code]
