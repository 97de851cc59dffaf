"""Services as data, from the command line."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules import document
from tests.catalogue.samples import DEFINITIONS
from tests.factories import cases as factory

from .conftest import folder_of, written

pytestmark = pytest.mark.django_db
SHIPPED = sorted(DEFINITIONS.glob("*.yaml"))


@pytest.fixture
def service(kelurahan, at) -> ServiceVersion:
    return factory.publish(at=at)


@pytest.fixture
def papers(tmp_path):
    return folder_of(tmp_path, {"surat.jpg": factory.photo()})


def complete(**changed):
    return factory.answers(**changed) | {"birth_letter": {"files": ["surat.jpg"]}}


def tried(loket, tmp_path, papers, answers, *more):
    path = written(tmp_path, "answers.json", answers)
    return loket(
        "catalogue", "try", "TEST-BIRTH", "--answers", path, "--files", papers,
        "--on", "2026-03-02", *more,
    )  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_definitions_are_in_order(loket, path):
    done = loket("catalogue", "check", path)
    assert (done.exit_code, done.stdout) == (0, "1 checked, nothing wrong.\n")


def test_every_problem_has_file_line_and_reason(loket, tmp_path):
    path = tmp_path / "wrong.yaml"
    text = SHIPPED[0].read_text(encoding="utf-8")
    path.write_text(f"{text}\nsurprise: 1\n", encoding="utf-8")
    done = loket("catalogue", "check", path)
    line = len(text.splitlines()) + 2
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{path}:{line}: error: ")
    as_data = json.loads(loket("catalogue", "check", path, "--json").stdout)
    assert (as_data["ok"], as_data["problems"][0]["line"]) == (False, line)


def test_file_that_is_not_there_is_refused(loket, tmp_path):
    done = loket("catalogue", "check", tmp_path / "none.yaml")
    assert (done.exit_code, done.stderr) == (1, f"There is no file {tmp_path}/none.yaml.\n")


def test_definition_is_imported_published_and_retired(loket, service, tmp_path):
    newer = deepcopy(factory.SERVICE) | {"due_working_days": 5}
    path = tmp_path / "test.yaml"
    path.write_text(factory.written(newer), encoding="utf-8")
    said = [
        loket("catalogue", *words)
        for words in (("import", path), ("publish", "test-birth"), ("retire", "TEST-BIRTH"))
    ]
    assert [(done.exit_code, done.stdout) for done in said] == [
        (0, "TEST-BIRTH version 2 is imported.\n"),
        (0, "TEST-BIRTH version 2 is published.\n"),
        (0, "TEST-BIRTH version 2 is retired.\n"),
    ]
    listed = json.loads(loket("catalogue", "list", "--json").stdout)
    assert [(row["version"], row["state"]) for row in listed] == [
        (1, "retired"),
        (2, "retired"),
    ]


def test_publishing_what_was_not_imported_is_refused(loket):
    done = loket("catalogue", "publish", "NOPE")
    assert (done.exit_code, "Import it first." in done.stderr) == (1, True)


def test_schema_is_valid_and_accepts_every_shipped_definition(loket):
    schema = json.loads(loket("catalogue", "schema").stdout)
    Draft202012Validator.check_schema(schema)
    for path in SHIPPED:
        read = document.read(path.read_text(encoding="utf-8"))
        assert list(Draft202012Validator(schema).iter_errors(read.value)) == [], path.name


def test_complete_answers_can_be_sent(loket, service, papers, tmp_path):
    done = tried(loket, tmp_path, papers, complete())
    assert (done.exit_code, done.stdout, done.stderr) == (0, "The answers can be sent.\n", "")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Write the name."), ("id", "Tulis nama")],
)
def test_errors_are_said_by_field_in_either_language(
    loket, service, papers, tmp_path, language, sentence
):
    wrong = complete(child_name=" ", mother={"name": "Ayu", "nik": "123"})
    done = tried(loket, tmp_path, papers, wrong, "--lang", language)
    lines = dict(line.split(": error: ") for line in done.stderr.splitlines())
    assert (done.exit_code, done.stdout) == (1, "")
    assert set(lines) == {"child_name", "mother.nik"}
    assert lines["child_name"].startswith(sentence)


def test_nik_that_disagrees_only_warns(loket, service, papers, tmp_path):
    late = complete(birth_date="2025-11-01", child_name="Melati")
    done = tried(loket, tmp_path, papers, late)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "child_name: warning: " in done.stdout
    assert "effect: late" in done.stdout


def test_result_as_data(loket, service, papers, tmp_path):
    found = json.loads(tried(loket, tmp_path, papers, complete(sex="x"), "--json").stdout)
    assert (found["service"], found["ok"], list(found["errors"])) == (
        "TEST-BIRTH",
        False,
        ["sex"],
    )


def test_paper_that_is_not_in_the_folder_is_named(loket, service, tmp_path):
    done = tried(loket, tmp_path, folder_of(tmp_path, {}), complete())
    assert done.exit_code == 1
    assert done.stderr == f"birth_letter: error: surat.jpg is not in {tmp_path}/papers.\n"


def test_paper_that_is_no_paper_is_refused(loket, service, tmp_path):
    folder = folder_of(tmp_path, {"surat.jpg": b"<svg onload=alert(1)>"})
    done = tried(loket, tmp_path, folder, complete())
    assert (done.exit_code, done.stderr.startswith("birth_letter: error: surat.jpg: ")) == (
        1,
        True,
    )


@pytest.mark.parametrize("text", ["{", "[]", "\udcff"])
def test_answers_that_are_no_object_are_refused(loket, service, tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = loket("catalogue", "try", "TEST-BIRTH", "--answers", path)
    assert (done.exit_code, str(path) in done.stderr) == (1, True)
