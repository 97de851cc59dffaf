"""Every no becomes a page, or the part of one that htmx shows."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override

from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, TooMany
from loket.people.models import Account
from loket.ui import refusals, reply

REFUSALS = [
    (NotFound("No such thing."), 404),
    (NotAllowed("Not yours."), 403),
    (Invalid("Wrong.", fields={"name": ["Write a name."]}), 422),
    (Conflict("Changed."), 409),
    (TooMany("Slowly.", retry_after=90), 429),
]


def asked(path: str = "/x/", **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize(("refusal", "status"), REFUSALS, ids=str)
def test_refusal_is_a_page_with_a_way_onward(refusal: Refusal, status: int) -> None:
    answer = refusals.answer(asked(), refusal)
    assert answer.status_code == status
    assert str(refusal) in answer.content.decode()
    assert 'href="/"' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_too_many_says_how_long_to_wait() -> None:
    with override("en"):
        answer = refusals.answer(asked(), TooMany("Slowly.", retry_after=90))
    assert answer["Retry-After"] == "90"
    assert "Please wait 2 minutes" in answer.content.decode()


def test_refusal_shows_htmx_a_part_in_the_place_for_messages() -> None:
    answer = refusals.answer(asked(hx_request="true"), Conflict("Changed."))
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()


def test_refusal_lists_what_is_wrong() -> None:
    answer = refusals.answer(asked(), Invalid("Wrong.", fields={"name": ["Write a name."]}))
    assert '<li dir="auto">Write a name.</li>' in answer.content.decode()


def test_refusal_says_nothing_twice() -> None:
    refusal = Invalid("Say why.", fields={"reason": ["Say why."]})
    assert refusals.answer(asked(), refusal).content.decode().count("Say why.") == 1


def test_staff_are_refused_at_their_desk() -> None:
    request = asked("/desk/cases/4M9K2TQ-X/")
    request.user = Account(kind=Account.Kind.STAFF)
    page = refusals.answer(request, NotFound("No such thing.")).content.decode()
    assert 'class="site-name" href="/desk/"' in page
    assert 'href="/sign-in/"' not in page


def test_refusal_leads_back_to_where_one_came_from_on_this_site() -> None:
    answer = refusals.answer(asked(referer="http://testserver/apply/A/"), Conflict("Changed."))
    assert 'href="/apply/A/"' in answer.content.decode()
    for address in ("http://elsewhere.example/x", "http://testserver//elsewhere.example/x"):
        answer = refusals.answer(asked(referer=address), Conflict("Changed."))
        assert "elsewhere" not in answer.content.decode()


def test_form_without_its_cookie_is_explained(db: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["language"] = "en"
    answer = browser.post("/status/", {"code": "x"})
    assert answer.status_code == 403
    assert "What you saved is still there" in answer.content.decode()


def test_unknown_address_is_a_page_of_ours(db: None) -> None:
    answer = Client().get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert "Halaman ini tidak ditemukan" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_defect_pages_need_nothing_and_speak_both_languages(name: str) -> None:
    from django.template.loader import render_to_string

    page = render_to_string(name)
    assert "tidak hilang" in page
    assert "not lost" in page


@pytest.mark.parametrize(
    "wanted", ["//evil.example/", "https://evil.example", "javascript:x", ""]
)
def test_safe_next_stays_on_this_site(wanted: str) -> None:
    assert reply.safe_next(asked(), wanted, default="/home/") == "/home/"


def test_safe_next_keeps_an_own_address() -> None:
    assert reply.safe_next(asked(), "/cases/?a=1", default="/") == "/cases/?a=1"


def test_download_cannot_be_taken_for_a_page() -> None:
    answer = reply.download(b"x", name="surat ü.pdf", media_type="application/pdf")
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''surat%20%C3%BC.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_private_pages_are_kept_nowhere() -> None:
    answer = reply.private(lambda _request: HttpResponse())(asked())
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_browser_set_to_english_reads_indonesian_until_english_is_chosen(db):
    browser = Client(headers={"accept-language": "en-GB,en;q=0.9"})
    assert browser.get("/")["Content-Language"] == "id"
    browser.cookies["language"] = "en"
    assert browser.get("/")["Content-Language"] == "en"
