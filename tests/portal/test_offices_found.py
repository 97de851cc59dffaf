"""Finding offices on the board: by words, place, service and distance, page after page."""

from __future__ import annotations

import pytest

from loket.portal.offices.board import Row
from tests.conftest import ELSEWHERE, VILLAGE

OFFICE = f"{VILLAGE}-DUKCAPIL"
MARCH = {"on": "2026-03-10"}


def rows(answer) -> list[Row]:
    return [row for group in answer.context["groups"] for row in group.rows]


def codes(answer) -> list[str]:
    return [row.office.code for row in rows(answer)]


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"q": "PASAR minggu"}, 4),
        ({"q": "jl. melati"}, 14),
        ({"q": "nirgendwo"}, 0),
        ({"city": "31.73"}, 6),
        ({"city": "31.73", "district": "31.73.01"}, 4),
        ({"state": "online_only"}, 7),
        ({"state": "closed"}, 0),
        ({"state": "open", "q": "pejaten"}, 1),
        ({"state": "sleepy"}, 14),
    ],
)
def test_offices_are_found(visitor, march, wish, found) -> None:
    answer = visitor.get("/offices/", {**MARCH, **wish})
    assert answer.context["found"] == found
    assert ("Tidak ada kantor yang cocok" in answer.content.decode()) == (found == 0)


def test_offices_are_found_by_service(visitor, town, version) -> None:
    assert codes(visitor.get("/offices/", {"service": version.code})) == [
        f"{ELSEWHERE}-DUKCAPIL", OFFICE,
    ]  # fmt: skip
    assert len(codes(visitor.get("/offices/", {"service": "NONE"}))) == 14


def test_office_that_serves_a_kelurahan_is_named(visitor, town, version) -> None:
    wish = {"service": version.code, "region": VILLAGE}
    answer = visitor.get("/offices/", wish)
    assert answer.context["serving"].office.code == OFFICE
    assert "Warga <strong>Pejaten Barat</strong> dilayani oleh" in answer.content.decode()


def test_nearest_office_comes_first_when_a_kelurahan_is_chosen(visitor, town) -> None:
    answer = visitor.get("/offices/", {"region": VILLAGE})
    found = rows(answer)
    assert {row.office.region for row in found[:2]} == {VILLAGE}
    assert found[0].kilometres == 0
    assert [row.kilometres for row in found] == sorted(row.kilometres for row in found)


def test_position_is_rounded(visitor, town) -> None:
    answer = visitor.get("/offices/", {"near": "-6.21234567,106.81234567"})
    assert answer.context["wanted"].near == (-6.212, 106.812)


@pytest.mark.parametrize("near", ["here", "1,2,3", "nan,nan", "inf,0", "91,200", ","])
def test_position_that_is_none_is_dropped(visitor, town, near) -> None:
    answer = visitor.get("/offices/", {"near": near})
    assert answer.context["wanted"].near is None


def test_long_list_has_pages_that_keep_the_wish(visitor, town, monkeypatch) -> None:
    monkeypatch.setattr("loket.portal.offices.views.PER_PAGE", 5)
    first = visitor.get("/offices/", {"q": "melati"})
    assert (len(codes(first)), first.context["pages"]) == (5, 3)
    assert first.context["following"] == "q=melati&page=2"
    last = visitor.get("/offices/", {"q": "melati", "page": "99"})
    assert (len(codes(last)), last.context["page"], last.context["following"]) == (4, 3, "")


def test_offices_that_stand_alike_are_told_once(visitor, march) -> None:
    answer = visitor.get("/offices/", MARCH)
    groups = answer.context["groups"]
    assert [(g.standing.state, g.number, len(g.rows), g.family) for g in groups] == [
        ("online_only", 7, 7, ""), ("open", 7, 7, ""),
    ]  # fmt: skip
    page = answer.content.decode()
    assert page.count("Loket Dukcapil tutup.") == 1
    assert "sama untuk 7 kantor" in page
    (group,) = visitor.get("/offices/", {**MARCH, "q": "satpel"}).context["groups"]
    assert (group.number, group.family) == (2, "Satpel")


def test_group_that_goes_on_overleaf_says_how_many_more(visitor, march, monkeypatch) -> None:
    monkeypatch.setattr("loket.portal.offices.views.PER_PAGE", 5)
    first, second = (visitor.get("/offices/", {**MARCH, "page": page}) for page in ("1", "2"))
    told = [
        [(g.standing.state, len(g.rows), g.more) for g in answer.context["groups"]]
        for answer in (first, second)
    ]
    assert told == [[("online_only", 5, 2)], [("online_only", 2, 5), ("open", 3, 4)]]
    assert "2 lagi di halaman lain." in first.content.decode()


def test_nearest_offices_stay_in_order_when_told_together(visitor, march) -> None:
    answer = visitor.get("/offices/", {**MARCH, "region": VILLAGE})
    groups = answer.context["groups"]
    assert [(g.standing.state, g.number, g.is_repeated) for g in groups][:3] == [
        ("online_only", 1, False), ("open", 1, False), ("online_only", 1, True),
    ]  # fmt: skip
    assert answer.content.decode().count("Loket Dukcapil tutup.") == 1


def test_board_answers_htmx_with_the_list_alone(visitor, town) -> None:
    answer = visitor.get("/offices/", headers={"hx-request": "true"})
    assert answer.content.decode().strip().startswith('<div id="found"')


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pejatan", "pejaten"),
        ("pejten barat", "pejaten barat"),
        ("Pasar Mingu", "pasar minggu"),
        ("qqqqqq", ""),
        ("pejaten cengkareng", ""),
        ("' OR 1=1", ""),
    ],
)
def test_misspelt_place_is_asked_back(visitor, town, typed, meant) -> None:
    answer = visitor.get("/offices/", {"q": typed})
    assert (answer.context["found"], answer.context["meant"]) == (0, meant)
    assert ("Mungkin maksud Anda" in answer.content.decode()) == bool(meant)
