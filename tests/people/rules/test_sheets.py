"""Tables that people send, and files that are none."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from django.utils import translation

from loket.kernel.errors import Invalid
from loket.people.rules import sheets
from loket.people.rules.sheets import Cell, Formula, Mistake
from tests.factories import staff_files


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def values(data: bytes) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in sheets.read(data)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_as_spreadsheets_write_it(delimiter: str, encoding: str):
    text = f'NIP{delimiter}Nama\r\n"1"{delimiter}"José, ""Pak"""\r\n'
    assert values(text.encode(encoding)) == [["NIP", "Nama"], ["1", 'José, "Pak"']]


def test_csv_may_say_what_divides_it():
    rows = sheets.read(b"sep=;\r\nNIP;Nama, lengkap\r\n\r\n1;2\r\n")
    assert [(row.number, [cell.place for cell in row.cells]) for row in rows] == [
        (2, ["A2", "B2"]),
        (4, ["A4", "B4"]),
    ]


def test_cells_over_several_lines_keep_the_number_of_the_row():
    rows = sheets.read(b'a,b\n"x\ny",z\nu,v\n')
    assert [row.number for row in rows] == [1, 2, 4]


def test_workbook_keeps_what_its_cells_are():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["NIP", "Nama", "Mulai"])
    page["A3"], page["B3"], page["C3"] = 1.98609262015051e17, "=A1", date(2026, 1, 2)
    page["A4"] = "#N/A"
    found = {
        cell.place: cell.value
        for row in sheets.read(staff_files.saved(book))
        for cell in row.cells
    }
    assert found == {
        "A1": "NIP", "B1": "Nama", "C1": "Mulai",
        "A3": 1.98609262015051e17, "B3": Formula(), "C3": date(2026, 1, 2),
        "A4": Mistake("#N/A"),
    }  # fmt: skip


def test_cells_are_called_as_spreadsheets_call_them():
    assert [sheets.values.place(7, n) for n in (0, 25, 26, 39)] == ["A7", "Z7", "AA7", "AN7"]
    assert Cell("A1", " \n").is_empty


def bomb() -> bytes:
    empty = staff_files.sheet([["Nama"]])
    return staff_files.with_part(empty, "xl/media/x.bin", bytes(60_000_000))


def entities() -> bytes:
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    )
    return staff_files.with_part(staff_files.sheet([["Nama"]]), "xl/sharedStrings.xml", xml)


def hidden_entities() -> bytes:
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'
    sheet = staff_files.sheet([["Nama"]])
    return staff_files.with_part(sheet, "xl/sharedStrings.xml", xml.encode("utf-16"))


def far_away() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1048576"] = "Nama", "Siti"
    return staff_files.saved(book)


@pytest.mark.parametrize(
    "make",
    [
        bomb,
        entities,
        hidden_entities,
        far_away,
        lambda: b"",
        lambda: b"\n\n\n",
        lambda: b"\x00\x01binary\x81",
        lambda: b"Nama\n\x81\x8d\x8f",
        lambda: b"PK\x03\x04 not a zip",
        lambda: staff_files.sheet([["Nama"]])[:400],
        lambda: staff_files.with_part(staff_files.sheet([["a"]]), "xl/workbook.xml", b"<x"),
        lambda: b"\xd0\xcf\x11\xe0old Excel",
        lambda: b'Nama\n"never closed',
        lambda: b"Nama\n" + b"x" * 600,
        lambda: staff_files.sheet([["Nama"], ["x" * 600]]),
        lambda: b"Nama\n" + b"a\n" * 2001,
        lambda: b"Nama,NIP\n" + b"," * 60,
        lambda: b"x" * 4_000_001,
    ],
    ids=lambda make: make.__name__,
)
def test_what_is_no_table_is_refused(make):
    with pytest.raises(Invalid) as refused:
        sheets.read(make())
    assert str(refused.value)


def test_as_many_rows_as_allowed_are_read():
    assert len(sheets.read(b"Nama\n" + b"a\n" * sheets.MOST_ROWS)) == sheets.MOST_ROWS + 1
