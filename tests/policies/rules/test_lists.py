"""Lists of moved cases come out as they went in, and are small."""

from loket.kernel import codes
from loket.policies.rules.lists import PIECE, MovedCase, packed, unpacked


def rows(number: int) -> list[MovedCase]:
    return [
        MovedCase(codes.new(), f"31.74.{n % 700}", "BIRTH", "2020-03-31", "2020-04-15")
        for n in range(number)
    ]


def test_rows_come_back_in_their_order():
    for number in (0, 1, PIECE - 1, PIECE, PIECE + 1):
        given = rows(number)
        assert list(unpacked(packed(iter(given)))) == given


def test_equal_rows_give_equal_bytes():
    given = rows(PIECE + 7)
    assert packed(given) == packed(given)


def test_a_case_takes_less_than_twenty_bytes():
    assert len(packed(rows(10_000))) < 200_000
