from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from loket.kernel.errors import Invalid
from loket.kernel.identifiers import kk, nip
from loket.kernel.identifiers.kk import Kk
from loket.kernel.identifiers.nip import Nip


@pytest.fixture(autouse=True)
def _indonesian():
    with override("id"):
        yield


def test_kk_is_read() -> None:
    assert kk.read("3174 0405 0612 0007") == Kk(
        number="3174040506120007",
        province="31",
        city="31.74",
        district="31.74.04",
        day=5,
        month=6,
        year=12,
        serial=7,
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis Nomor KK. Nomor KK terdiri dari 16 angka."),
        ("317404050612000", "Nomor KK terdiri dari 16 angka. Yang Anda ketik 15 angka."),
        ("3174040506120O07", "Nomor KK hanya berisi angka. Hapus: O"),
        (
            "0174040506120007",
            (
                "Enam angka pertama Nomor KK menunjukkan kecamatan, dan “017404” bukan kode "
                "kecamatan. Cocokkan dengan KTP-el atau KK."
            ),
        ),
    ],
)
def test_kk_that_cannot_be_is_explained(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        kk.read(typed)
    assert str(refused.value) == sentence


def test_kk_with_an_unusual_date_or_province_is_a_doubt_only() -> None:
    assert kk.doubts(kk.read("3174040506120007")) == []
    assert kk.doubts(kk.read("9974049913120007")) == [
        (
            "Nomor KK ini diawali “99”, dan kami tidak mengenal provinsi dengan kode itu. "
            "Cocokkan dengan KTP-el atau KK. Jika sama, silakan lanjutkan."
        ),
        (
            "Angka ke-7 sampai ke-12 Nomor KK biasanya berupa tanggal. Cocokkan nomor ini "
            "dengan Kartu Keluarga. Jika sama, silakan lanjutkan."
        ),
    ]


def test_kk_is_masked() -> None:
    assert kk.mask("3174.0405.0612.0007") == "3174********0007"


def test_nip_of_a_civil_servant_is_read() -> None:
    assert nip.read("19860926 201505 1 001") == Nip(
        number="198609262015051001",
        birth_date=date(1986, 9, 26),
        appointed_year=2015,
        appointed_month=5,
        sex="male",
        serial=1,
    )


def test_nip_of_staff_on_a_work_agreement_has_no_month() -> None:
    read = nip.read("199001312024212003")
    assert (read.appointed_year, read.appointed_month, read.sex) == (2024, None, "female")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("19860926201505100", "NIP terdiri dari 18 angka. Yang Anda ketik 17 angka."),
        (
            "198602302015051001",
            (
                "Delapan angka pertama NIP adalah tanggal lahir (tahun, bulan, tanggal). "
                "“19860230” bukan tanggal."
            ),
        ),
        (
            "198609261985051001",
            (
                "Angka ke-9 sampai ke-14 NIP adalah tahun dan bulan pengangkatan. “198505” "
                "tidak mungkin."
            ),
        ),
        (
            "198609262015001001",
            (
                "Angka ke-9 sampai ke-14 NIP adalah tahun dan bulan pengangkatan. “201500” "
                "tidak mungkin."
            ),
        ),
        (
            "198609262015053001",
            "Angka ke-15 NIP adalah 1 untuk laki-laki atau 2 untuk perempuan.",
        ),
    ],
)
def test_nip_that_cannot_be_is_explained(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        nip.read(typed)
    assert str(refused.value) == sentence


def test_nip_is_masked() -> None:
    assert nip.mask("198609262015051001") == "1986**********1001"


@given(st.text() | st.text("0123456789", min_size=16, max_size=18))
def test_no_text_at_all_breaks_them(text: str) -> None:
    for module in (kk, nip):
        if not module.problems(text):
            assert module.read(text).number
