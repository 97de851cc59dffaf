from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.kernel import codes

bodies = st.text(codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH).filter(
    lambda body: codes.check_sign(body) is not None
)


def code_of(body: str) -> str:
    return f"{body}-{codes.check_sign(body)}"


def test_new_codes_are_valid_and_differ() -> None:
    made = {codes.new() for _ in range(500)}
    assert len(made) == 500
    assert {codes.is_valid(code) for code in made} == {True}
    assert {len(code) for code in made} == {codes.LENGTH + 2}


@given(bodies)
def test_codes_survive_being_typed(body: str) -> None:
    code = code_of(body)
    typed = [
        code.lower(),
        f" {code} ",
        code.replace("-", ""),
        code.replace("-", " - "),
        code.replace("0", "o").replace("1", "l"),
        code.replace("-", "–"),
    ]
    assert {codes.normalise(t) for t in typed} == {code}


@given(bodies, st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_a_wrong_sign_is_found(body: str, place: int, sign: str) -> None:
    wrong = body[:place] + sign + body[place + 1 :]
    typed = f"{wrong}-{codes.check_sign(body)}"
    assert codes.is_valid(typed) is (wrong == body)


@given(bodies, st.integers(0, codes.LENGTH - 2))
def test_swapped_neighbours_are_found(body: str, place: int) -> None:
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    typed = f"{swapped}-{codes.check_sign(body)}"
    assert codes.is_valid(typed) is (swapped == body)


@pytest.mark.parametrize("text", ["", "-", "4M9K2TQ", "4M9K2T-X", "4M9K2TU-X", "4M9K2TQ-XX"])
def test_what_is_no_code_is_not_valid(text: str) -> None:
    assert not codes.is_valid(codes.normalise(text))


@given(st.text())
def test_no_text_at_all_breaks_it(text: str) -> None:
    codes.is_valid(codes.normalise(text))
