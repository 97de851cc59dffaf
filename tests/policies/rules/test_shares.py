"""Shares of people become heads."""

from decimal import Decimal

import pytest

from loket.policies.rules import shares


@pytest.mark.parametrize(
    ("share", "people", "most", "least"),
    [
        ("0.25", 40, 10, 10),
        ("0.5", 40, 20, 20),
        ("0.25", 3, 1, 1),
        ("0.1", 4, 1, 1),
        ("0.5", 7, 3, 4),
        ("0", 40, 0, 0),
        ("1", 40, 40, 40),
        ("0.5", 0, 0, 0),
    ],
)
def test_a_maximum_is_rounded_down_to_one_at_least_and_a_minimum_up(share, people, most, least):
    assert shares.at_most(Decimal(share), people) == most
    assert shares.at_least(Decimal(share), people) == least


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("25%", Decimal("0.25")),
        (" 12,5 % ", Decimal("0.125")),
        ("0.25", Decimal("0.25")),
        (0.1, Decimal("0.1")),
        (25, 25),
        ("a quarter", "a quarter"),
    ],
)
def test_a_share_is_read_as_a_fraction(written, share):
    assert shares.read_share(written) == share
