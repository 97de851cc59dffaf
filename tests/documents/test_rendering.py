from __future__ import annotations

import subprocess
from datetime import timedelta

import page
import pytest

from loket.documents.rendering import engine, printable, templates
from loket.documents.rendering.certificates import PAGES, Frame, certificate
from loket.documents.rendering.slips import pickup_slip, receipt
from tests.factories import documents as factory

URL = "https://loket.jakarta.example/v/4M9K2TQ-X#" + "e" * 330
SIGNED = Frame(
    number="3171-LU-02032026-0001",
    signer_name="Dewi Anggraini",
    signer_title="Kepala",
    code="4M9K2TQ-X",
    url=URL,
)
DRAFT = Frame(number="–", signer_name="Dewi Anggraini", signer_title="Kepala")
RECEIPT = {
    "code": "4M9K2TQ-X",
    "service": {"id": "Akta kelahiran", "en": "Birth certificate"},
    "applicant": "Ayu Lestari",
    "about": "Adinda",
    "due_on": "2026-03-09",
    "office": "Satpel Kebon Kacang",
    "received": ["Buku nikah (1)"],
    "url": "https://loket.jakarta.example/status",
}


def text_of(pdf):
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().replace("\u200b", "")


def pages_of(pdf):
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(done.stdout.decode().split("Pages:")[1].split()[0])


def words_of(pdf):
    return " ".join(text_of(pdf).split())


def birth(at, frame=SIGNED, **facts):
    return certificate("birth_certificate", {**factory.BIRTH, **facts}, frame, at=at)


@pytest.mark.parametrize("template", sorted(PAGES))
def test_every_certificate_is_archival_and_accessible(template, at):
    for frame in (SIGNED, DRAFT):
        pdf = certificate(template, factory.FACTS[template], frame, at=at)
        for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
            assert page.validate_pdf_bytes(pdf, profile=profile).failures == []
        assert pages_of(pdf) == 1
        assert pdf.endswith(b"%%EOF\n")


@pytest.mark.parametrize("template", sorted(PAGES))
def test_every_certificate_is_printed_with_the_least_facts(template, at):
    known = templates.TEMPLATES[template]
    required = {s.name for s in known.slots if s.required}
    least = {k: v for k, v in factory.FACTS[template].items() if k in required}
    assert known.missing(least) == ()
    assert "None" not in text_of(certificate(template, least, SIGNED, at=at))
    assert set(known.missing({})) == required


def test_a_birth_certificate_reads_as_the_real_one(at):
    words = words_of(birth(at))
    for phrase in (
        "KUTIPAN AKTA KELAHIRAN",
        "Berdasarkan Akta Kelahiran Nomor",
        "menurut Stbld.",
        "TUJUH BELAS JANUARI DUA RIBU DUA PULUH ENAM",
        "ADINDA PUTRI MAHARANI",
        "DUA, PEREMPUAN",
        "BAGUS PRATAMA",
        "2 Maret 2026",
        "Dewi Anggraini",
        "4M9K2TQ-X",
        "kertas HVS putih A4 80 g",
    ):
        assert phrase in words


def test_addresses_are_printed_so_that_they_can_be_copied(at, settings):
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=birth(at), capture_output=True, check=True
    )
    assert f"{settings.PUBLIC_URL}/v" in done.stdout.decode()


def test_a_child_of_a_mother_alone_says_so(at):
    words = words_of(birth(at, father_name=""))
    assert "dari seorang ibu" in words
    assert "dari ayah" not in words


def test_a_death_certificate_names_the_nationality_it_was_given(at):
    def death(**facts):
        return words_of(
            certificate("death_certificate", {**factory.DEATH, **facts}, SIGNED, at=at)
        )

    foreign = {"id": "Warga Negara Asing", "en": "Foreign citizen"}
    assert "Warga Negara Asing Foreign citizen" in death(nationality=foreign)
    assert "Warga Negara" not in death()


def test_variants_and_lateness_are_printed(at):
    variant = {"id": "yang perkawinannya belum tercatat", "en": "not yet recorded"}
    words = words_of(birth(at, variants=[variant], late=True))
    assert "YANG PERKAWINANNYA BELUM TERCATAT" in words
    assert "LEWAT BATAS WAKTU PELAPORAN" in words


def test_only_a_signed_page_has_a_qr(at):
    assert b"/URI" in birth(at)
    draft = birth(at, DRAFT)
    assert b"/URI" not in draft
    assert "PRATINJAU – BELUM DITANDATANGANI" in words_of(draft)


@pytest.mark.parametrize(
    "name",
    [
        '#import "x"; *bold* $x$ _y_',
        "#panic() @label <label> [x] {y}",
        r"\u{41} // none /* none */ `raw` ~ --- 'q'",
        "= Heading",
    ],
)
def test_facts_are_never_read_as_markup(name, at):
    assert "".join(name.upper().split()) in "".join(text_of(birth(at, child_name=name)).split())


@pytest.mark.parametrize(
    "name", ["Bo", "D'Arcy Ma'ruf", "Ni Luh Ayu " * 5, "W" * 60, "Ø Ņ Ǵ Й Ω"]
)
def test_names_of_any_shape_fit(name, at):
    pdf = birth(at, child_name=name, mother_name=name, father_name=name)
    assert pages_of(pdf) == 1
    assert "".join(name.upper().split()) in "".join(text_of(pdf).split())


def test_signs_without_a_glyph_are_replaced_where_all_can_see(at):
    assert printable.text("Siti 🙂 محمد\u202e x\ny\x00") == "Siti � ���� x y"
    pdf = birth(at, child_name="Siti 🙂 محمد")
    assert "SITI � ����" in words_of(pdf)


def test_the_fonts_hold_what_they_are_said_to(at):
    ranges = [pair.split("-") for pair in printable.COVERED.split()]
    signs = "".join(chr(c) for a, b in ranges for c in range(int(a, 16), int(b, 16) + 1))
    facts = {**RECEIPT, "received": [signs[i : i + 40] for i in range(0, len(signs), 40)]}
    assert receipt(facts, "id", at=at)


def test_the_same_facts_give_the_same_bytes(at):
    assert birth(at) == birth(at)
    assert birth(at) != birth(at + timedelta(seconds=1))


def test_a_large_family_goes_on_over_pages(at):
    member = factory.MEMBER
    facts = {**factory.FAMILY, "members": [{**member, "name": f"Anak {n}"} for n in range(40)]}
    pdf = certificate("family_card", facts, SIGNED, at=at)
    assert pages_of(pdf) > 1
    assert "ANAK 39" in words_of(pdf)


def test_the_moment_is_printed_in_the_time_of_the_office(at):
    assert "3 Maret 2026" in words_of(birth(at.replace(hour=20)))


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "Akta kelahiran"), ("en", "Birth certificate")]
)
def test_a_receipt_is_in_the_language_of_the_reader(language, expected, at):
    pdf = receipt({**RECEIPT, "submitted_at": at}, language, at=at)
    words = words_of(pdf)
    assert expected in words
    assert "4M9K2TQ-X" in words
    assert "16.00 WIB" in words
    assert b"/URI" not in pdf
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_a_pickup_slip_masks_the_nik(at):
    facts = {"holder_name": "Ayu Lestari", "nik": "3171075701900001", "card": "KTP-el"}
    words = words_of(pickup_slip(facts, "id", number="3171-KTP-02032026-0001", at=at))
    assert "3171********0001" in words
    assert "3171075701900001" not in words


def test_no_font_of_the_machine_is_used(at):
    fonts = subprocess.run(
        ["pdffonts", "-"], input=birth(at), capture_output=True, check=True
    ).stdout.decode()
    names = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
    assert names == {"NotoSans-Regular", "NotoSans-Bold"}
    assert engine.STANDARDS == ["a-2a", "ua-1"]
