"""Rows of a staff file, and what spreadsheets do to them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from loket.kernel.errors import Invalid
from loket.people.rules import imports, sheets
from loket.workforce.rules.importing import SKILL_WORDS
from tests.factories import staff_files
from tests.factories.staff_files import JOKO, SITI


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def read(data: bytes) -> list[imports.Line]:
    return imports.read(sheets.read(data), skills=SKILL_WORDS)


def problems(**cells: object) -> tuple[str, ...]:
    """Return what is wrong with Siti's row when some of her cells say something else."""
    named = {name.replace("_", " "): value for name, value in cells.items()}
    (line,) = read(staff_files.workbook({**SITI, **named}))
    assert (line.entry is None) == bool(line.problems)
    return line.problems


def test_a_row_is_read_whole():
    (line,) = read(
        staff_files.commas(
            {
                **SITI,
                "NIP": "'19860926 201505 2 001",
                "NRK": "012345",
                "Telepon": "0811-0000-0012",
                "Email": "Siti@Dukcapil.example",
                "Eselon": "IV/a",
                "Sebagai": "Plh.",
                "Mulai": "05/01/2026",
                "Selesai": "2026-03-04",
                "Keterampilan": "perekaman; LOKET",
                "Kode Ruang": "R-1, R-2",
            },
            delimiter=";",
        )
    )
    assert line.entry == imports.Entry(
        row=2, username="", name="Siti Rahmawati", kind="pns", nip="198609262015052001",
        nrk="012345", born_on=date(1986, 9, 26), phone="+6281100000012",
        email="siti@dukcapil.example", unit="31.74.04.1003-DUKCAPIL", role="officer",
        title="Pengadministrasi kependudukan", level="IV.a", basis="delegated",
        starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 4),
        skills=("biometric", "counter"), rooms=("R-1", "R-2"),
    )  # fmt: skip


def test_headings_are_in_either_language_and_any_order():
    data = (
        b"No,Full name,Role,Position,Unit code,Employment,NI PPPK,Keterangan\n"
        b"1,Rudi Hartono,officer,Operator,31,PPPK,199001012022211003,baru\n"
    )
    (line,) = read(data)
    assert line.entry is not None
    assert (line.entry.kind, line.entry.born_on) == ("pppk", date(1990, 1, 1))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Nama,Jabtan\na,b\n", "Did you mean “Jabatan”?"),
        (b"Nama,Warna kesukaan\na,b\n", "Take it out, or see the template."),
        (b"Nama,Name\na,b\n", "is there twice"),
        (b"Nama\na\n", "Status Kepegawaian, Kode Unit, Peran, Jabatan"),
        (staff_files.commas(), "nobody under the headings"),
    ],
)
def test_headings_that_cannot_be_are_refused(data: bytes, said: str):
    with pytest.raises(Invalid) as refused:
        read(data)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"NIP": 198609262015052001}, "lost its last digits"),
        ({"NIP": 1.98609262015052e17}, "lost its last digits"),
        ({"NIP": "1.98609E+17"}, "lost its last digits"),
        ({"NIP": "1,98609E+17"}, "lost its last digits"),
        ({"NIP": "198609262015052001.0"}, "lost its last digits"),
        ({"NIP": "198609262015052000"}, "lost its last digits"),
        ({"NIP": "19860926201505200"}, "has 18 digits"),
        ({"NIP": "198613262015052001"}, "date of birth"),
        ({"NIP": ""}, "have a NIP"),
        ({"NIP": "198609262022212001"}, "number of a PPPK"),
        ({"Status_Kepegawaian": "PJLP"}, "has no NIP"),
        ({"Status_Kepegawaian": "PPK"}, "Did you mean “PPPK”?"),
        ({"Status_Kepegawaian": ""}, "PNS, PPPK or PJLP"),
        ({"NRK": 12345}, "should it be 012345"),
        ({"NRK": "12345.0"}, "should it be 012345"),
        ({"NRK": "1234567"}, "An NRK has 6 digits"),
        ({"Tanggal_Lahir": date(1990, 1, 1)}, "birthday is 26/09/1986"),
        ({"Tanggal_Lahir": 31681}, "perhaps 26/09/1986"),
        ({"Tanggal_Lahir": "26/09/86"}, "four digits"),
        ({"Tanggal_Lahir": "09/26/1986"}, "is no date"),
        ({"Tanggal_Lahir": "26 Sept"}, "is no date"),
        ({"Mulai": "31/02/2026"}, "is no date"),
        ({"Mulai": "01/01/0026"}, "is no date"),
        ({"Mulai": date(2026, 2, 1), "Selesai": date(2026, 2, 1)}, "end after it begins"),
        ({"Sebagai": "Plh"}, "until a day"),
        ({"Nama": "=HYPERLINK(1)"}, "Cell C2 holds a formula"),
        ({"Nama": "@SUM(A1)"}, "holds a formula"),
        ({"Nama": "-2+3+cmd"}, "holds a formula"),
        ({"Nama": "#REF!"}, "shows #REF!"),
        ({"Nama": ""}, "full name"),
        ({"Nama": "x" * 121}, "full name"),
        ({"Nama": "<script>"}, "full name"),
        ({"Email": "siti@"}, "e-mail address"),
        ({"Telepon": "112"}, "cannot reach"),
        ({"Akun": "a b"}, "An account name has"),
        ({"Kode_Unit": ""}, "code of the unit"),
        ({"Peran": "Kepla"}, "Did you mean “Kepala”?"),
        ({"Peran": "administrator"}, "There are: Staf, Petugas, Kepala."),
        ({"Peran": "executive"}, "There are: Staf, Petugas, Kepala."),
        ({"Peran": ""}, "Write the role"),
        ({"Jabatan": ""}, "what the post is called"),
        ({"Eselon": "IX.a"}, "level"),
        ({"Keterampilan": "perekamn"}, "Did you mean “Perekaman”?"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_are_named(cells: dict[str, object], said: str):
    found = problems(**cells)
    assert [said in line for line in found] == [True], found


@pytest.mark.parametrize(
    "cells",
    [
        {"Telepon": "+62 811 0000 0012"},
        {"Telepon": 81100000012},
        {"Telepon": "81100000012.0"},
        {"Tanggal_Lahir": date(1986, 9, 26)},
        {"Tanggal_Lahir": "26/09/1986"},
        {"Tanggal_Lahir": "26-9-1986"},
        {"Tanggal_Lahir": "1986-09-26"},
        {"Tanggal_Lahir": "1986-09-26 00:00:00"},
        {"Mulai": "20.05.2026"},
        {"NRK": "-"},
        {"Nama": "Siti Rahma D’Souza, S.Kom., M.T."},
    ],
    ids=str,
)
def test_cells_may_be_written_as_people_write_them(cells: dict[str, object]):
    assert problems(**cells) == ()


def test_every_mistake_of_a_row_is_named_at_once():
    assert len(problems(NRK=1, Mulai="x", Peran="raja")) == 3


def test_a_cell_without_a_heading_is_not_passed_over():
    rows = staff_files.table(SITI)
    rows[1].append("rahasia")
    (line,) = read(staff_files.sheet(rows))
    assert line.problems == ("Cell R2 stands under no heading.",)


def test_one_person_may_have_several_posts_and_nothing_else_twice():
    other = {**SITI, "Kode Unit": "31", "Sebagai": "Plt", "Peran": "Kepala"}
    lines = read(staff_files.commas(SITI, other, SITI, {**other, "Nama": "Siti Lain"}))
    assert [line.problems for line in lines] == [
        (),
        (),
        ("The same person has the same post in row 2.",),
        (
            "The same person has the same post in row 3.",
            "Row 2 says something else of the same person. Only the post may differ.",
        ),
    ]


def test_two_people_share_no_account_address_or_number():
    shared = {"Akun": "joko", "Email": "joko@dukcapil.example", "NRK": "123456"}
    two = {**JOKO, **shared, "Akun": "Joko"}
    first, second = read(staff_files.commas({**SITI, **shared}, two))
    assert first.problems == ()
    assert [line.rpartition(": ")[2] for line in second.problems] == [
        "joko.", "joko@dukcapil.example.", "123456.",
    ]  # fmt: skip


def test_who_has_no_nip_needs_an_account_or_an_address():
    (line,) = read(staff_files.commas({**JOKO, "Email": ""}))
    assert line.problems == (
        "Who has no NIP needs an account name (Akun) or an e-mail address.",
    )
