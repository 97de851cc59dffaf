"""Staff files as people make them. Everybody in them is invented."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO, StringIO
from typing import Any

import openpyxl

HEADINGS = (
    "NIP", "NRK", "Nama", "Status Kepegawaian", "Tanggal Lahir", "Email", "Telepon", "Akun",
    "Kode Unit", "Peran", "Jabatan", "Eselon", "Sebagai", "Mulai", "Selesai", "Keterampilan",
    "Kode Ruang",
)  # fmt: skip
SITI = {
    "NIP": "198609262015052001",
    "Nama": "Siti Rahmawati",
    "Status Kepegawaian": "PNS",
    "Kode Unit": "31.74.04.1003-DUKCAPIL",
    "Peran": "Petugas",
    "Jabatan": "Pengadministrasi kependudukan",
}
JOKO = {
    "Nama": "Joko Prasetyo",
    "Status Kepegawaian": "PJLP",
    "Email": "joko@dukcapil.example",
    "Kode Unit": "31.74.04.1003-DUKCAPIL",
    "Peran": "Staf",
    "Jabatan": "Pramubakti",
}


def table(*people: Mapping[str, Any], headings: Iterable[str] = HEADINGS) -> list[list[Any]]:
    names = list(headings)
    return [names, *([each.get(name, "") for name in names] for each in people)]


def commas(*people: Mapping[str, Any], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(table(*people))
    return out.getvalue().encode(encoding)


def workbook(*people: Mapping[str, Any]) -> bytes:
    return sheet(table(*people))


def sheet(rows: Iterable[Iterable[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([None if value == "" else value for value in row])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook in which one part is another, or is added."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for each in source.infolist():
            if each.filename != name:
                target.writestr(each, source.read(each))
        target.writestr(name, part)
    return out.getvalue()


def nip(number: int, *, year: int = 1986) -> str:
    """Return a NIP that can be, another for each number."""
    born = f"{year + number // 9000:04}0{number % 9 + 1}{number // 9 % 28 + 1:02}"
    return f"{born}201505{number % 2 + 1}{number % 997 + 1:03}"
