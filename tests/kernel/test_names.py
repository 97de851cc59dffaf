from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from loket.kernel.identifiers import names
from loket.kernel.identifiers.names import NameVerdict

ONE_WORD = (
    "Nama ini hanya satu kata. Sebaiknya paling sedikit dua kata, karena negara lain meminta "
    "nama keluarga. Anda boleh tetap memakai satu kata."
)
SHORTENED = (
    "Nama ini tampaknya disingkat. Tulis setiap kata secara lengkap, kecuali kata pendek itu "
    "memang namanya. Petugas akan menanyakannya."
)
TITLE = "Nama ini tampaknya memuat gelar. Akta tidak memuat gelar. Petugas akan menanyakannya."


@pytest.fixture(autouse=True)
def _indonesian():
    with override("id"):
        yield


def test_an_ordinary_name_is_fine_and_tidied() -> None:
    assert names.check("  Siti   Aminah ") == NameVerdict("Siti Aminah", (), ())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Tulis namanya."),
        (" \t", "Tulis namanya."),
        ("123", "Nama terdiri dari huruf. Tulis nama lengkapnya."),
        ("R. Budi 2", "Nama tidak boleh memakai angka atau tanda baca. Hapus: . 2"),
        ("Nur Ma'ruf", "Nama tidak boleh memakai angka atau tanda baca. Hapus: '"),
        ("Nur Ma’ruf", "Nama tidak boleh memakai angka atau tanda baca. Hapus: ’"),
        ("Ani\u200bSari", "Nama tidak boleh memakai angka atau tanda baca. Hapus: \ufffd"),
        ("Абай Ли", "Nama dicatat dengan huruf Latin. Tulis dengan huruf A sampai Z."),
        (
            "Dr Siti Prof",
            (
                "Akta tidak memuat gelar pendidikan atau keagamaan. Hapus: Dr, Prof. Gelar "
                "boleh dicantumkan pada Kartu Keluarga dan KTP-el."
            ),
        ),
        (
            "Ab " * 20 + "C",
            (
                "Nama paling banyak 60 huruf, termasuk spasi. Nama ini 61 huruf. Pilih nama "
                "yang lebih pendek."
            ),
        ),
        ("A" * 201, "Ini terlalu panjang untuk sebuah nama. Tulis namanya saja."),
    ],
)
def test_names_that_may_not_be_recorded_are_explained(name: str, sentence: str) -> None:
    assert names.check(name).errors == (sentence,)


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("Budi", (ONE_WORD,)),
        ("Muh Ali", (SHORTENED,)),
        ("Siti A", (SHORTENED,)),
        ("Siti Haji", (TITLE,)),
        (
            "José Andi",
            (
                (
                    "Nama ini memakai huruf bertanda, misalnya é. Dalam catatan kependudukan "
                    "huruf itu mungkin ditulis tanpa tanda."
                ),
            ),
        ),
    ],
)
def test_names_that_an_officer_should_talk_about_are_warned_of(
    name: str, warnings: tuple[str, ...]
) -> None:
    assert names.check(name) == NameVerdict(name, (), warnings)


@pytest.mark.parametrize("length", [59, 60])
def test_names_may_have_sixty_signs(length: int) -> None:
    assert names.check("Ab" + "c" * (length - 5) + " De").errors == ()


@pytest.mark.parametrize("name", ["R. Budi", "M. Yusuf, S.H.", "Ma'ruf", "Dr. Budi", "A" * 61])
def test_a_registered_name_stays_as_it_is(name: str) -> None:
    assert names.check(name, first_recording=False) == NameVerdict(name, (), ())


def test_a_registered_name_is_still_a_name() -> None:
    assert names.check(" ", first_recording=False).errors == ("Tulis namanya.",)
    assert names.check("Budi 2", first_recording=False) == NameVerdict(
        "Budi 2", (), ("Ada angka di dalam nama ini. Cocokkan dengan KTP-el atau KK.",)
    )


@given(st.text(), st.booleans())
def test_no_text_at_all_breaks_it(name: str, first: bool) -> None:
    verdict = names.check(name, first_recording=first)
    assert verdict == names.check(verdict.name, first_recording=first)
