"""What is not YAML is said in plain words, in the language of the reader."""

import pytest
from django.utils.translation import override

from loket.catalogue.rules import document


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: b: c", 1, "titik dua berlebih"),
        ("a: [1", 1, "tanda kurung tidak ditutup"),
        ("a:\n  b: 1\n c: 2", 3, "tidak sejajar"),
        ('a: "x', 1, "tanda kutip tidak ditutup"),
        ("a:\n\t- b", 2, "gunakan spasi"),
        ("a: \x01", 1, "tidak terlihat"),
        ("a: 1\na: 2", 2, "sudah ditulis di baris 1"),
        ("a: yes", 1, "tulislah true, false, atau 'yes'"),
        ("a: &x 1", 1, "anchor tidak dapat dipakai"),
    ],
)
def test_yaml_is_refused_in_indonesian(text, line, words):
    with override("id"):
        [(found, finding)] = document.read(text).findings

    assert (found, words in finding.reason) == (line, True), finding.reason


def test_what_has_no_plain_words_is_told_as_it_is():
    with override("en"):
        [(_line, finding)] = document.read("a: @b").findings

    assert (
        finding.reason == "This is not YAML: found character '@' that cannot start any token."
    )
