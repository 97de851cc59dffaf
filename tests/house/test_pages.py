"""What holds for every route and every template."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import loket

ROOT = Path(loket.__file__).parent
PROJECT = ROOT.parents[1]
TEMPLATES = sorted(ROOT.rglob("*.html"))
SECURITY = PROJECT / "docs" / "develop" / "security.md"
SAMPLES = {"code": "4M9K2TQ-X", "question": "child_name", "link": "x" * 22, "ref": "x" * 22}


def walk(patterns: list[URLPattern | URLResolver], namespace: str = "", prefix: str = ""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner, prefix + str(pattern.pattern))
        else:
            yield f"{namespace}{pattern.name}", prefix + str(pattern.pattern), pattern


ROUTES = [(name, route) for name, route, _ in walk(get_resolver().url_patterns)]


def public_routes() -> set[str]:
    """Return the names that the security page lists as open to anybody."""
    text = SECURITY.read_text(encoding="utf-8")
    listed = text.partition("<!-- public routes -->")[2].partition("<!-- end -->")[0]
    return set(re.findall(r"`([a-z_:-]+)`", listed))


def path_of(route: str) -> str:
    def value(match: re.Match[str]) -> str:
        kind, _, name = match.group(1).rpartition(":")
        return "1" if kind == "int" else SAMPLES.get(name, "1" if "id" in name else "x")

    return "/" + re.sub(r"<([^>]+)>", value, route.replace("^", "").replace("$", ""))


def test_every_route_has_a_name() -> None:
    assert [route for name, route in ROUTES if name.endswith("None")] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), ROUTES, ids=[name for name, _ in ROUTES])
def test_every_route_refuses_a_visitor_unless_listed(name: str, route: str) -> None:
    if name in public_routes() or "(?P" in route:
        return
    for method in ("get", "post"):
        answer = getattr(Client(), method)(path_of(route))
        assert answer.status_code in {302, 303, 401, 403, 404, 405}, (name, answer.status_code)
        if answer.status_code in {302, 303}:
            assert "sign-in" in answer["Location"] or "login" in answer["Location"], name


@pytest.mark.parametrize("name", sorted(public_routes()) if SECURITY.exists() else [])
def test_every_listed_route_exists(name: str) -> None:
    assert name in {route for route, _ in ROUTES}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), "inline script"
    assert "<style" not in text
    assert not re.search(r"\s(style|on[a-z]+)=[\"']", text), "inline style or handler"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_mark_every_sentence_for_translation(path: Path) -> None:
    """Outside tags and translations, a template holds no two words in a row."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"{% (comment|blocktranslate|blocktrans)\b.*?{% end\1 %}", " ", text, flags=re.DOTALL
    )
    text = re.sub(r"{% block \w*(wrap|class)\w* %}.*?{% endblock", " ", text, flags=re.DOTALL)
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<[^>]+>", " ", text, flags=re.DOTALL)
    text = re.sub(r"&[a-z]+;", " ", text)
    assert re.findall(r"[A-Za-z]{3,}\s+[A-Za-z]{2,}", text) == []
