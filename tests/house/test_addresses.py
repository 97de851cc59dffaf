"""Letters and calendars lead to pages that exist."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

ROOT = Path(__file__).parents[2] / "src" / "loket"
SAMPLE = "2026-01-01"
"""In place of a code or a day."""


def ways() -> Iterator[tuple[str, str]]:
    """Return where an address is made, and its way."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "page_address":
                continue
            if way := written(node.args[0]):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", way


def written(node: ast.expr) -> str:
    """Return what is written there, with a sample for what is put in; nothing if it is a name."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = (written(p) if isinstance(p, ast.Constant) else SAMPLE for p in node.values)
        return "".join(parts)
    return ""


@pytest.mark.parametrize(("where", "way"), ways())
def test_an_address_in_a_letter_is_one_of_a_page(where: str, way: str) -> None:
    assert resolve(urlsplit(way).path), where


def test_nobody_builds_an_address_of_the_desk_by_hand() -> None:
    built = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.rglob("*.py"))
        if "PUBLIC_URL}/desk/" in path.read_text(encoding="utf-8")
    ]
    assert built == []
