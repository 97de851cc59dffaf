"""The notice on a closed door, and the list of closed offices for the press."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime

import page
import pypdfium2
import pytest
import segno

from loket.documents.rendering.notices import door_notice, press_list

URL = "https://loket.jakarta.example/offices/31.71-DUKCAPIL/"
AT = datetime(2020, 9, 20, 3, 0, tzinfo=UTC)
MIDNIGHT = datetime(2020, 9, 19, 17, 0, tzinfo=UTC)
FACTS = {
    "state": "closed",
    "office": "Suku Dinas Kependudukan dan Pencatatan Sipil Kota Administrasi Jakarta Pusat",
    "address": "Jl. Melati No. 39",
    "floor": "2",
    "government": "Pemerintah Provinsi DKI Jakarta",
    "since": MIDNIGHT,
    "until": None,
    "reopens_at": datetime(2020, 9, 23, 0, 30, tzinfo=UTC),
    "why": [{"id": "Gedung didisinfeksi.", "en": "The building is disinfected."}],
    "citations": ["Pergub 88/2020 (11-09-2020), pasal 9 ayat (2) huruf f"],
    "instead": [{"id": "Ajukan lewat web.", "en": "Ask on the web."}],
    "stays_open": [{"id": "Lantai 1.", "en": "Floor 1."}],
    "url": URL,
}
LEAST = {"state": "open", "office": "Satpel Gambir", "url": URL}
MARKUP = [
    '#import "x"; *bold* $x$ _y_',
    "#panic() @label <label> [x] {y}",
    r"\u{41} // none /* none */ `raw` ~ --- 'q'",
    "= Heading",
]


def words_of(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().replace("\u200b", "").split())


def joined(text: str) -> str:
    return "".join(text.split())


def notice(**facts: object) -> bytes:
    return door_notice({**FACTS, **facts}, at=AT)


def pages(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def is_archival(pdf: bytes) -> bool:
    profiles = (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1)
    return all(page.validate_pdf_bytes(pdf, profile=p).failures == [] for p in profiles)


@pytest.mark.parametrize("state", ["closed", "online_only", "limited", "open"])
def test_a_notice_is_one_accessible_sheet(state: str) -> None:
    pdf = notice(state=state)
    assert (is_archival(pdf), pages(pdf)) == (True, 1)


def test_a_notice_says_everything_in_both_languages() -> None:
    words = words_of(notice())
    for phrase in (
        "TUTUP", "CLOSED", "Pemerintah Provinsi DKI Jakarta", "Jl. Melati No. 39, lantai 2",
        "Saat ini kantor tidak melayani tatap muka.",
        "Mulai 20 September 2020", "Buka kembali 23 September 2020, 07.30 WIB",
        "Opens again 23 September 2020, 07.30 WIB",
        "Gedung didisinfeksi.", "The building is disinfected.",
        "Ajukan lewat web.", "Ask on the web.", "Yang tetap buka", "What stays open",
        "Dicetak 20 September 2020, 10.00 WIB", "Printed on 20 September 2020, 10.00 WIB",
        URL,
    ):  # fmt: skip
        assert phrase in words
    assert words.count("Pergub 88/2020 (11-09-2020), pasal 9") == 2
    assert "until further notice" not in words


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"until": MIDNIGHT.replace(month=10)}, "sampai dengan 19 Oktober 2020"),
        ({"until": AT}, "sampai 20 September 2020, 10.00 WIB"),
        ({"until": None}, "sampai ada pengumuman berikutnya"),
    ],
)
def test_the_end_is_said_as_people_say_it(facts: dict[str, object], expected: str) -> None:
    assert f"Mulai 20 September 2020 {expected}" in words_of(notice(reopens_at=None, **facts))


def test_what_is_not_known_is_left_out() -> None:
    pdf = door_notice(LEAST, at=AT)
    words = words_of(pdf)
    assert "BUKA" in words
    for head in ("Kapan", "Mengapa", "Sebagai gantinya", "Yang tetap buka", "None", "lantai"):
        assert head not in words
    assert is_archival(pdf)


def test_a_block_is_called_what_it_is() -> None:
    assert "Jl. Melati No. 39, Blok G" in words_of(notice(floor="Blok G"))


def letters(pdf: bytes) -> dict[str, float]:
    """Return the heights of the capitals of the first words in millimetres."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    found = text.get_text_range()
    heights = {}
    for word in ("TUTUP", "HANYA", "DARING", "TERBATAS", "BUKA"):
        if (index := found.find(word)) >= 0:
            _, bottom, _, top = text.get_charbox(index)
            heights[word] = (top - bottom) / 72 * 25.4
    return heights


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("closed", ["TUTUP"]),
        ("online_only", ["HANYA", "DARING"]),
        ("limited", ["TERBATAS"]),
        ("open", ["BUKA"]),
    ],
)
def test_the_state_is_read_from_three_metres(state: str, words: list[str]) -> None:
    """Capitals of 15 mm are read at three metres by almost everybody (1 to 200)."""
    heights = letters(notice(state=state, office="Satpel Gambir", why=[]))
    assert [word for word in heights if heights[word] >= 15] == words


@pytest.mark.parametrize("text", MARKUP)
def test_facts_are_never_read_as_markup(text: str) -> None:
    both = [{"id": text, "en": text}]
    pdf = notice(
        office=text, address=text, floor=text, government=text, why=both,
        citations=[text], instead=both, stays_open=both,
    )  # fmt: skip
    assert joined(words_of(pdf)).count(joined(text)) >= 10
    listed = press_list({"government": text, "rows": [{**FACTS, "office": text}]}, "id", at=AT)
    assert joined(words_of(listed)).count(joined(text)) == 2


def test_long_words_make_the_letters_smaller_and_then_a_second_sheet() -> None:
    sentence = [{"id": "Kalimat yang panjang. " * 10, "en": "A long sentence. " * 10}]
    assert pages(notice(instead=sentence * 3, why=sentence)) == 1
    longer = notice(instead=sentence * 30)
    assert (pages(longer), is_archival(longer)) == (3, True)
    assert joined(words_of(longer)).count("Kalimatyangpanjang.") == 300


def test_the_qr_leads_to_the_page_of_the_office() -> None:
    """Every module on the sheet is that of a QR of the address, with its quiet zone."""
    pdf = notice()
    assert URL.encode() in pdf
    code = segno.make(URL, error="l", mode="byte", boost_error=False, micro=False, mask=2)
    sheet = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil().convert("L")
    left, side = 16 / 25.4 * 72 * 4, 38 / 25.4 * 72 * 4
    area = sheet.crop((int(left), sheet.height * 3 // 4, int(left + side), sheet.height - 100))
    dark = area.point(lambda value: 255 if value < 128 else 0).crop((0, 80, *area.size))
    x1, y1, x2, y2 = dark.getbbox()
    modules = len(code.matrix)
    step = (x2 - x1) / modules
    assert (y2 - y1) / modules == pytest.approx(step, abs=0.1)
    read = [
        [
            int(dark.getpixel((x1 + (column + 0.5) * step, y1 + (row + 0.5) * step)) > 0)
            for column in range(modules)
        ]
        for row in range(modules)
    ]
    assert read == [list(row) for row in code.matrix]
    assert step * modules / (72 * 4) * 25.4 > 28


def test_a_trial_says_that_it_is_none(settings) -> None:
    settings.DEMO = True
    assert "CONTOH: bukan pengumuman resmi" in words_of(notice())
    settings.DEMO = False
    assert "CONTOH" not in words_of(notice())


def test_the_same_facts_give_the_same_bytes() -> None:
    assert notice() == notice()


def listed(*rows: dict[str, object], language: str = "id") -> bytes:
    facts = {"government": "Pemprov DKI Jakarta", "url": "https://x.example/offices/"}
    return press_list({**facts, "rows": rows}, language, at=AT)


def test_the_press_reads_which_office_why_and_what_instead() -> None:
    other = {**FACTS, "state": "limited", "office": "Satpel Gambir", "region": "Gambir"}
    pdf = listed(FACTS, {**other, "instead": [], "why": [], "citations": []})
    words = words_of(pdf)
    for phrase in (
        "Kantor yang tutup atau melayani secara terbatas",
        "Keadaan per 20 September 2020, 10.00 WIB", "1 tutup, 1 terbatas",
        "TUTUP Mulai 20 September 2020", "Gedung didisinfeksi.", "Pergub 88/2020",
        "Ajukan lewat web.", "Satpel Gambir Gambir TERBATAS", "Halaman 1 / 1",
    ):  # fmt: skip
        assert phrase in words
    assert "disinfected" not in words
    assert is_archival(pdf)


def test_the_press_may_read_english() -> None:
    words = words_of(listed(FACTS, {**FACTS, "state": "online_only"}, language="en"))
    assert "Offices that are closed or limited" in words
    assert "1 closed, 1 online only" in words
    assert "The building is disinfected." in words
    assert "didisinfeksi" not in words


def test_the_list_of_another_day_says_which() -> None:
    pdf = press_list({"as_of": MIDNIGHT.replace(day=1), "rows": []}, "en", at=AT)
    assert "As of 2 September 2020 All offices" in words_of(pdf)


def test_a_day_without_closures_says_so() -> None:
    pdf = listed()
    assert "Semua kantor buka tanpa pembatasan." in words_of(pdf)
    assert is_archival(pdf)


def test_a_long_list_repeats_its_head_on_every_page() -> None:
    pdf = listed(*({**FACTS, "office": f"Satpel {n}"} for n in range(60)))
    words = words_of(pdf)
    assert pages(pdf) > 3
    assert words.count("No. Kantor Status Kapan Mengapa Sebagai gantinya") == pages(pdf)
    assert "Satpel 59" in words
    assert is_archival(pdf)
