from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.catalogue.rules import flow
from loket.catalogue.rules.format import Question, Service
from loket.catalogue.services import DEFINITIONS
from tests.factories.catalogue import birth_answers, bundled

TODAY = date(2026, 3, 2)
CODES = sorted(path.stem.upper() for path in DEFINITIONS.glob("*.yaml"))
DAYS = st.dates(date(1950, 1, 1), TODAY).map(date.isoformat)
SHORT = st.sampled_from(["x", "", "  "])


def some_answer(question: Question) -> st.SearchStrategy[Any]:
    """Return answers of the right kind, and sometimes none."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "choice": st.sampled_from([c.value for c in question.choices] or [""]),
        "yes_no": st.booleans(),
        "date": DAYS,
        "document": st.fixed_dictionaries(
            {
                "alternative": st.sampled_from(
                    [a.value for a in question.alternatives] or [""]
                ),
                "files": st.just(["file"]),
            }
        ),
    }
    if question.kind == "person":
        fields = {part.name: some_answer(part) for part in question.of}
        return st.fixed_dictionaries({}, optional=fields)
    return kinds.get(question.kind, SHORT)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Service, dict[str, Any]]:
    service = bundled(draw(st.sampled_from(CODES)))
    names = draw(st.sets(st.sampled_from([q.name for q in service.questions])))
    return service, {q.name: draw(some_answer(q)) for q in service.questions if q.name in names}


@settings(max_examples=60, deadline=None)
@given(filled())
def test_walk_never_ends_in_a_dead_end(case: tuple[Service, dict[str, Any]]) -> None:
    service, answers = case
    asked = [q.name for q in flow.visible(service, answers, TODAY)]
    walked = [asked[0]]
    while following := flow.next_after(service, walked[-1], answers, TODAY):
        walked.append(following.name)
    assert walked == asked
    for earlier, later in pairwise(walked):
        previous = flow.before(service, later, answers, TODAY)
        assert previous is not None
        assert previous.name == earlier
    assert flow.before(service, asked[0], answers, TODAY) is None


@settings(max_examples=40, deadline=None)
@given(filled(), st.data())
def test_answering_what_is_unanswered_comes_to_an_end(
    case: tuple[Service, dict[str, Any]], data: st.DataObject
) -> None:
    service, answers = case
    for _ in range(len(service.questions) + 1):
        question = flow.first_unanswered(service, answers, TODAY)
        if question is None:
            break
        answers[question.name] = {
            "choice": question.choices[0].value if question.choices else "",
            "yes_no": data.draw(st.booleans()) if question.kind == "yes_no" else None,
            "date": "2026-02-14",
            "document": {"alternative": "", "files": ["file"]},
        }.get(question.kind, "answer")
    assert flow.first_unanswered(service, answers, TODAY) is None


@settings(max_examples=40, deadline=None)
@given(filled())
def test_hidden_answers_decide_nothing(case: tuple[Service, dict[str, Any]]) -> None:
    service, answers = case
    kept = flow.kept(service, answers, TODAY)
    assert flow.visible(service, kept, TODAY) == flow.visible(service, answers, TODAY)


def test_father_is_asked_only_of_the_married() -> None:
    service = bundled("BIRTH")
    names = {
        marriage: [
            q.name
            for q in flow.visible(service, birth_answers(marriage=marriage), TODAY)
            if q.name in {"father", "marriage_date", "marriage_proof"}
        ]
        for marriage in ("recorded", "unrecorded", "none")
    }
    assert names == {
        "recorded": ["father", "marriage_date", "marriage_proof"],
        "unrecorded": ["father", "marriage_proof"],
        "none": [],
    }


def test_papers_offered_depend_on_earlier_answers() -> None:
    service = bundled("BIRTH")
    proof = service.question("birth_proof")
    offered = {
        place: [a.value for a in flow.alternatives(proof, {"birth_facility": place}, TODAY)]
        for place in ("hospital", "home", "other")
    }
    assert offered == {
        "hospital": ["birth_letter", "statement"],
        "home": ["birth_letter", "lurah_letter", "statement"],
        "other": ["birth_letter", "captain_letter", "lurah_letter", "statement"],
    }


def test_fields_of_a_person_depend_on_each_other() -> None:
    mother = bundled("BIRTH").question("mother")
    asked = flow.fields(mother, {"citizenship": "foreign"}, {}, TODAY)
    assert [q.name for q in asked] == ["name", "citizenship", "passport", "birth_date"]


@pytest.mark.parametrize(
    ("value", "expected"), [({}, "birth_weight"), ({"birth_weight": None}, "birth_length")]
)
def test_optional_page_is_passed_once_seen(value: dict[str, Any], expected: str) -> None:
    answers = birth_answers(birth_weight=None, birth_length=None) | value
    question = flow.first_unanswered(bundled("BIRTH"), answers, TODAY)
    assert question is not None
    assert question.name == expected


def test_progress_counts_the_pages_asked_now() -> None:
    service = bundled("BIRTH")
    assert flow.progress(service, "role", {}, TODAY) == flow.Progress(number=1, of=20)
