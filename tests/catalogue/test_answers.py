from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.catalogue.rules import answers
from loket.catalogue.rules.answers import Checked
from loket.catalogue.rules.format import Question, Service
from tests.factories.catalogue import BIRTH, FILES, VILLAGE, birth_answers, bundled

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def is_village(code: str) -> bool:
    return code == VILLAGE


def check(
    given_answers: dict[str, Any],
    *,
    service: Service | None = None,
    on: date = TODAY,
    **more: Any,
) -> Checked:
    return answers.check(
        service or bundled("BIRTH"),
        given_answers,
        on=on,
        regions=is_village,
        files=FILES,
        **more,
    )


def ask(raw: Any, *, kind: str, **more: Any) -> Any:
    """Return the value, or the sentences about it, of an answer to one question."""
    question = Question.model_validate(
        {"name": "q", "kind": kind, "label": {"id": "a", "en": "a"}, "section": "s", **more}
    )
    reading = answers.check_question(
        question, raw, answers={}, on=TODAY, regions=is_village, files=FILES
    )
    return reading.errors or reading.value


def test_sound_answers_stay_as_they_are() -> None:
    checked = check(BIRTH)
    assert (checked.errors, checked.warnings, checked.effects) == ({}, {}, ())
    assert checked.values == BIRTH


def test_nothing_answered_names_every_page() -> None:
    checked = check({})
    assert set(checked.errors) == {
        "role", "child_name", "child_sex", "child_birth_date", "birth_time", "birth_place",
        "birth_facility", "attendant", "birth_kind", "birth_order", "mother.name",
        "mother.citizenship", "mother.birth_date", "marriage", "kk_number", "address.region",
        "address.street", "witnesses", "birth_proof", "family_card",
    }  # fmt: skip


def test_only_one_page_is_judged_when_it_is_filled_in() -> None:
    checked = check({"role": "mother", "child_name": "Budi 2"}, only=["child_name"])
    assert list(checked.errors) == ["child_name"]


# Domain vector 7: the 60-day rule.
@pytest.mark.parametrize(
    ("filed", "effects"),
    [(date(2020, 2, 29), ()), (date(2020, 3, 1), ()), (date(2020, 3, 2), ("late",))],
)
def test_birth_is_late_after_day_60(filed: date, effects: tuple[str, ...]) -> None:
    checked = check(
        birth_answers(child_birth_date="2020-01-01", marriage_date="2019-05-05"), on=filed
    )
    assert checked.errors == {}
    assert checked.effects == effects
    assert ("child_birth_date" in checked.warnings) is bool(effects)


# Domain vector 8: age and the child card.
@pytest.mark.parametrize(
    ("born", "photo", "eligible"),
    [
        ("2021-03-03", False, True),
        ("2021-03-02", True, True),
        ("2009-03-03", True, True),
        ("2009-03-02", False, False),
    ],
)
def test_child_card_by_age(born: str, photo: bool, eligible: bool) -> None:
    service = bundled("KIA-NEW")
    birth = next(q.name for q in service.questions if q.kind == "date")
    checked = check({birth: born}, service=service)
    wants = any("photo" in path for path in checked.errors)
    refused = birth in checked.errors
    assert (refused, wants and not refused) == (not eligible, photo)


# Domain vector 11: names.
@pytest.mark.parametrize(
    ("name", "errors", "warnings"),
    [("R. Budi 2", 1, 1), ("Budi", 0, 1), ("B" * 30 + " " + "S" * 30, 1, 0)],
)
def test_new_name_is_judged_by_the_regulation(name: str, errors: int, warnings: int) -> None:
    checked = check(birth_answers(child_name=name))
    assert len(checked.errors.get("child_name", [])) == errors
    if not errors:
        assert len(checked.warnings.get("child_name", [])) == warnings


def test_registered_name_may_be_what_it_is() -> None:
    mother = BIRTH["mother"] | {"name": "Dr. Hj. Siti Nur'aini, S.Pd."}
    assert check(birth_answers(mother=mother)).errors == {}


# Domain vector 12: NIK.
def test_nik_of_a_woman_agrees_with_her_birth_date() -> None:
    mother = BIRTH["mother"] | {"nik": "3171 0157 0845 0001", "birth_date": "1945-08-17"}
    checked = check(birth_answers(mother=mother))
    assert checked.values["mother"]["nik"] == "3171015708450001"
    assert (checked.errors, checked.warnings) == ({}, {})


def test_nik_that_disagrees_is_a_warning() -> None:
    father = BIRTH["father"] | {"nik": "3171015708450001"}
    checked = check(birth_answers(father=father))
    assert checked.errors == {}
    assert [len(w) for w in checked.warnings.values()] == [2]
    assert list(checked.warnings) == ["father.nik"]


def test_invalid_nik_stays_as_typed() -> None:
    mother = BIRTH["mother"] | {"nik": "12345"}
    checked = check(birth_answers(mother=mother))
    assert list(checked.errors) == ["mother.nik"]
    assert checked.values["mother"]["nik"] == "12345"
    assert checked.values["mother"]["name"] == "Ayu Lestari"


def test_hidden_answers_are_left_out() -> None:
    checked = check(birth_answers(marriage="none"))
    assert checked.errors == {}
    assert {"father", "marriage_date", "marriage_proof"} & set(checked.values) == set()


def test_parent_born_after_the_child_is_refused() -> None:
    mother = BIRTH["mother"] | {"nik": "3174045402260003", "birth_date": "2026-02-15"}
    assert check(birth_answers(mother=mother)).errors == {
        "mother.birth_date": [
            "This date lies after 14 February 2026, which you gave earlier. Check both."
        ]
    }


def test_statement_needs_both_witnesses() -> None:
    proof = {"alternative": "statement", "files": ["statement"]}
    one = BIRTH["witnesses"][:1]
    assert check(birth_answers(birth_proof=proof)).errors == {}
    assert check(birth_answers(birth_proof=proof, witnesses=one)).errors == {
        "witnesses": ["2 people are needed here."]
    }


def test_same_witness_twice_is_refused() -> None:
    twice = [BIRTH["witnesses"][0], BIRTH["witnesses"][0]]
    assert check(birth_answers(witnesses=twice)).errors == {
        "witnesses.1.nik": ["This NIK was already given for person 1."]
    }


def test_paper_that_is_not_offered_is_refused() -> None:
    proof = {"alternative": "lurah_letter", "files": ["letter"]}
    assert check(birth_answers(birth_proof=proof)).errors == {
        "birth_proof.alternative": ["Choose which paper you have."]
    }


def test_file_of_another_application_is_refused() -> None:
    card = {"alternative": "family_card", "files": ["card", "somebody-elses"]}
    assert check(birth_answers(family_card=card)).errors == {
        "family_card.files": ["A file is no longer here. Please add it again."]
    }


def test_unknown_name_is_a_warning() -> None:
    checked = check(birth_answers(childname="x"))
    assert checked.warnings == {"childname": ["This service asks nothing of this name."]}
    assert "childname" not in checked.values


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2026-02-28", "2026-02-28"),
        ({"day": "1", "month": "Maret", "year": "2026"}, "2026-03-01"),
        ({"day": "29", "month": "2", "year": "2024"}, "2024-02-29"),
        ({"day": "29", "month": "2", "year": "2025"},
         "29 February 2025 does not exist: February had 28 days in that year."),
        ({"day": "31", "month": "4", "year": "2025"},
         "That month does not have 31 days. Check the day and the month."),
        ({"day": "32", "month": "1", "year": "2025"},
         "No month has that day: write a day from 1 to 31."),
        ({"day": "1", "month": "13", "year": "2025"},
         "There are only 12 months: write a month from 1 to 12."),
        ({"day": "1", "month": "1", "year": "26"},
         "Write the year with four digits, such as 2026."),
        ({"day": "1", "month": "", "year": "2025"}, "Fill in the day, the month and the year."),
        ({"day": "x", "month": "1", "year": "2025"},
         "Write the date in digits, such as 27 3 2026."),
        ("2026-03-03",
         "This date lies in the future. Check the day, the month and the year."),
        ("1896-03-01", "This date is more than 130 years ago. Check the year."),
        ([1], "Fill in the day, the month and the year."),
    ],
)  # fmt: skip
def test_date(raw: Any, expected: str) -> None:
    found = ask(raw, kind="date")
    assert found == (expected if expected[:4].isdecimal() else {"q": [expected]})


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("time", "8.30", "08:30"),
        ("time", "0830", "08:30"),
        ("number", "3.200", 3200),
        ("number", " 3 ", 3),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("text", "a\u202eb\x00 \r\n c ", "ab \n c"),
        ("place", "  Jakarta\n Selatan ", "Jakarta Selatan"),
        ("email", "Ayu@Warga.Example", "ayu@warga.example"),
        ("phone", "0811 0000 0001", "+6281100000001"),
        ("name", "  Ayu   Lestari ", "Ayu Lestari"),
    ],
)
def test_answer_is_tidied(kind: str, raw: Any, expected: Any) -> None:
    assert ask(raw, kind=kind) == expected


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("time", "24.00"), ("time", "8.60"), ("number", "3,5"), ("number", "1.2"),
        ("number", True), ("yes_no", "maybe"), ("text", "x" * 501), ("place", "123"),
        ("place", "\u200b"), ("email", "nobody"), ("phone", "112"), ("nik", "\u0663" * 16),
        ("kk", "1"), ("name", "\U0001f600"), ("choice", ["a"]), ("document", "x"),
        ("address", "x"),
    ],
)  # fmt: skip
def test_answer_is_refused_with_a_sentence(kind: str, raw: Any) -> None:
    found = ask(raw, kind=kind)
    assert isinstance(found, dict)
    assert all(path.startswith("q") and all(texts) for path, texts in found.items())


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from(sorted(BIRTH)), junk=JUNK)
def test_junk_never_raises_and_is_never_lost(name: str, junk: Any) -> None:
    checked = check(birth_answers(**{name: junk}) | {name: junk})
    assert set(checked.values) <= set(BIRTH)


def test_sentences_are_indonesian_for_indonesians() -> None:
    with translation.override("id"):
        assert check({"role": ""}, only=["role"]).errors == {
            "role": ["Pilih salah satu jawaban."]
        }
