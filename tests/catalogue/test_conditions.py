from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.catalogue.rules.conditions import full_years, holds
from loket.catalogue.rules.format import Condition

TODAY = date(2026, 3, 2)


def ask(answers: dict[str, Any], **condition: Any) -> bool:
    return holds(Condition.model_validate(condition), answers, on=TODAY)


@pytest.mark.parametrize(
    ("condition", "answer", "expected"),
    [
        ({"equals": "a"}, "a", True),
        ({"equals": "a"}, "b", False),
        ({"equals": "a"}, None, False),
        ({"equals": True}, True, True),
        ({"equals": True}, 1, False),
        ({"equals": False}, False, True),
        ({"equals": False}, None, False),
        ({"one_of": ["a", "b"]}, "b", True),
        ({"one_of": ["a", "b"]}, {"strange": 1}, False),
        ({"equals": "letter"}, {"alternative": "letter", "files": []}, True),
        ({"answered": True}, "  ", False),
        ({"answered": True}, False, True),
        ({"answered": True}, 0, True),
        ({"answered": True}, {"alternative": "letter", "files": []}, False),
        ({"answered": True}, {"a": "", "b": None}, False),
        ({"answered": False}, [], True),
    ],
)
def test_condition_on_an_answer(condition: dict[str, Any], answer: Any, expected: bool) -> None:
    assert ask({"q": answer}, question="q", **condition) is expected


def test_condition_on_a_field() -> None:
    assert ask({"mother": {"from": "x"}}, question="mother.from", equals="x")
    assert not ask({"mother": "x"}, question="mother.from", equals="x")


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2021, 3, 3), TODAY, 4),
        (date(2021, 3, 2), TODAY, 5),
        (date(2008, 2, 29), date(2025, 2, 28), 16),
        (date(2008, 2, 29), date(2025, 3, 1), 17),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_age_is_counted_in_full_years(born: date, on: date, years: int) -> None:
    assert full_years(born, on) == years


@given(days=st.integers(-400, 40_000), limit=st.integers(-10, 400))
def test_days_since_is_below_or_at_least(days: int, limit: int) -> None:
    answers = {"d": (TODAY - timedelta(days=days)).isoformat()}
    assert ask(answers, days_since="d", at_least=limit) is (days >= limit)
    assert ask(answers, days_since="d", below=limit) is (days < limit)


def test_date_that_is_none_is_neither_old_nor_young() -> None:
    for value in (None, "", "2026-02-30", {"day": "1"}, 5):
        assert not ask({"d": value}, age="d", at_least=0)
        assert not ask({"d": value}, age="d", below=200)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=4),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
    st.lists(st.text(max_size=2), max_size=2),
)  # fmt: skip
LEAVES = st.one_of(
    st.builds(
        lambda q, v: Condition(question=q, equals=v), st.sampled_from("ab"), st.booleans()
    ),
    st.builds(
        lambda q, v: Condition(question=q, answered=v), st.sampled_from("ab"), st.booleans()
    ),
    st.builds(lambda q, v: Condition(age=q, at_least=v), st.sampled_from("ab"), st.integers()),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda form, parts: Condition.model_validate({form: tuple(parts)}),
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@given(condition=CONDITIONS, answers=st.dictionaries(st.sampled_from("ab"), VALUES))
def test_none_is_the_opposite_of_any(condition: Condition, answers: dict[str, Any]) -> None:
    either = holds(Condition(any=(condition,)), answers, on=TODAY)
    assert holds(condition, answers, on=TODAY) is either
    assert holds(Condition(none=(condition,)), answers, on=TODAY) is not either
