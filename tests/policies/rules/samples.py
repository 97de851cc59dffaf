"""Circulars of the manual, and what is wrong with changed ones."""

from __future__ import annotations

import re
from pathlib import Path

import loket
from loket.policies.rules import checks, parse

PAGE = Path(loket.__file__).parents[2] / "docs" / "reference" / "circular-format.md"
BLOCKS = re.findall(
    r"^```yaml\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)
EXAMPLE, AMENDING, TIMELINE = BLOCKS


def problems(text: str, **known: object) -> list[str]:
    """Return the problems of a circular, as its author reads them."""
    check = (lambda circular: checks.problems(circular, **known)) if known else None
    try:
        parse.load_circular(text, name="x.yaml", check=check)
    except parse.CircularErrors as errors:
        return [str(problem) for problem in errors.problems]
    return []


def changed(before: str, after: str, text: str = EXAMPLE) -> str:
    """Return a text with one change."""
    assert text.count(before) == 1, before
    return text.replace(before, after)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1
