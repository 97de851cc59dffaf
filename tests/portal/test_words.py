"""Pages of words in both languages, and the choice between them."""

from __future__ import annotations

import pytest

PAGES = {
    "/about/": ("Tentang situs ini", "About this site"),
    "/privacy/": ("Pemberitahuan privasi", "Privacy notice"),
    "/accessibility/": ("Aksesibilitas", "Accessibility"),
    "/help/": ("Bantuan dan pengaduan", "Help and complaints"),
    "/status/": ("Sampai di mana", "How does my application stand"),
    "/verify/": ("Apakah dokumen ini asli", "Is this document genuine"),
}


@pytest.mark.parametrize("path", PAGES)
def test_page_speaks_both_languages(visitor, path) -> None:
    for language, words in zip(("id", "en"), PAGES[path], strict=True):
        visitor.cookies["language"] = language
        page = visitor.get(path).content.decode()
        assert f'<html lang="{language}"' in page
        assert words in page


def test_language_is_remembered_and_the_page_kept(visitor) -> None:
    answer = visitor.get("/language/en/", {"next": "/help/?a=1"})
    assert (answer.status_code, answer["Location"]) == (303, "/help/?a=1")
    assert answer.cookies["language"].value == "en"


def test_language_never_leads_elsewhere(visitor) -> None:
    answer = visitor.get("/language/id/", {"next": "//evil.example/"})
    assert answer["Location"] == "/"


def test_language_that_is_not_spoken_is_not_found(visitor) -> None:
    assert visitor.get("/language/xx/").status_code == 404


def test_robots_are_kept_from_pages_about_persons(visitor) -> None:
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /cases/" in lines
    assert "Disallow: /services/" not in lines


def test_public_pages_forbid_inline_code(visitor) -> None:
    policy = visitor.get("/about/")["Content-Security-Policy"]
    assert "unsafe" not in policy
