"""NUL, which PostgreSQL refuses in any text, reaches no view."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from loket.ui.middleware import TypedTextMiddleware


def taken(request):
    seen = []
    TypedTextMiddleware(lambda request: seen.append(request) or HttpResponse())(request)
    return seen[0]


def test_nul_is_taken_out_of_what_was_sent() -> None:
    request = RequestFactory().post("/x/?q=a%00b", {"word\x00s": ["\x00c", "d"]})
    request = taken(request)
    assert request.GET["q"] == "ab"
    assert request.POST.getlist("words") == ["c", "d"]


def test_what_holds_no_nul_is_left_as_it_is() -> None:
    request = RequestFactory().post("/x/?q=a", {"words": "\u202eb"})
    get, post = request.GET, request.POST
    request = taken(request)
    assert (get, post) == (request.GET, request.POST)


@pytest.mark.django_db
def test_no_page_has_nul_in_its_address() -> None:
    assert Client().get("/services/%00/").status_code == 404
    assert Client().post("/d/%00/").status_code == 404


@pytest.mark.django_db
def test_look_up_takes_no_nul_to_the_database() -> None:
    sent = {"code": "\x000000000-0", "contact": "\x00"}
    assert Client().post("/status/", sent).status_code == 422
