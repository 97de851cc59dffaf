"""The services that come with Loket: each can be used, walked through and filled in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loket.catalogue.rules import flow, parse, search
from loket.kernel.texts import LANGUAGES
from loket.site import defining

from .samples import DEFINITIONS, ON, PATHS, definition, judged, sample, step

FILES = sorted(DEFINITIONS.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_definition_loads_without_a_problem(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    inspected = parse.inspect(
        text, name=path.name, templates=defining.slots(), notices=defining.notices()
    )
    assert [str(problem) for problem in inspected.problems] == []
    assert inspected.service is not None
    assert inspected.service.code.lower() == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_definition_has_a_sample_that_holds(path: Path) -> None:
    checked = judged(path.stem.upper())
    assert checked.errors == {}
    assert checked.warnings == {}
    assert checked.effects == ()
    assert json.loads(json.dumps(checked.values)) == sample(path.stem.upper())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_sample_answers_every_question_that_must_be(path: Path) -> None:
    service = definition(path.stem.upper())
    assert flow.first_unanswered(service, sample(service.code), ON) is None


@pytest.mark.parametrize("code", PATHS)
def test_case_walks_from_filing_to_the_end(code: str) -> None:
    service = definition(code)
    state = service.workflow.first
    for name in PATHS[code]:
        action = step(service, name)
        assert state in action.sources
        state = action.target
    assert service.workflow.state(state).outcome == "granted"


@pytest.mark.parametrize("code", PATHS)
def test_every_state_can_be_reached(code: str) -> None:
    service = definition(code)
    reached = {service.workflow.first}
    for _ in service.workflow.states:
        reached |= {
            action.target for action in service.workflow.actions if reached & {*action.sources}
        }
    assert reached == {state.name for state in service.workflow.states}


@pytest.mark.parametrize("code", PATHS)
def test_clock_stands_still_while_the_resident_must_act(code: str) -> None:
    workflow = definition(code).workflow
    paused = {state.name for state in workflow.states if state.clock == "paused"}
    waiting = {"awaiting_biometrics"} if code == "KTP-NEW" else set()
    assert paused == {"returned"} | waiting


@pytest.mark.parametrize("code", PATHS)
def test_every_reason_is_told_in_both_languages(code: str) -> None:
    actions = definition(code).workflow.actions
    assert {a.name for a in actions if a.reasons} == {"return", "refuse"}
    for action in actions:
        for reason in action.reasons:
            for language in LANGUAGES:
                assert reason.words.in_language(language).endswith(".")


@pytest.mark.parametrize("code", PATHS)
def test_every_paper_names_who_demands_it(code: str) -> None:
    papers = [q for q in definition(code).questions if q.kind == "document"]
    assert [q.name for q in papers if not q.source] == []


@pytest.mark.parametrize("code", PATHS)
def test_proxy_needs_a_power_of_attorney_and_an_id_card(code: str) -> None:
    checked = judged(
        code, role="proxy", applicant={"name": "Wulan Sari", "nik": "3174045205880003"}
    )
    assert checked.errors.keys() == {"power_of_attorney", "proxy_id"}


@pytest.mark.parametrize("code", [code for code in PATHS if code != "BIRTH"])
def test_name_already_on_record_is_not_refused(code: str) -> None:
    name = definition(code).subject_title[0]
    assert judged(code, **{name: "M. Yusuf"}).errors == {}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("akte lahir", "BIRTH"),
        ("bayi baru lahir", "BIRTH"),
        ("akte kematian", "DEATH"),
        ("bapak saya meninggal", "DEATH"),
        ("masukkan anak ke kk", "KK-ADD"),
        ("kk hilang", "KK-LOST"),
        ("ktp pemula", "KTP-NEW"),
        ("umur 17", "KTP-NEW"),
        ("KTP hilang", "KTP-LOST"),
        ("ktp patah", "KTP-LOST"),
        ("ktp anak", "KIA-NEW"),
        ("kia", "KIA-NEW"),
        ("pindah", "MOVE-OUT"),
        ("surat pindah", "MOVE-OUT"),
    ],
)
def test_service_is_found_by_what_people_say(words: str, code: str) -> None:
    services = [definition(path.stem.upper()) for path in FILES]
    assert search.rank(services, words, "id")[0].code == code
