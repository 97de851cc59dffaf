from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from loket.kernel.errors import Invalid
from loket.kernel.identifiers import nik
from loket.kernel.identifiers.nik import Nik

GAMBIR_WOMAN = "3171015708450001"


@pytest.fixture(autouse=True)
def _indonesian():
    with override("id"):
        yield


def test_nik_of_a_woman_from_gambir_is_read() -> None:
    assert nik.read(GAMBIR_WOMAN) == Nik(
        number=GAMBIR_WOMAN,
        province="31",
        city="31.71",
        district="31.71.01",
        day=17,
        month=8,
        year=45,
        sex="female",
        serial=1,
    )


@pytest.mark.parametrize(
    "typed",
    [
        "3171 0157 0845 0001",
        " 317101.570845.0001\n",
        "317101-570845-0001",
        "317101–570845–0001",
        "3171\u00a00157\u200b08450001",
        "٣١٧١٠١٥٧٠٨٤٥٠٠٠١",
        "３１７１０１５７０８４５０００１",
    ],
)
def test_nik_is_read_as_people_type_it(typed: str) -> None:
    assert nik.read(typed).number == GAMBIR_WOMAN


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis NIK. NIK terdiri dari 16 angka."),
        ("  ", "Tulis NIK. NIK terdiri dari 16 angka."),
        ("317101570845000", "NIK terdiri dari 16 angka. Yang Anda ketik 15 angka."),
        ("31710157084500011", "NIK terdiri dari 16 angka. Yang Anda ketik 17 angka."),
        ("31710I5708450O01", "NIK hanya berisi angka. Hapus: I O"),
        ("317101570845000²", "NIK hanya berisi angka. Hapus: ²"),
        (
            "0971015708450001",
            (
                "Enam angka pertama NIK menunjukkan kecamatan, dan “097101” bukan kode "
                "kecamatan. Cocokkan dengan KTP-el atau KK."
            ),
        ),
        (
            "3171005708450001",
            (
                "Enam angka pertama NIK menunjukkan kecamatan, dan “317100” bukan kode "
                "kecamatan. Cocokkan dengan KTP-el atau KK."
            ),
        ),
        (
            "3171013002900001",
            (
                "Angka ke-7 sampai ke-12 NIK adalah tanggal lahir (tanggal, bulan, tahun; "
                "untuk perempuan tanggalnya ditambah 40). “300290” bukan tanggal. Cocokkan "
                "dengan KTP-el atau KK."
            ),
        ),
        (
            "3171015708450000",
            "Empat angka terakhir NIK dimulai dari 0001. Cocokkan dengan KTP-el atau KK.",
        ),
    ],
)
def test_nik_that_cannot_be_is_explained(typed: str, sentence: str) -> None:
    assert nik.problems(typed) == [sentence]
    with pytest.raises(Invalid) as refused:
        nik.read(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("day", ["00", "32", "40", "72", "81", "99"])
def test_nik_with_a_day_that_cannot_be_is_refused(day: str) -> None:
    assert len(nik.problems(f"317101{day}08450001")) == 1


def test_nik_with_several_faults_names_each() -> None:
    assert len(nik.problems("0000003213990000")) == 3


@pytest.mark.parametrize(
    ("date_part", "is_fine"),
    [
        ("290200", True),
        ("690296", True),
        ("290204", True),
        ("290201", False),
        ("690299", False),
    ],
)
def test_nik_of_29_february_needs_a_leap_year_of_some_century(
    date_part: str, is_fine: bool
) -> None:
    assert (nik.problems(f"317101{date_part}0001") == []) is is_fine


def test_nik_that_agrees_brings_no_warning() -> None:
    found = nik.disagreements(
        nik.read(GAMBIR_WOMAN),
        birth_date=date(1945, 8, 17),
        sex="female",
        known_district={"31.71.01"}.__contains__,
    )
    assert found == []


def test_nik_fits_either_century() -> None:
    read = nik.read("3171010101050001")
    assert nik.disagreements(read, birth_date=date(1905, 1, 1)) == []
    assert nik.disagreements(read, birth_date=date(2005, 1, 1), sex="male") == []


def test_nik_that_disagrees_brings_warnings_only() -> None:
    found = nik.disagreements(
        nik.read("9971015708450001"),
        birth_date=date(1946, 8, 17),
        sex="male",
        known_district=lambda _code: False,
    )
    assert found == [
        (
            "NIK ini diawali “99”, dan kami tidak mengenal provinsi dengan kode itu. Cocokkan "
            "dengan KTP-el atau KK. Jika sama, silakan lanjutkan."
        ),
        (
            "Kami tidak mengenal kecamatan “99.71.01” pada awal NIK ini; mungkin namanya sudah "
            "berubah. Cocokkan NIK dengan KTP-el atau KK. Jika sama, silakan lanjutkan."
        ),
        (
            "Menurut NIK, tanggal lahirnya 17-08-45, tetapi di formulir tertulis 17-08-1946. "
            "Periksa keduanya. Jika keduanya sesuai dengan dokumen, silakan lanjutkan."
        ),
        "NIK ini milik perempuan, tetapi di formulir dipilih “laki-laki”. Periksa keduanya.",
    ]


def test_nik_of_a_man_chosen_as_a_woman_is_a_warning() -> None:
    read = nik.read("3171011708450001")
    assert nik.disagreements(read, birth_date=None, sex="female") == [
        "NIK ini milik laki-laki, tetapi di formulir dipilih “perempuan”. Periksa keduanya."
    ]


def test_sentences_are_in_the_readers_language() -> None:
    with override("en"):
        assert nik.problems("31") == ["The NIK has 16 digits. You typed 2 digits."]
        assert nik.problems("3") == ["The NIK has 16 digits. You typed 1 digit."]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (GAMBIR_WOMAN, "3171********0001"),
        ("3171 0157 0845 0001", "3171********0001"),
        ("31710157084500012", "*****************"),
        ("", ""),
    ],
)
def test_nik_is_masked(text: str, masked: str) -> None:
    assert nik.mask(text) == masked


@st.composite
def niks(draw: st.DrawFn) -> tuple[str, date, str]:
    born = draw(st.dates(date(1900, 3, 1), date(2099, 12, 31)))
    sex = draw(st.sampled_from(["male", "female"]))
    region = f"{draw(st.integers(11, 99))}{draw(st.integers(1, 99)):02}"
    district, serial = draw(st.integers(1, 99)), draw(st.integers(1, 9999))
    day = born.day + (40 if sex == "female" else 0)
    return f"{region}{district:02}{day:02}{born:%m%y}{serial:04}", born, sex


@given(niks())
def test_every_nik_that_can_be_is_read(given_nik: tuple[str, date, str]) -> None:
    number, born, sex = given_nik
    read = nik.read(number)
    assert (read.number, read.sex) == (number, sex)
    assert (read.day, read.month, read.year) == (born.day, born.month, born.year % 100)
    warnings = nik.disagreements(read, birth_date=born, sex=sex)
    assert [w for w in warnings if "provinsi" not in w] == []


@given(niks(), st.lists(st.tuples(st.integers(0, 16), st.sampled_from(" .-–\t\u00a0"))))
def test_separators_never_matter(
    given_nik: tuple[str, date, str], separators: list[tuple[int, str]]
) -> None:
    typed = given_nik[0]
    for place, separator in separators:
        typed = typed[:place] + separator + typed[place:]
    assert nik.read(typed).number == given_nik[0]


@given(st.text() | st.text("0123456789٣²½ -.", min_size=14, max_size=20))
def test_no_text_at_all_breaks_it(text: str) -> None:
    nik.mask(text)
    if not nik.problems(text):
        assert len(nik.read(text).number) == 16
