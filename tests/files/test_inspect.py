from __future__ import annotations

import random
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.utils import translation
from PIL import Image

from loket.files.rules import inspect as inspection
from loket.files.rules import kinds
from loket.files.rules.inspect import inspect
from loket.files.rules.verdict import CAUSES, CHANGES, NEED_ADVICE, Verdict, refuse
from tests.factories import files as make

MEGABYTE = 1024 * 1024


def opened(verdict: Verdict) -> Image.Image:
    return Image.open(BytesIO(verdict.data))


def text_of(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def unpacked(data: bytes) -> bytes:
    """Return a PDF with nothing compressed, so that bytes can be looked for."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (make.jpeg(), "akta.JPG", ("accepted", "image/jpeg", "akta.jpg", 640, 480, ())),
        (make.png(), "akta.png", ("accepted", "image/png", "akta.png", 640, 480, ())),
        (make.png(mode="1"), "a.png", ("accepted", "image/png", "a.png", 640, 480, ())),
        (make.png(mode="P"), "a.png", ("accepted", "image/png", "a.png", 640, 480, ())),
        (make.png(mode="I;16"), "a.png", ("accepted", "image/png", "a.png", 640, 480, ())),
        (make.webp(), "a.webp", ("cleaned", "image/jpeg", "a.jpg", 640, 480, ("converted",))),
        (make.heic(), "a.heic", ("cleaned", "image/jpeg", "a.jpg", 640, 480, ("converted",))),
        (make.pdf(), "a.pdf", ("accepted", "application/pdf", "a.pdf", 595, 842, ())),
        (make.png(), "a.jpg", ("cleaned", "image/png", "a.png", 640, 480, ("renamed",))),
    ],
)
def test_inspect_accepts(data: bytes, name: str, kept: tuple[object, ...]) -> None:
    verdict = inspect(data, name)
    assert (
        verdict.outcome,
        verdict.media_type,
        verdict.name,
        verdict.width,
        verdict.height,
        verdict.changes,
    ) == kept
    assert verdict.reason == ""


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "empty"),
        (bytes(21 * MEGABYTE), "too_big"),
        (make.jpeg()[:-3000], "truncated"),
        (make.png()[:-500], "truncated"),
        (make.webp()[:-500], "truncated"),
        (make.heic()[:-500], "truncated"),
        (make.pdf()[:-200], "truncated"),
        (make.png(640, 480)[:30] + b"x" + make.png(640, 480)[31:], "damaged"),
        (make.jpeg(99, 400), "tiny"),
        (make.png_bomb(), "bomb"),
        (make.png_bomb(8000), "bomb"),
        (make.moving("PNG"), "animated"),
        (make.moving("WEBP"), "animated"),
        (make.moving("GIF"), "picture"),
        (make.saved(make.picture(), "BMP"), "picture"),
        (make.saved(make.picture(), "TIFF"), "picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg onload="x()"/>', "page"),
        (b"\n <!DOCTYPE html><html>" + make.SCRIPT, "page"),
        (b"hello " + make.SCRIPT, "page"),
        (b"MZ\x90\x00" + bytes(100), "program"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "program"),
        (b"#!/bin/sh\nrm -rf ~\n", "program"),
        (make.zipped(**{"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}), "program"),
        (make.docx(), "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
        (make.zipped(**{"foto.jpg": make.jpeg()}), "archive"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "film"),
        (b"NIK saya ada di sini. " * 9, "text"),
        (bytes(range(128, 256)) * 9, "unknown"),
        (make.locked_pdf(), "password"),
        (make.pdf(51), "pages"),
        (b"%PDF-1.7\nnothing here\nstartxref\n0\n%%EOF", "damaged"),
        (kinds.EICAR, "virus"),
        (make.jpeg() + kinds.EICAR, "virus"),
    ],
)
def test_inspect_refuses(data: bytes, cause: str) -> None:
    verdict = inspect(data, "a.jpg")
    assert (verdict.outcome, verdict.cause, verdict.data) == ("refused", cause, b"")
    assert verdict.reason


def test_inspect_refuses_a_picture_without_dots() -> None:
    data = bytearray(make.png())
    data[16:24] = bytes(8)
    assert inspect(bytes(data), "a.png").outcome == "refused"


def test_refusal_says_what_a_lying_file_really_is() -> None:
    with translation.override("en"):
        assert inspect(make.docx(), "ktp.jpg").reason == (
            "The name says JPEG, but that is not so. This file is an office document, such as"
            " Word or Excel. Save it as PDF, or photograph the printed page, and send that."
        )
        assert inspect(b"MZ" + bytes(99), "akta.pdf").reason == (
            "The name says PDF, but that is not so. This file is a program, and programs are"
            " never accepted. Take a photo of the document, or save it as PDF, and send that."
        )
        assert inspect(bytes(21 * MEGABYTE), "a.jpg").reason == (
            "The file has 21.0 MB; at most 20 MB can be sent. Take a photo with a lower"
            " resolution, or save the PDF in a smaller size."
        )


def test_every_sentence_can_be_said() -> None:
    facts = dict.fromkeys(
        ("size", "limit", "width", "height", "megapixels", "kind", "pages", "virus"), "7"
    )
    for cause in CAUSES:
        assert "%(" not in refuse(cause, **facts).reason
    assert Verdict(outcome="cleaned", changes=tuple(CHANGES)).notes == tuple(
        str(sentence) for sentence in CHANGES.values()
    )
    assert set(CAUSES) >= NEED_ADVICE


def test_photo_loses_place_device_and_comment_and_stands_upright() -> None:
    sent = make.jpeg(exif=make.exif(orientation=6), comment=make.SCRIPT)
    assert make.SCRIPT in sent
    verdict = inspect(sent, "IMG.jpg")
    kept = opened(verdict)
    assert verdict.changes == ("location",)
    assert (kept.size, dict(kept.getexif()), kept.info.get("comment")) == ((480, 640), {}, None)
    assert b"<script" not in verdict.data
    assert b"Telepon" not in verdict.data
    corner = kept.getpixel((470, 10))
    assert corner[0] > 150 > corner[1] + 60


def test_heic_photo_loses_its_place() -> None:
    verdict = inspect(make.heic(exif=make.exif().tobytes()), "IMG.HEIC")
    assert verdict.changes == ("location", "converted")
    assert dict(opened(verdict).getexif()) == {}


def test_large_photo_is_made_smaller() -> None:
    verdict = inspect(make.jpeg(7300, 5475), "a.jpg")
    assert verdict.changes == ("reduced",)
    assert (verdict.width, verdict.height) == (3000, 2250)


def test_transparent_picture_is_laid_on_white() -> None:
    image = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    verdict = inspect(make.saved(image, "PNG"), "a.png")
    assert opened(verdict).getpixel((5, 5)) == (255, 255, 255)


def test_noisy_png_becomes_jpeg() -> None:
    noise = Image.frombytes("RGB", (1400, 1400), random.Random(1).randbytes(1400 * 1400 * 3))
    verdict = inspect(make.saved(noise, "PNG"), "a.png")
    assert (verdict.media_type, verdict.name) == ("image/jpeg", "a.jpg")


def test_phone_photo_with_a_second_picture_keeps_the_first() -> None:
    sent = make.saved(
        make.picture(), "MPO", save_all=True, append_images=[make.picture(320, 240)]
    )
    verdict = inspect(sent, "a.jpg")
    assert (verdict.outcome, verdict.width, verdict.height) == ("accepted", 640, 480)


@pytest.mark.parametrize(
    "sent",
    [
        make.jpeg() + make.SCRIPT,
        make.jpeg(comment=b"*/=1;" + make.SCRIPT),
        make.png() + b"<html>" + make.SCRIPT,
        make.jpeg() + make.zipped(**{"x.html": make.SCRIPT}),
        make.jpeg() + b"%PDF-1.4 " + make.SCRIPT,
        b"%PDF-1.4\n%" + make.SCRIPT + b"\n" + make.pdf()[9:],
        make.pdf() + b"<html>" + make.SCRIPT,
        b"x" + make.SCRIPT + b"\n" + make.pdf(),
    ],
)
def test_file_that_is_two_things_keeps_one(sent: bytes) -> None:
    verdict = inspect(sent, "a.jpg")
    if verdict.outcome == "refused":
        assert verdict.cause in {"page", "damaged"}
        return
    assert b"<script" not in verdict.data
    assert b"<html" not in verdict.data
    assert b"PK\x03\x04" not in verdict.data


def test_script_behind_the_mark_of_a_gif_is_refused() -> None:
    assert inspect(b"GIF89a/*" + bytes(20) + b"*/=1;" + make.SCRIPT, "a.jpg").cause == "picture"


def test_pdf_loses_what_acts_and_keeps_its_words() -> None:
    verdict = inspect(make.acting_pdf(), "a.pdf")
    bare = unpacked(verdict.data)
    assert (verdict.outcome, verdict.pages) == ("cleaned", 2)
    assert verdict.changes == ("attachments", "code", "links")
    for mark in (
        b"JavaScript", b"/JS", b"app.alert", b"Launch", b"SubmitForm", b"bad.example",
        b"/URI", b"OpenAction", b"/AA", b"EmbeddedFile", b"evil", b"XFA", b"Rahasia",
        b"/Metadata", b"/Annots", b"/AcroForm",
    ):  # fmt: skip
        assert mark not in bare, mark
    assert text_of(verdict.data) == "Kutipan Akta Kelahiran 1 Kutipan Akta Kelahiran 2"


def test_pdf_keeps_what_was_filled_in() -> None:
    verdict = inspect(make.form_pdf(), "a.pdf")
    assert "TERISI" in text_of(verdict.data)
    assert b"/Widget" not in unpacked(verdict.data)


def test_pdf_is_cleaned_the_same_way_each_time() -> None:
    sent = make.acting_pdf()
    once = inspect(sent, "a.pdf").data
    assert inspect(sent, "a.pdf").data == once
    assert inspect(once, "a.pdf").data == once


def test_pdf_that_only_forbids_changes_is_accepted_without_its_lock() -> None:
    verdict = inspect(make.restricted_pdf(), "a.pdf")
    assert verdict.outcome == "accepted"
    with pikepdf.open(BytesIO(verdict.data)) as pdf:
        assert not pdf.is_encrypted


def test_check_size_counts_up() -> None:
    assert inspection.check_size(bytes(MEGABYTE), max_bytes=MEGABYTE) is None
    over = inspection.check_size(bytes(MEGABYTE + 1), max_bytes=MEGABYTE)
    assert over
    assert over.facts == {"size": 1.1, "limit": 1}
