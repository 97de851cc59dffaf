"""“Why is this so?”: what decided a part of the answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from loket.kernel.texts import Text
from loket.policies.rules.values import Because, Part
from loket.ui.periods import in_words

CODE = "4M9K2TQ-X"
CIRCULAR = Because(
    subject=f"circular:{CODE}",
    label="Gubernur DKI Jakarta 02/SE/2020 (16-03-2020)",
    article="angka 3",
    starts_at=datetime(2020, 3, 16, 17, tzinfo=UTC),
    ends_at=datetime(2020, 3, 31, 17, tzinfo=UTC),
    words=Text(id="Loket tatap muka tutup.", en="Counters are closed."),
)
CLOSURE = replace(CIRCULAR, subject=f"closure:{CODE}", reason="flood", words=None, ends_at=None)


def drawn(part: object, language: str = "id", options: str = "") -> str:
    with override(language):
        html = Template("{% load why %}{% because part " + options + " %}").render(
            Context({"part": part})
        )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def test_reason_is_told_with_circular_article_and_period() -> None:
    assert drawn(Part("closed", (CIRCULAR,))) == (
        "Mengapa demikian? Loket tatap muka tutup. Gubernur DKI Jakarta 02/SE/2020 (16-03-2020)"
        " , angka 3 · 17–31 Maret 2020"
    )


def test_reason_links_to_the_public_page_of_its_circular() -> None:
    html = Template("{% load why %}{% because part %}").render(Context({"part": (CIRCULAR,)}))
    assert re.findall(r'href="([^"]+)"', html) == [f"/circulars/{CODE}/"]


def test_closure_without_words_is_told_in_a_sentence_of_ours() -> None:
    assert drawn((CLOSURE,), "en") == (
        f"Why is this so? Closed for now because of a flood. Closure {CODE} , angka 3"
        " · since 17 March 2020 until it is reopened"
    )


@pytest.mark.parametrize("part", [None, (), Part("open")])
def test_ordinary_value_needs_no_reason(part: object) -> None:
    assert drawn(part) == ""


def test_a_reason_is_told_once() -> None:
    assert drawn((CIRCULAR, CIRCULAR)) == drawn((CIRCULAR,))


def test_label_and_subject_may_be_given() -> None:
    told = drawn((CIRCULAR,), "en", 'label="Why closed?" about="Pejaten"')
    assert told.startswith("Why closed? Pejaten Counters are closed.")


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ((2020, 3, 16, 17), (2020, 4, 2, 17), "17 Maret – 2 April 2020"),
        ((2020, 12, 30, 17), (2021, 1, 1, 17), "31 Desember 2020 – 1 Januari 2021"),
        ((2020, 3, 16, 17), (2020, 3, 17, 17), "17 Maret 2020"),
        ((2020, 9, 2, 17), None, "sejak 3 September 2020 sampai dievaluasi"),
        (
            (2020, 9, 20, 3),
            (2020, 9, 23, 0, 30),
            "20 September 2020, 10.00 sampai 23 September 2020, 07.30",
        ),
    ],
)
def test_period_is_said_as_people_say_it(
    begins: tuple[int, ...], ends: tuple[int, ...] | None, words: str
) -> None:
    until = datetime(*ends, tzinfo=UTC) if ends else None
    with override("id"):
        assert in_words(datetime(*begins, tzinfo=UTC), until) == words
