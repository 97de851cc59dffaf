"""Bad definitions: every mistake is told, with its line and a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override
from jsonschema import Draft202012Validator

from loket.catalogue.rules import parse
from loket.catalogue.rules.checks import Slots
from loket.catalogue.services import DEFINITIONS
from tests.factories.catalogue import bundled, changed, example

TEMPLATES = {"domicile_letter": Slots(frozenset({"name", "address"}), frozenset({"nik"}))}
CODES = sorted(path.stem.upper() for path in DEFINITIONS.glob("*.yaml"))


@pytest.fixture(autouse=True)
def _read_in_english() -> Iterator[None]:
    """Read what is wrong as it is written in the code."""
    with override("en"):
        yield


def problems(text: str) -> list[str]:
    found = parse.inspect(text, name="x.yaml", templates=TEMPLATES, notices=frozenset())
    return [str(problem) for problem in found.problems]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_example_of_the_manual_has_no_problem() -> None:
    assert problems(example()) == []


@pytest.mark.parametrize("code", CODES)
def test_bundled_definition_has_no_error(code: str) -> None:
    path = DEFINITIONS / f"{code.lower()}.yaml"
    found = parse.inspect(path.read_text(encoding="utf-8"), name=path.name)
    assert [str(problem) for problem in found.problems] == []
    assert found.service is not None
    assert found.service.code == code


@pytest.mark.parametrize("code", CODES)
def test_bundled_definition_fits_the_published_schema(code: str) -> None:
    Draft202012Validator(parse.schema()).validate(parse.canonical(bundled(code)))


def test_definition_survives_storage() -> None:
    service = bundled("BIRTH")
    definition = parse.canonical(service)
    digest = parse.digest_of(definition)
    assert len(digest) == 64
    assert parse.trusted(digest, definition) == service
    assert parse.trusted(digest, {}) is parse.cached(digest)


# What is replaced, by what, where the mistake is (its first words), path and reason.
MISTAKES = [
    ("level: village", "levle: village", "levle", "levle",
     "“levle” is not a key here. Did you mean “level”?"),
    ("title: { id: Anda, en: You }", "title: { id: Anda }", "  - { name: you",
     "sections[0].title.en",
     "The translation “en” is missing: every sentence is needed in both languages."),
    ("fee: { id: Gratis, en: Free }", "fee: { id: Gratis, en: '' }", "  fee:",
     "standard.fee.en", "The text is empty."),
    ("fee: { id: Gratis, en: Free }", "fee: Gratis", "  fee:", "standard.fee",
     "Give the sentence in both languages: “id: …” and “en: …”."),
    ("code: DOMICILE", "code: domicile", "code:", "code",
     "“domicile” must be a code: a capital, then capitals, digits or -; at most 30."),
    ("kind: yes_no", "kind: boolean", "    kind: boolean", "questions[3].kind", None),
    ("equals: true }", "equals: yes }", "    when: { question: moved", "questions[4].when.equals",
     "YAML may read “yes” as true or false: write true, false or 'yes'."),
    ("level: village", "level: village\nlevel: city", "level: city", "level",
     "“level” was already given in line 7."),
    ("question: moved, equals", "question: mover, equals", "    when: { question: mover",
     "questions[4].when.question",
     "There is no earlier question “mover”. Did you mean “moved”?"),
    ("question: moved, equals", "question: address, equals", "    when: { question: address",
     "questions[4].when.question",
     "“address” is asked later: a condition can only look at earlier questions."),
    ("question: moved, equals: true", "question: moved_on, answered: true",
     "    when: { question: moved_on", "questions[4].when.question",
     "“moved_on” is asked later: a condition can only look at earlier questions."),
    ("question: moved, equals: true", "question: moved, equals: recorded",
     "    when: { question: moved", "questions[4].when.equals",
     "“recorded” is never the answer; it is one of: true, false."),
    ("{ question: moved, equals: true }",
     "{ all: [{ question: moved, equals: true }, { question: moved, equals: false }] }",
     "    when: { all", "questions[4].when", "This can never hold, whatever is answered."),
    ("{ question: moved, equals: true }", "{ age: birth_date, at_least: 17, below: 17 }",
     "    when: { age", "questions[4].when", "This can never hold, whatever is answered."),
    ("{ question: moved, equals: true }", "{ question: moved, age: birth_date }",
     "    when: { question", "questions[4].when",
     "A condition is exactly one of: question, age, days_since, all, any, none."),
    ("{ question: moved, equals: true }", "{ question: name, equals: Ayu }",
     "    when: { question: name", "questions[4].when.equals",
     "A name question can only be “answered”."),
    ("- name: nik\n", "- name: name\n", "  - name: name\n    kind: nik", "questions[2].name",
     "“name” is the name of an earlier one too."),
    ("section: papers", "section: paper", "    section: paper", "questions[6].section",
     "There is no section “paper”. Did you mean “papers”?"),
    ("born: birth_date", "born: name", "    born:", "questions[2].born",
     "“name” is not a date question."),
    ("applicant_region: address", "applicant_region: name", "applicant_region",
     "applicant_region", "“name” is not an address question."),
    ("subject_title: [name]", "subject_title: [nik]", "subject_title", "subject_title[0]",
     "NIK and KK numbers are never shown in lists."),
    ("duplicates: [nik]", "duplicates: [mother.nik]", "duplicates", "duplicates[0]",
     "There is no question “mother.nik”."),
    ("life_events: [moving]", "life_events: [move]", "life_events", "life_events[0]",
     "There is no life event “move”. Did you mean “moving”?"),
    ("first: submitted", "first: sent", "  first:", "workflow.first", "There is no state “sent”."),
    ("sources: [returned]", "sources: [submitted]", "    - name: returned",
     "workflow.states[1].name", "From “returned” no final state can be reached."),
    ("target: returned", "target: submitted", "    - name: returned",
     "workflow.states[1].name", "No case ever gets into “returned”."),
    ("outcome: granted", "outcome: ''", "    - name: issued", "workflow.states[3]",
     "A final state needs an “outcome”."),
    ("      by: head\n", "      by: officer\n", "      by: officer\n      sources: [awaiting",
     "workflow.actions[3].by", "An action of kind “sign” is taken by the head."),
    ("issues: letter", "issues: leter", "      issues:", "workflow.actions[3].issues",
     "There is no output “leter”. Did you mean “letter”?"),
    ("      issues: letter\n", "      issues: letter\n      notice: ready\n", "      notice:",
     "workflow.actions[3].notice", "There is no notice “ready”."),
    ("{serial:04d}", "{serial:4}", "    number:", "outputs[0].number",
     "“4” is no width for “serial”; the serial's is such as 04d."),
    ("-{ddmmyyyy}-", "-{date}-", "    number:", "outputs[0].number",
     "There is no placeholder “date”."),
    ("template: domicile_letter", "template: domicile", "    template:", "outputs[0].template",
     "There is no document template “domicile”. Did you mean “domicile_letter”?"),
    ("facts: { name: name, address: address }", "facts: { name: name }", "    facts:",
     "outputs[0].facts", "Nothing fills “address”, which “domicile_letter” must print."),
    ("facts: { name: name,", "facts: { nama: name, name: name,", "    facts:",
     "outputs[0].facts.nama",
     "There is no place in “domicile_letter” “nama”. Did you mean “name”?"),
    ("question: moved_on\n", "question: moved\n", "  - question: moved\n",
     "lateness[0].question", "There is no date question “moved”. Did you mean “moved_on”?"),
    ("value: move_letter", "value: move_letter\n        witnesses: 2", "        witnesses:",
     "questions[6].alternatives[1].witnesses",
     "Witnesses are needed, but no group question “witnesses” asks them."),
    ("days: 365", "days: 0", "retention", "retention.days", "Must be more than 0."),
    ("days: 365", "days: many", "retention", "retention.days", "“many” must be a whole number."),
    ("effective_from: 2020-01-01", "effective_from: 2021-02-29", "    effective_from",
     "lateness[0].effective_from",
     "“2021-02-29” must be a date that exists, such as 2026-01-31."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "where", "path", "reason"), MISTAKES)
def test_mistake_is_told_with_its_line(
    before: str, after: str, where: str, path: str, reason: str | None
) -> None:
    text = changed((before, after))
    found = problems(text)
    expected = f"x.yaml:{line_of(text, where)}: error: {path}: "
    matching = [problem for problem in found if problem.startswith(expected)]
    assert len(matching) == 1, found
    if reason is not None:
        assert matching[0] == expected + reason


def test_all_mistakes_are_told_at_once() -> None:
    text = changed(("level: village", "level: hamlet"), ("kind: yes_no", "kind: maybe"))
    with pytest.raises(parse.DefinitionErrors) as raised:
        parse.load(text, name="x.yaml")
    assert [p.path for p in raised.value.problems] == ["level", "questions[3].kind"]
    assert [p.line for p in raised.value.problems] == [
        line_of(text, "level: hamlet"),
        line_of(text, "    kind: maybe"),
    ]


def test_same_words_in_both_languages_are_a_warning() -> None:
    sentence = "id: Foto ulang dokumennya ya, en: Foto ulang dokumennya ya"
    text = changed(("id: Foto ulang dokumennya., en: Photograph the paper again.", sentence))
    number = line_of(text, "words: { id: Foto")
    assert problems(text) == [
        (
            f"x.yaml:{number}: warning: workflow.actions[0].reasons[0].words.en:"
            " Both languages say the same: is this translated?"
        )
    ]
    assert parse.load(text, name="x.yaml").code == "DOMICILE"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "1: error: The file must be a list of keys and values, such as “code: …”."),
        ("- a\n", "1: error: The file must be a list of keys and values, such as “code: …”."),
        ("a: &x 1\nb: *x\n", "1: error: “&x”: anchors are not allowed."),
        ("a: !!python/object:os.system 1\n",
         "1: error: “tag:yaml.org,2002:python/object:os.system”: tags are not allowed."),
        ("a: [" + "[" * 40 + "]" * 40 + "]\n", "1: error: Nested deeper than 24 levels."),
        ("a: 1\nb: [1\n", None),
        ("a: " + "x" * 300_001, "1: error: The file is longer than 300000 characters."),
        ("a: \x00", None),
        ("? [1]\n: 2\n", None),
    ],
)  # fmt: skip
def test_dangerous_file_is_refused(text: str, reason: str | None) -> None:
    found = problems(text)
    assert found
    if reason is not None:
        assert found[0] == f"x.yaml:{reason}"


def test_alias_bomb_is_refused_before_it_is_built() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = problems(bomb)
    assert found[0] == "x.yaml:1: error: “&a”: anchors are not allowed."
