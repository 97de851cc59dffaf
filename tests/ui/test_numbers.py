"""Numbers are written as the language of the reader has them."""

from decimal import Decimal

import pytest
from django.utils import translation

from loket.ui.numbers import decimal, percent


@pytest.mark.parametrize(
    ("share", "indonesian", "english"),
    [
        ("0.125", "12,5%", "12.5%"),
        ("0.50", "50%", "50%"),
        ("1", "100%", "100%"),
        ("0", "0%", "0%"),
    ],
)
def test_share_is_a_percentage(share, indonesian, english) -> None:
    for language, text in (("id", indonesian), ("en", english)):
        with translation.override(language):
            assert percent(Decimal(share)) == text


def test_needless_zeros_are_left_out() -> None:
    with translation.override("id"):
        assert (decimal(Decimal("37.30")), decimal(Decimal("1.0"))) == ("37,3", "1")
