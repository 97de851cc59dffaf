"""Each kind of answer, one at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from loket.catalogue.rules import answers
from loket.catalogue.rules.format import Question
from tests.factories.catalogue import FILES, VILLAGE

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def is_village(code: str) -> bool:
    return code == VILLAGE


def ask(raw: Any, *, kind: str, **more: Any) -> Any:
    """Return the value, or the sentences about it, of an answer to one question."""
    question = Question.model_validate(
        {"name": "q", "kind": kind, "label": {"id": "a", "en": "a"}, "section": "s", **more}
    )
    reading = answers.check_question(
        question, raw, answers={}, on=TODAY, regions=is_village, files=FILES
    )
    return reading.errors or reading.value


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-02-28", "2026-02-28"),
        ({"day": "1", "month": "Maret", "year": "2026"}, "2026-03-01"),
        ({"day": "29", "month": "2", "year": "2024"}, "2024-02-29"),
        ({"day": "29", "month": "2", "year": "2025"},
         "29 February 2025 does not exist: February had 28 days in that year."),
        ({"day": "31", "month": "4", "year": "2025"},
         "That month does not have 31 days. Check the day and the month."),
        ({"day": "32", "month": "1", "year": "2025"},
         "No month has that day: write a day from 1 to 31."),
        ({"day": "1", "month": "13", "year": "2025"},
         "There are only 12 months: write a month from 1 to 12."),
        ({"day": "1", "month": "1", "year": "26"},
         "Write the year with four digits, such as 2026."),
        ({"day": "1", "month": "", "year": "2025"}, "Fill in the day, the month and the year."),
        ({"day": "x", "month": "1", "year": "2025"},
         "Write the date in digits, such as 27 3 2026."),
        ("2026-03-03",
         "This date lies in the future. Check the day, the month and the year."),
        ("1896-03-01", "This date is more than 130 years ago. Check the year."),
        ([1], "Fill in the day, the month and the year."),
    ],
)  # fmt: skip
def test_date(raw: Any, expected: str) -> None:
    found = ask(raw, kind="date")
    assert found == (expected if expected[:4].isdecimal() else {"q": [expected]})


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("time", "8.30", "08:30"),
        ("time", "0830", "08:30"),
        ("number", "3.200", 3200),
        ("number", " 3 ", 3),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("text", "a\u202eb\x00 \r\n c ", "ab \n c"),
        ("place", "  Jakarta\n Selatan ", "Jakarta Selatan"),
        ("email", "Ayu@Warga.Example", "ayu@warga.example"),
        ("phone", "0811 0000 0001", "+6281100000001"),
        ("name", "  Ayu   Lestari ", "Ayu Lestari"),
    ],
)
def test_answer_is_tidied(kind: str, raw: Any, expected: Any) -> None:
    assert ask(raw, kind=kind) == expected


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("time", "24.00"), ("time", "8.60"), ("number", "3,5"), ("number", "1.2"),
        ("number", True), ("number", 10**9), ("number", -1), ("yes_no", "maybe"),
        ("text", "x" * 501), ("place", "123"),
        ("place", "\u200b"), ("email", "nobody"), ("phone", "112"), ("nik", "\u0663" * 16),
        ("kk", "1"), ("name", "\U0001f600"), ("choice", ["a"]), ("document", "x"),
        ("address", "x"),
    ],
)  # fmt: skip
def test_answer_is_refused_with_a_sentence(kind: str, raw: Any) -> None:
    found = ask(raw, kind=kind)
    assert isinstance(found, dict)
    assert all(path.startswith("q") and all(texts) for path, texts in found.items())
