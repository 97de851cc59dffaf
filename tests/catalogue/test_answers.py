from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules import answers, typed
from loket.catalogue.rules.answers import Checked
from loket.catalogue.rules.format import Service
from tests.factories.catalogue import BIRTH, FILES, VILLAGE, birth_answers, bundled

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


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


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(sorted(BIRTH)), junk=JUNK)
def test_junk_can_be_stored(name: str, junk: Any) -> None:
    values = check(birth_answers() | {name: junk}).values
    version = ServiceVersion.objects.create(
        code="JUNK", version=1, definition=values, digest="", imported_at=NOW
    )
    version.refresh_from_db()
    assert version.definition == values
    version.delete()


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        (float("nan"), None),
        ("x" * 20_000, "x" * 10_000),
        ([[[[["deep"]]]]], [[[[None]]]]),
        ({"a": {"day": "\x00"}}, {"a": {"day": ""}}),
    ],
)
def test_what_no_database_can_keep_is_dropped(raw: Any, kept: Any) -> None:
    assert typed.storable(raw) == kept


def test_sentences_are_indonesian_for_indonesians() -> None:
    with translation.override("id"):
        assert check({"role": ""}, only=["role"]).errors == {
            "role": ["Pilih salah satu jawaban."]
        }
