from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from loket.catalogue.rules import reading
from tests.factories.catalogue import BIRTH, bundled


def flat(values: dict[str, Any]) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in values.items():
        post.setlist(name, list(value) if isinstance(value, list | tuple) else [value])
    return post


@pytest.mark.parametrize("question", bundled("BIRTH").questions, ids=lambda q: q.name)
def test_form_gives_back_what_it_was_filled_with(question: Any) -> None:
    answer = BIRTH.get(question.name)
    again = reading.raw_from(question, flat(reading.form_values(question, answer)))
    assert again == (str(answer) if question.kind == "number" else answer)


def test_impossible_date_is_shown_again_as_it_was_typed() -> None:
    question = bundled("BIRTH").question("child_birth_date")
    typed = {
        "child_birth_date.day": "31-",
        "child_birth_date.month": "feb",
        "child_birth_date.year": "20x6",
    }
    raw = reading.raw_from(question, typed)
    assert reading.form_values(question, raw) == typed


def test_date_in_one_field_is_read_too() -> None:
    question = bundled("BIRTH").question("child_birth_date")
    assert reading.raw_from(question, {"child_birth_date": "2026-02-14"}) == "2026-02-14"


def test_rows_that_are_empty_vanish() -> None:
    question = bundled("BIRTH").question("witnesses")
    post = {
        "witnesses.0.name": " ",
        "witnesses.0.nik": "",
        "witnesses.7.name": "Joko Susilo",
        "witnesses.7.nik": "1",
        "witnesses.x.name": "nobody",
    }
    assert reading.raw_from(question, post) == [{"name": "Joko Susilo", "nik": "1"}]


@pytest.mark.parametrize("question", bundled("BIRTH").questions, ids=lambda q: q.name)
def test_empty_form_is_no_answer(question: Any) -> None:
    assert reading.raw_from(question, {}) is None
    assert reading.raw_from(question, flat(reading.form_values(question, None))) is None


def test_chosen_paper_is_kept_without_a_file() -> None:
    question = bundled("BIRTH").question("birth_proof")
    post = {"birth_proof.alternative": "statement"}
    assert reading.raw_from(question, post) == {"alternative": "statement", "files": []}
