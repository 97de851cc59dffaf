from __future__ import annotations

from datetime import date

import pytest

from loket.catalogue.rules import display, typed
from loket.kernel.errors import NotFound
from tests.factories.catalogue import BIRTH, VILLAGE, birth_answers, bundled

TODAY = date(2026, 3, 2)
NAMES = {VILLAGE: "Pejaten Barat", VILLAGE[:8]: "Pasar Minggu", VILLAGE[:5]: "Jakarta Selatan"}


def rows(language: str = "id", **changes: object) -> dict[str, display.Shown]:
    sections = display.shown(
        bundled("BIRTH"),
        birth_answers(**changes),
        on=TODAY,
        language=language,
        region_name=NAMES.__getitem__,
    )
    return {row.question: row for section in sections for row in section.rows}


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "1 Januari 2026"), ("en", "1 January 2026")]
)
def test_date_is_spoken(language: str, expected: str) -> None:
    assert typed.spoken_date("2026-01-01", language) == expected


def test_answers_are_shown_in_words() -> None:
    shown = rows()
    assert shown["child_birth_date"].lines == ("14 Februari 2026",)
    assert shown["child_sex"].lines == ("Perempuan",)
    assert shown["birth_time"].lines == ("04.30",)
    assert shown["address"].lines == (
        "Jalan Kenanga III Nomor 12, RT 005, RW 002",
        "Kelurahan Pejaten Barat, Kecamatan Pasar Minggu, Jakarta Selatan",
    )
    assert shown["marriage_proof"].lines == ("Buku nikah (dari KUA)", "2 berkas")
    assert shown["marriage_proof"].files == ("book-1", "book-2")
    assert rows("en")["child_sex"].lines == ("Female",)


def test_numbers_are_masked() -> None:
    shown = rows()
    assert shown["kk_number"].lines == ("3174042008220011",)
    assert shown["kk_number"].masked == ("3174********0011",)
    assert shown["mother"].masked[2] == "NIK ibu: 3174********0003"
    assert shown["witnesses"].masked[:2] == ("1. Ratna Sari", "NIK saksi: 3174********0001")
    assert "".join(BIRTH["phone"]) not in " ".join(shown["phone"].masked)


def test_hidden_questions_are_not_shown() -> None:
    assert "father" not in rows(marriage="none")


def test_unanswered_question_says_so() -> None:
    assert rows(birth_weight=None)["birth_weight"].lines == ("Tidak diisi",)


def test_sections_are_in_order() -> None:
    sections = display.shown(
        bundled("BIRTH"), BIRTH, on=TODAY, language="en", region_name=NAMES.__getitem__
    )
    names = ["applicant", "child", "parents", "family", "witnesses", "documents"]
    assert [section.name for section in sections] == names


def test_region_that_does_not_exist_is_shown_as_typed() -> None:
    def nowhere(code: str) -> str:
        raise NotFound(code)

    answers = birth_answers(address={"region": "99.99.99.9999", "street": "Jalan X"})
    sections = display.shown(
        bundled("BIRTH"), answers, on=TODAY, language="id", region_name=nowhere
    )
    rows = {row.question: row.lines for section in sections for row in section.rows}
    assert rows["address"][1] == "Kelurahan 99.99.99.9999, Kecamatan 99.99.99, 99.99"
