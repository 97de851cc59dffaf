"""The status without signing in: little is told, and guessing is slow."""

from __future__ import annotations

import pytest

from tests.factories import cases as factory


@pytest.fixture
def case(version, ayu, at):
    return factory.case(ayu, at=at)


def look_up(visitor, code: str, contact: str):
    return visitor.post("/status/", {"code": code, "contact": contact})


def test_code_and_contact_show_the_status_and_no_name(visitor, case) -> None:
    answer = look_up(visitor, case.code.lower().replace("-", ""), " AYU@warga.example ")
    assert answer.status_code == 200
    assert case.code in answer.content.decode()
    assert "Melati" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_wrong_and_unknown_are_answered_alike(visitor, case) -> None:
    wrong = look_up(visitor, case.code, "sari@warga.example")
    unknown = look_up(visitor, "4M9K2TQ-X", "ayu@warga.example")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.context["errors"] == unknown.context["errors"]


def test_empty_fields_are_named(visitor, case) -> None:
    answer = look_up(visitor, "", "")
    assert sorted(answer.context["errors"]) == ["code", "contact"]


def test_guessing_is_stopped(visitor, case) -> None:
    for _ in range(20):
        look_up(visitor, "4M9K2TQ-X", "ayu@warga.example")
    assert look_up(visitor, case.code, "ayu@warga.example").status_code == 429


def test_status_is_one_look_up(visitor, case, django_assert_num_queries) -> None:
    look_up(visitor, case.code, "ayu@warga.example")
    # The limit counts in a transaction of its own (two statements around it), then the case.
    with django_assert_num_queries(4):
        look_up(visitor, case.code, "ayu@warga.example")
