"""Files to walk the story with by hand: Ayu photographs her papers and sends them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import override

from .papers import Look, draw, facts_of
from .papers.drawing import as_pdf

STORY: dict[str, Any] = {
    "child_name": "Melati Ayuningtyas",
    "child_sex": "female",
    "birth_time": "04.30",
    "birth_place": "Jakarta",
    "birth_weight": 3200,
    "birth_length": 49,
    "birth_order": 1,
    "mother": {"name": "Ayu Lestari", "birth_date": "9 Mei 1996", "nik": "3174044905969011"},
    "father": {
        "name": "Bayu Nugroho",
        "birth_date": "2 November 1994",
        "nik": "3174040211949012",
    },
    "marriage_date": "20 Agustus 2022",
    "kk_number": "3174042008229011",
    "head_name": "Bayu Nugroho",
    "address": {"street": "Jalan Kenanga III Nomor 12", "rt": "005", "rw": "002"},
}
WITNESSES = (("Ratna Wijayanti", "3174046203709001"), ("Hendra Kusuma", "3174041506689002"))
"""Two neighbours who saw nothing but are asked for all the same."""

AGE = timedelta(days=18)
WIDTH = 1240
"""As a cheap telephone would send it, and still below the limit by far."""


def folder() -> Path:
    """Return where the samples lie."""
    return Path(settings.DATA) / "samples"


def names() -> list[str]:
    """Return the names of the samples that lie there."""
    return [path.name for path in folder().glob("*") if path.is_file()]


def child_nik(*, on: date) -> str:
    """Return the NIK that the register gives the child of the story: a girl, some weeks old."""
    born = on - AGE
    return f"317404{born.day + 40:02}{born:%m%y}9013"


def write(*, on: date) -> Path:
    """Write the samples as they are on a day, and return the folder."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    for name, data in made(on=on).items():
        (place / name).write_bytes(data)
    return place


def made(*, on: date) -> dict[str, bytes]:
    """Return the samples by the names of their files; the child is some weeks old."""
    with override("id"):
        born = formats.date_format(on - AGE, "j F Y")
    story = {**STORY, "child_birth_date": born}
    book = draw("marriage_book", facts_of("marriage_book", story), Look.SCAN, WIDTH)
    return {
        "surat-kelahiran.jpg": _photo("birth_letter", story),
        "buku-nikah.pdf": as_pdf([book, book]),
        "kartu-keluarga.jpg": _photo("kk", story),
        "kartu-keluarga-buram.jpg": draw("kk", facts_of("kk", story), Look.BLUR, WIDTH),
    }


def _photo(kind: str, story: dict[str, Any]) -> bytes:
    return draw(kind, facts_of(kind, story), Look.PHOTO, WIDTH)
