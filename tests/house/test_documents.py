"""What the written pages promise: their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import loket

ROOT = Path(loket.__file__).parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def links(page: Path) -> list[str]:
    """Return the links of a page to other files, without their place in the page."""
    found = (link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8")))
    return [link for link in found if link and "://" not in link and "mailto:" not in link]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_every_page_of_the_documentation_is_reached_from_the_index() -> None:
    seen, new = set(), [ROOT / "docs" / "index.md"]
    while new:
        page = new.pop().resolve()
        if page in seen:
            continue
        seen.add(page)
        targets = [(page.parent / link).resolve() for link in links(page)]
        for target in targets:
            new += sorted(target.glob("*.md")) if target.is_dir() else [target]
        new = [page for page in new if page.suffix == ".md"]
    assert {page for page in PAGES if page.is_relative_to(ROOT / "docs")} <= seen


def test_publiccode_names_this_release() -> None:
    about = yaml.safe_load((ROOT / "publiccode.yaml").read_text(encoding="utf-8"))
    assert (about["softwareVersion"], about["legal"]["license"]) == (
        loket.__version__,
        "EUPL-1.2",
    )
    assert set(about["description"]) == set(about["localisation"]["availableLanguages"])
    for words in about["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]
