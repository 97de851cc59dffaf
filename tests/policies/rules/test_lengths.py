"""Nothing is longer than what is read: titles, sentences, names of zones."""

import pytest
from jsonschema import Draft202012Validator

from loket.catalogue.rules import document
from loket.policies.rules import parse, schema
from loket.policies.rules.parse import CircularErrors

TEXT = """\
format: 1
issuer: Sekda
number: "1"
date: 2020-03-16
title: {id: "%(title)s", en: b}
summary: {id: a, en: "%(summary)s"}
source: "%(source)s"
effective: {from: 2020-03-17, until_evaluated: true}
provisions:
  - article: "1"
    kind: counters
    state: closed
    scope: {zone: {scheme: "%(scheme)s", values: [a]}}
    words: {id: "%(words)s", en: b}
"""
LENGTHS = [
    ("title", 300, 5, "title.id"),
    ("summary", 2000, 6, "summary.en"),
    ("source", 2000, 7, "source"),
    ("scheme", 40, 13, "provisions[0].scope.zone.scheme"),
    ("words", 2000, 14, "provisions[0].words.id"),
]


def text(name, length):
    plain = dict.fromkeys(("title", "summary", "source", "scheme", "words"), "a")
    return TEXT % (plain | {name: "a" * length})


@pytest.mark.parametrize(("name", "most", "line", "path"), LENGTHS)
def test_one_character_too_many_is_refused_with_its_place(name, most, line, path):
    parse.load_circular(text(name, most), name="x.yaml")

    with pytest.raises(CircularErrors) as refusal:
        parse.load_circular(text(name, most + 1), name="x.yaml")

    [problem] = refusal.value.problems
    assert (problem.line, problem.path) == (line, path)
    assert problem.reason == f"The text is longer than {most} characters."


@pytest.mark.parametrize(("name", "most"), [row[:2] for row in LENGTHS])
def test_the_schema_knows_how_long_they_may_be(name, most):
    schema_errors = Draft202012Validator(schema.of_circular()).iter_errors
    assert list(schema_errors(document.read(text(name, most)).value)) == []
    assert len(list(schema_errors(document.read(text(name, most + 1)).value))) == 1
