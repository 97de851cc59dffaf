"""The board for machines, on paper and as a map."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import RequestFactory

from loket.kernel.access import Actor
from loket.organisation.models import Place
from loket.policies import services as law
from loket.portal.offices import papers, views
from tests.conftest import VILLAGE
from tests.factories import organisation, policies

OFFICE = f"{VILLAGE}-DUKCAPIL"
MARCH = {"on": "2026-03-10"}
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(visitor) -> list[tuple[str, str]]:
    feed = ET.fromstring(visitor.get("/offices.atom").content)
    return [
        (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}title"))
        for entry in feed.findall(f"{ATOM}entry")
    ]


def test_json_tells_every_office_and_each_reason_once(visitor, march) -> None:
    board = visitor.get("/offices.json", MARCH).json()
    assert list(board) == ["format", "on", "counts", "reasons", "offices"]
    assert (board["on"], board["counts"]["online_only"], len(board["offices"])) == (
        "2026-03-10", 7, 14,
    )  # fmt: skip
    (reason,) = board["reasons"].values()
    assert (reason["code"], reason["article"]) == (march.code, "1")
    shut = next(one for one in board["offices"] if one["code"] == OFFICE)
    assert shut["because"] == ["r1"]
    assert (shut["state"], shut["hours"], shut["until"]) == (
        "online_only", [], "2026-03-23T07:30:00+07:00",
    )  # fmt: skip
    usual = board["offices"][-1]
    assert (usual["state"], usual["hours"]) == ("open", [["07:30", "16:00"]])
    assert "because" not in usual


@pytest.mark.parametrize("url", ["/offices.json", "/offices.atom"])
def test_machines_ask_again_for_nothing(visitor, march, url) -> None:
    first = visitor.get(url)
    assert first["Cache-Control"] == "public, max-age=60"
    again = visitor.get(url, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_feed_is_valid_and_tells_what_ended(visitor, march) -> None:
    feed = ET.fromstring(visitor.get("/offices.atom").content)
    for part in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{part}")
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Loket"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/offices.atom")
    assert links["alternate"].endswith("/offices/")
    found = [(key.rpartition("#")[2], title) for key, title in entries(visitor)]
    assert found == [
        ("ends", "Tidak berlaku lagi: Layanan tanpa tatap muka"),
        ("begins", "Berlaku sejak 9 Maret 2026: Layanan tanpa tatap muka"),
    ]


def test_feed_tells_closing_and_reopening_under_lasting_names(visitor, town, at) -> None:
    system = Actor.system("tests")
    began = at - timedelta(days=10)
    form = policies.closure(**{"from": began})
    closure = law.close(form=form, actor=system, at=began)
    before = entries(visitor)
    assert [title for _key, title in before] == ["Tutup: Satpel Pejaten Barat"]
    for kind in ("disinfection", "tracing"):
        done = at - timedelta(days=1)
        law.record(
            closure=closure, kind=kind, done_at=done, words="Selesai.", actor=system, at=at
        )
    law.reopen(closure=closure, at_moment=at, actor=system, at=at)
    after = entries(visitor)
    assert before[0] in after
    assert "Buka kembali: Satpel Pejaten Barat" in [title for _key, title in after]


def test_feed_names_the_offices_that_are_shut_and_not_whose_charge_it_is(
    visitor, town, at
) -> None:
    units = ["31.73.01", "31.74.04", "31-DUKCAPIL"]
    form = policies.closure(**{"from": at, "units": units})
    law.close(form=form, actor=Actor.system("tests"), at=at)
    assert [title for _key, title in entries(visitor)] == [
        "Tutup: Dinas Dukcapil, Kecamatan Cengkareng dan 1 kantor lainnya"
    ]


def test_notice_for_the_door_is_a_pdf_of_an_office_that_is_not_open(visitor, march) -> None:
    answer = visitor.get(f"/offices/{OFFICE}/notice.pdf", MARCH)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert visitor.get(f"/offices/{VILLAGE}/notice.pdf", MARCH).status_code == 404


def test_notice_names_what_stays_open_and_the_nearest_open_office(visitor, town, at) -> None:
    law.close(form=policies.closure(**{"from": at}), actor=Actor.system("tests"), at=at)
    board, book, directory = views.board_of(RequestFactory().get("/offices/"))
    office = directory.offices[OFFICE]
    told = papers.facts(office, book.in_force(OFFICE, at=at), directory)
    assert told["reopens_at"] is None
    assert told["why"][0]["en"] == "Closed for now because of a positive case."
    assert told["why"][1]["en"].endswith("at the earliest.")
    assert papers.stays_open(office, board) == [
        {"id": "Kelurahan Pejaten Barat", "en": "Kelurahan Pejaten Barat"}
    ]
    (nearest,) = papers.nearest_open(office, board)
    assert nearest["id"] == "kantor buka terdekat: Satpel Cengkareng Barat (4,7 km)"
    assert nearest["en"] == "nearest open office: Satpel Cengkareng Barat (4.7 km)"


def test_press_list_is_a_pdf_that_is_not_made_for_ever(visitor, march) -> None:
    statuses = [visitor.get("/offices/press.pdf", MARCH).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_map_marks_each_building_by_its_worst_state(visitor, march) -> None:
    page = visitor.get("/offices/map/", MARCH).content.decode()
    assert re.findall(r'<use href="#(\w+)"', page) == ["online_only"] * 7
    assert page.count('tabindex="-1"><title>') == 7
    assert "<title>Hanya daring: Satpel Pejaten Barat\nBuka seperti biasa: Kelurahan" in page
    assert f'href="/offices/{OFFICE}/?on=2026-03-10"' in page


def test_legend_says_what_the_map_shows(visitor, march) -> None:
    told = {
        day: [(state, kind, label) for state, _d, kind, label in answer.context["legend"]]
        for day in ("2026-03-10", "2026-03-08", "2026-03-28")
        for answer in [visitor.get("/offices/map/", {"on": day})]
    }
    shut = [("online_only", "online", "Hanya daring"), ("closed", "bad", "Tutup")]
    usual = ("open", "good", "Buka seperti biasa")
    rest = ("open", "quiet", "Bukan hari kerja")
    limited = ("limited", "warning", "Terbatas")
    assert told == {
        "2026-03-10": [usual, limited, *shut],
        "2026-03-08": [rest, limited, *shut],
        "2026-03-28": [rest, limited, *shut],
    }


def test_map_narrows_to_a_city_and_a_district(visitor, town) -> None:
    for area, marks in (("31.74", 3), ("31.74.04", 2), ("31.99", 7), ("'><script>", 7)):
        page = visitor.get("/offices/map/", {"area": area}).content.decode()
        assert page.count("<use ") == marks


def test_map_without_places_says_so(visitor, town, at) -> None:
    Place.objects.update(latitude=None)
    organisation.leave_around(at + timedelta(days=800))
    page = visitor.get("/offices/map/").content.decode()
    assert "Letak kantor-kantor ini belum tercatat." in page


def test_whole_government_is_small_and_asked_with_few_queries(
    visitor, db, at, django_assert_num_queries
) -> None:
    organisation.government()
    organisation.leave_around(at)
    visitor.get("/offices/")
    for url, most in (("/offices/map/", 150), ("/offices/print/", 150), ("/offices.json", 300)):
        with django_assert_num_queries(1):
            answer = visitor.get(url)
        assert len(answer.content) <= most * 1024, url
    assert len(json.loads(visitor.get("/offices.json").content)["offices"]) == 687
