from __future__ import annotations

from django.utils import translation

from loket.catalogue.rules.carry import carry
from tests.factories.catalogue import small

ANSWERS = {
    "name": "Ayu Lestari",
    "birth_date": "1996-05-09",
    "moved": True,
    "moved_on": "2026-01-05",
    "proof": {"alternative": "move_letter", "files": ["file"]},
}


def words(*changes: tuple[str, str]) -> tuple[dict[str, object], list[str]]:
    with translation.override("en"):
        carried = carry(small(), small(*changes), ANSWERS)
        return carried.answers, [change.words for change in carried.changes]


def test_same_version_changes_nothing() -> None:
    assert words() == (ANSWERS, [])


def test_renamed_question_is_new_and_the_old_one_is_gone() -> None:
    answers, changes = words(
        ("- name: moved_on", "- name: arrived_on"),
        ("question: moved_on", "question: arrived_on"),
    )
    assert answers == {n: v for n, v in ANSWERS.items() if n != "moved_on"}
    assert changes == [
        "New question: When did you move?",
        "No longer asked: When did you move?",
    ]


def test_answer_of_another_kind_is_asked_again() -> None:
    answers, changes = words(("kind: name", "kind: text"))
    assert "name" not in answers
    assert changes == ["Please answer again: What is your name?"]


def test_paper_that_no_longer_counts_keeps_its_files() -> None:
    answers, changes = words(("value: move_letter", "value: other_letter"))
    assert answers["proof"] == {"alternative": "", "files": ["file"]}
    assert changes == ["Please answer again: Which proof do you have?"]


def test_other_words_are_told() -> None:
    _answers, changes = words(("What is your name?", "Your name?"))
    assert changes == ["Asked in other words: Your name?"]
