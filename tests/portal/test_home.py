"""Finding a service and reading its standard."""

from __future__ import annotations

from copy import deepcopy

import pytest

from tests.factories import cases as factory


def more_services(number: int, at) -> None:
    for n in range(number):
        definition = deepcopy(factory.SERVICE)
        definition["code"] = f"TEST-{'ABC'[n]}"
        definition["title"] = factory.both(f"Layanan {'ABC'[n]}")
        factory.publish(definition, at=at)


def test_home_leads_from_life_events_to_services(visitor, version) -> None:
    answer = visitor.get("/")
    assert [e.name for e in answer.context["events"]] == ["birth"]
    assert 'href="/life/birth/"' in answer.content.decode()


@pytest.mark.parametrize("further", [0, 2])
def test_home_asks_for_services_and_the_edition_of_the_law(
    visitor, version, at, further, django_assert_num_queries
) -> None:
    more_services(further, at)
    visitor.get("/")
    with django_assert_num_queries(2):
        visitor.get("/")


@pytest.mark.parametrize("further", [0, 2])
def test_services_are_listed_with_one_question(
    visitor, version, at, further, django_assert_num_queries
) -> None:
    more_services(further, at)
    visitor.get("/services/")
    with django_assert_num_queries(1):
        answer = visitor.get("/services/")
    assert answer.content.decode().count('<li class="card">') == 1 + further


def test_search_works_without_javascript(visitor, version) -> None:
    answer = visitor.get("/", {"q": "akta lahir"})
    assert [v.code for v in answer.context["found"]] == ["TEST-BIRTH"]
    assert "<html" in answer.content.decode()


def test_search_answers_htmx_with_the_results_alone(visitor, version) -> None:
    answer = visitor.get("/", {"q": "akta lahir"}, headers={"hx-request": "true"})
    assert answer.content.decode().strip().startswith('<div id="found"')
    assert "HX-Request" in answer["Vary"]


def test_search_without_result_says_so_and_isolates_what_was_typed(visitor, version) -> None:
    answer = visitor.get("/services/", {"q": "<b>zzzz"})
    assert "<bdi>&lt;b&gt;zzzz</bdi>" in answer.content.decode()
    assert "Tidak ada hasil" in answer.content.decode()


def test_service_shows_all_fourteen_parts_of_its_standard(visitor, version) -> None:
    page = visitor.get("/services/TEST-BIRTH/").content.decode()
    assert [name for name in factory.STANDARD if name not in page] == []


def test_service_that_is_not_offered_is_not_found(visitor, version) -> None:
    assert visitor.get("/services/TEST-NONE/").status_code == 404


def test_service_page_leads_to_the_open_draft(ayus, ayu, at) -> None:
    draft = factory.draft(ayu, at=at, paper=False)
    assert f'href="/apply/{draft.code}/"' in ayus.get("/services/TEST-BIRTH/").content.decode()


def test_life_event_that_nobody_knows_is_not_found(visitor, version) -> None:
    assert visitor.get("/life/birth/").status_code == 200
    assert visitor.get("/life/lottery/").status_code == 404


def test_regions_are_listed_below_one(visitor, version) -> None:
    assert visitor.get("/regions/31.74/").json() == [["31.74.04", "Pasar Minggu"]]


def test_page_can_be_asked_for_its_headers_alone(client, db) -> None:
    answer = client.head("/")
    assert (answer.status_code, answer.content) == (200, b"")
