"""What is called wrongly or refused is one plain sentence, and the right exit code."""

from __future__ import annotations

import pytest

from tests.site.test_deciding import TEXT, circular, enacted, surya

__all__ = ["circular", "surya"]
"""Fixtures of the circular in a file, and of who enacts it."""


def test_a_folder_is_one_sentence(loket, kelurahan, tmp_path):
    told = (1, f"{tmp_path} is a folder: name a file in it.\n")
    for words in (("enact", "--dry-run", tmp_path), ("scenario", tmp_path)):
        result = loket(*words)
        assert (result.exit_code, result.stderr) == told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("in-force", "--unit", "31", "--at", "x"),
            "Invalid value for '--at': 'x' is no moment",
        ),
        (("in-force",), "Missing option '--unit'."),
        (("enact", "FILE"), "Give --author and --by: two people put a circular in force."),
        (("enact", "FILE", "--autor", "eka"), "No such option"),
    ],
)
def test_a_wrong_call_is_one_sentence(loket, circular, words, sentence):
    result = loket(*(circular if word == "FILE" else word for word in words))
    assert result.exit_code == 2
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (50, None),
        (51, "… and 1 more; mend these first."),
        (2000, "… and at least 50 more; mend these first."),
    ],
)
def test_of_many_mistakes_the_first_fifty_are_told(loket, circular, count, last):
    wrong = "".join(f"wrong_{number}: 1\n" for number in range(count))
    circular.write_text(TEXT + wrong, encoding="utf-8")
    result = loket("enact", "--dry-run", circular)
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert lines[0].startswith(f"{circular}:13: error: wrong_0: ")
    assert lines[50:] == ([last] if last else [])


def test_a_timeline_that_contradicts_the_record_names_its_line(loket, circular, eka, surya):
    enacted(loket, circular)
    body = "".join(f"    {line}\n" for line in TEXT.splitlines()).replace("    f", "  - f", 1)
    circular.write_text(
        "format: 1\ntitle: {id: a, en: b}\ncirculars:\n" + body, encoding="utf-8"
    )
    same = loket("scenario", circular)
    circular.write_text(
        circular.read_text(encoding="utf-8").replace("online_only", "closed"), encoding="utf-8"
    )
    for words in (("--dry-run",), ()):
        result = loket("scenario", circular, *words)
        assert (same.exit_code, result.exit_code) == (0, 1)
        assert result.stderr == (
            f"{circular}:11: error: circulars[0].provisions[0]: Gubernur DKI Jakarta 09/SE/2027 "
            "(04-01-2027) is on record with other content: article angka 1.\n"
        )
