"""Recaps of daily work on paper."""

from __future__ import annotations

from datetime import UTC, datetime

import page
import pypdfium2
import pytest

from loket.documents.rendering.recaps import recap

AT = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
FACTS = {
    "title": "Rekap kinerja harian",
    "office": "Satpel Pejaten Barat",
    "about": ["Budi Santoso", "Maret 2026"],
    "heads": ["Tanggal", "Yang dikerjakan", "Menit"],
    "rows": [["02-03-2026", "permohonan diperiksa: 3\n– #set page(flipped: true) $x$", "45"]],
    "total": ["Semua", "", "45"],
    "numbers": [2],
    "wide": [1],
}


def words(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as paper:
        pages = [sheet.get_textpage().get_text_range() for sheet in paper]
    return " ".join(" ".join(pages).split())


def test_everything_is_on_paper_and_nothing_is_markup():
    text = words(recap(FACTS, "id", at=AT))
    for told in ("Budi Santoso", "Maret 2026", "permohonan diperiksa: 3", "Semua", "45"):
        assert told in text
    assert "#set page(flipped: true) $x$" in text
    assert "31 Maret 2026, 16.00 WIB" in text


def test_same_facts_are_same_bytes_and_archivable():
    data = recap(FACTS, "id", at=AT)
    assert data == recap(FACTS, "id", at=AT)
    profiles = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
    assert [page.validate_pdf_bytes(data, profile=p).failures for p in profiles] == [[], []]


@pytest.mark.parametrize(("language", "told"), [("id", "Tidak ada laporan"), ("en", "Nothing")])
def test_an_empty_month_says_so(language, told):
    assert told in words(recap({**FACTS, "rows": [], "total": []}, language, at=AT))


def test_short_rows_and_strange_signs_are_printed():
    rows = [["\u202e\x00x", "م" * 3]]
    text = words(recap({**FACTS, "rows": rows * 60}, "id", at=AT))
    assert "2 / 2" in text
