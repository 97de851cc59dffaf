from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from loket.kernel.errors import Invalid
from loket.kernel.identifiers import emails, phones


@pytest.fixture(autouse=True)
def _indonesian():
    with override("id"):
        yield


@pytest.mark.parametrize(
    "typed",
    [
        "081100000001",
        "0811-0000-0001",
        "0811 0000 0001",
        "0811.0000.0001",
        "81100000001",
        "6281100000001",
        "62 811 0000 0001",
        "006281100000001",
        "+6281100000001",
        "+62 811-0000-0001",
        "(+62) 811 0000 0001",
        "+62 (0)811 0000 0001",
        "+62 0811 0000 0001",
        "\u202a+62 811 0000 0001\u202c",
        "٠٨١١٠٠٠٠٠٠٠١",
    ],
)
def test_phones_are_read_as_people_type_them(typed: str) -> None:
    assert phones.normalise(typed) == "+6281100000001"


def test_landlines_and_numbers_abroad_are_phones() -> None:
    assert phones.normalise("(021) 345-6789") == "+62213456789"
    assert phones.normalise("+65 6123 4567") == "+6561234567"


@pytest.mark.parametrize(
    "typed",
    ["112", "1500164", "0811", "0811000000010000", "telepon", "0811 0000 0001 ext 3",
     "0811-FLOWERS", "021 345 6789 #3", "+", "0811 0000 0001 / 0811 0000 0002", "9" * 5000],
)  # fmt: skip
def test_what_cannot_be_dialled_is_explained(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        phones.normalise(typed)
    assert str(refused.value) == (
        "Nomor telepon ini tidak dapat kami hubungi. Tulis nomor ponsel seperti "
        "0811 0000 0000, atau telepon rumah beserta kode wilayahnya. Nomor luar negeri diawali "
        "tanda + dan kode negara."
    )


def test_no_phone_is_asked_for() -> None:
    with pytest.raises(Invalid) as refused:
        phones.normalise("  ")
    assert str(refused.value) == "Tulis nomor telepon, misalnya 0811 0000 0000."


@pytest.mark.parametrize(
    ("number", "masked"), [("+6281100000001", "+6281*******01"), ("112", "***"), ("", "")]
)
def test_phones_are_masked(number: str, masked: str) -> None:
    assert phones.mask(number) == masked


@given(st.text() | st.text("0123456789+ ()-", max_size=20))
def test_no_text_at_all_breaks_phones(text: str) -> None:
    try:
        number = phones.normalise(text)
    except Invalid:
        return
    assert phones.normalise(number) == number


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Ayu@Warga.Example ", "ayu@warga.example"),
        ("ayu.lestari+loket@warga.example", "ayu.lestari+loket@warga.example"),
        ("ayu@warga.example\u200b", "ayu@warga.example"),
        ("ayu@bücher.example", "ayu@xn--bcher-kva.example"),
    ],
)
def test_emails_are_written_in_one_way(typed: str, address: str) -> None:
    assert emails.normalise(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "ayu", "ayu@", "@warga.example", "ayu@warga", "ayu lestari@warga.example",
     "ayu@warga..example", "ayu@@warga.example", "ayu@warga.example\nBcc: x@y.example",
     "\u212aayu@warga.example", "ayü@warga.example", "a" * 400 + "@warga.example"],
)  # fmt: skip
def test_addresses_that_no_mail_reaches_are_explained(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        emails.normalise(typed)
    assert str(refused.value) == (
        "Tulis alamat surel seperti nama@mail.example. Periksa tanda @ dan titiknya."
    )


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("ayu@warga.example", "a***@warga.example"),
        ("a@warga.example", "a***@warga.example"),
        ("x", "***"),
    ],
)
def test_emails_are_masked(address: str, masked: str) -> None:
    assert emails.mask(address) == masked


@given(st.text() | st.emails())
def test_no_text_at_all_breaks_emails(text: str) -> None:
    try:
        address = emails.normalise(text)
    except Invalid:
        return
    assert emails.normalise(address) == address == address.lower()
