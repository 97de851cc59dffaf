"""Several people on one page: rows come and go without JavaScript."""

from __future__ import annotations

from copy import deepcopy

import pytest

from loket.cases import queries
from tests.factories import cases as factory


@pytest.fixture
def members(ayus, ayu, at) -> str:
    """Return the page of a group in which a passport is asked of foreigners alone."""
    definition = deepcopy(factory.SERVICE)
    definition["questions"].insert(0, factory.question("members", "group", of=[
        factory.question("name", "name"),
        factory.question("foreign", "yes_no"),
        factory.question("passport", "text", at_most=20,
                         when={"question": "foreign", "equals": True}),
    ]))  # fmt: skip
    definition["code"] = "TEST-GROUP"
    factory.publish(definition, at=at)
    ayus.post("/services/TEST-GROUP/start/")
    return f"/apply/{queries.drafts_of(ayu).get().code}/members/"


ROWS = {
    "members.0.name": "Sari", "members.0.foreign": "no",
    "members.1.name": "Tono", "members.1.foreign": "no",
}  # fmt: skip


def names(answer) -> list[str]:
    """Return the names in the rows of the page."""
    return [row.fields[0].options["value"] for row in answer.context["drawing"].rows]


def test_page_begins_with_one_row(ayus, members) -> None:
    assert names(ayus.get(members)) == [""]


def test_row_is_added_and_what_was_typed_stays(ayus, members) -> None:
    assert names(ayus.post(members, ROWS | {"add": "1"})) == ["Sari", "Tono", ""]


def test_row_is_taken_out(ayus, members) -> None:
    assert names(ayus.post(members, ROWS | {"remove": "0"})) == ["Tono"]


def test_choice_draws_what_depends_on_it(ayus, members) -> None:
    answer = ayus.post(
        members + "?draw=1", {"members.0.name": "Sari", "members.0.foreign": "yes"}
    )
    assert 'name="members.0.passport"' in answer.content.decode()


def test_only_row_cannot_be_taken_out(ayus, members) -> None:
    assert b'name="remove"' not in ayus.get(members).content
    assert b'name="remove"' in ayus.post(members, ROWS | {"add": "1"}).content


def test_list_of_mistakes_says_whose_and_where(ayus, members) -> None:
    answer = ayus.post(members, ROWS | {"members.1.name": ""})
    assert "Orang ke-2, name: " in answer.content.decode()


def test_rows_are_saved(ayus, ayu, members) -> None:
    ayus.post(members, ROWS | {"confirmed": "1"})
    assert [m["name"] for m in queries.drafts_of(ayu).get().answers["members"]] == [
        "Sari",
        "Tono",
    ]


def test_mistake_in_a_row_links_to_its_field(ayus, members) -> None:
    answer = ayus.post(members, {"members.0.name": "Sari", "members.0.foreign": "yes"})
    assert answer.status_code == 422
    assert 'href="#f-members-0-passport"' in answer.content.decode()
