"""The board: which offices are open, why, until when, and what to use instead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from loket.kernel.access import Actor
from loket.policies import services as law
from loket.portal.offices.board import Row
from tests.conftest import ELSEWHERE, VILLAGE
from tests.factories import policies

OFFICE = f"{VILLAGE}-DUKCAPIL"
MARCH = {"on": "2026-03-10"}


def rows(answer) -> list[Row]:
    return [row for group in answer.context["groups"] for row in group.rows]


def codes(answer) -> list[str]:
    return [row.office.code for row in rows(answer)]


def shut(at, **changes) -> None:
    form = policies.closure(**{"from": at, **changes})
    law.close(form=form, actor=Actor.system("tests"), at=at)


def test_every_office_is_open_when_nothing_was_decided(visitor, town) -> None:
    answer = visitor.get("/offices/")
    assert answer.context["board"].counts == {
        "open": 14, "limited": 0, "online_only": 0, "closed": 0,
    }  # fmt: skip
    assert len(codes(answer)) == 14


def test_another_day_shows_what_holds_then(visitor, march) -> None:
    answer = visitor.get("/offices/", MARCH)
    assert answer.context["board"].counts == {
        "open": 7, "limited": 0, "online_only": 7, "closed": 0,
    }  # fmt: skip
    states = [row.standing.state for row in rows(answer)]
    assert states == ["online_only"] * 7 + ["open"] * 7


def test_row_says_why_until_when_and_what_instead(visitor, march) -> None:
    answer = visitor.get("/offices/", {**MARCH, "q": OFFICE})
    (group,) = answer.context["groups"]
    standing = group.standing
    assert (standing.why, standing.until) == (
        "Loket Dukcapil tutup.", "buka kembali pada 23 Maret 2026, 07.30",
    )  # fmt: skip
    assert [(way.words, way.url) for way in group.ways] == [
        ("di situs ini", "/services/"), ("melalui surel", ""),
    ]  # fmt: skip
    assert "Buka kembali pada 23 Maret 2026, 07.30." in answer.content.decode()


def test_board_speaks_english(visitor, march) -> None:
    visitor.cookies["language"] = "en"
    page = visitor.get("/offices/", MARCH).content.decode()
    assert "Which offices are open?" in page
    assert "Counters are shut." in page


@pytest.mark.parametrize("day", ["yesterday", "1999-12-31", "2026-13-01", "9999-12-31"])
def test_day_that_cannot_be_shown_is_today(visitor, town, day) -> None:
    answer = visitor.get("/offices/", {"on": day})
    assert answer.context["board"].is_today
    assert "Hari itu tidak dapat ditampilkan" in answer.content.decode()


def test_days_are_shown_two_weeks_ahead(visitor, town) -> None:
    today = visitor.get("/offices/").context["board"].on
    for ahead, shown in ((14, 14), (15, 0)):
        day = today + timedelta(days=ahead)
        board = visitor.get("/offices/", {"on": day.isoformat()}).context["board"]
        assert board.on == today + timedelta(days=shown)


def test_day_without_counter_hours_is_said(visitor, town) -> None:
    page = visitor.get("/offices/", {"on": "2026-03-08"}).content.decode()
    assert "Minggu, 8 Maret 2026, bukan hari kerja" in page
    assert page.count("Bukan hari kerja") == 1


@pytest.mark.parametrize("url", ["/offices/", "/offices/?on=2026-03-10"])
def test_board_asks_the_edition_and_the_services(
    visitor, march, version, url, django_assert_num_queries
) -> None:
    visitor.get(url)
    with django_assert_num_queries(2):
        visitor.get(url)


def test_closed_office_shows_since_when_why_and_the_days_ahead(visitor, town, at) -> None:
    shut(at)
    answer = visitor.get(f"/offices/{OFFICE}/")
    page = answer.content.decode()
    assert answer.context["standing"].state == "closed"
    assert "Ditutup untuk sementara karena kasus positif." in page
    assert "paling cepat" in page
    assert "Pergub 88/2020 art. 9(2)f" in page
    # Shut late in the evening, the day itself was still open.
    assert [day.standing.state for day in answer.context["days"]][1:] == ["closed"] * 13
    assert [day.is_undecided for day in answer.context["days"]][-1]
    assert f'href="/offices/{OFFICE}/notice.pdf"' in page


def test_closed_office_names_the_nearest_that_is_open(visitor, town, at) -> None:
    shut(at)
    (row,) = visitor.get(f"/offices/{OFFICE}/").context["neighbours"]
    assert row.office.code == f"{ELSEWHERE}-DUKCAPIL"


def test_office_shows_each_day_as_it_will_be(visitor, march) -> None:
    days = visitor.get(f"/offices/{OFFICE}/", {"on": "2026-03-13"}).context["days"]
    assert [(day.on.day, day.standing.state) for day in days][:11] == [
        *((day, "online_only") for day in range(13, 21)),
        *((day, "open") for day in range(21, 24)),
    ]
    assert days[10].standing.hours == "07.30–16.00"


def test_office_links_why_to_the_circular(visitor, march) -> None:
    page = visitor.get(f"/offices/{OFFICE}/", MARCH).content.decode()
    assert f'href="/circulars/{march.code}/"' in page
    assert "9–20 Maret 2026" in page


def test_office_lists_its_services(visitor, march, version) -> None:
    (given,) = visitor.get(f"/offices/{OFFICE}/", MARCH).context["given"]
    assert (given.code, given.is_suspended, given.ways) == (version.code, False, "")


def test_suspended_service_is_said_with_its_reason(visitor, town, version, at) -> None:
    stop = {"kind": "suspension", "article": "3", "scope": {"services": [version.code]}}
    policies.enact(
        policies.written(stop), author=Actor.system("a"), actor=Actor.system("b"), at=at,
        reason="Riwayat",
    )  # fmt: skip
    answer = visitor.get(f"/offices/{OFFICE}/", MARCH)
    (given,) = answer.context["given"]
    assert given.is_suspended
    assert "Dihentikan sementara" in answer.content.decode()


def test_counter_rules_are_told(visitor, town, at) -> None:
    protocol = {"kind": "protocol", "article": "4", "mask": True, "distance_m": 1.5}
    room = {"kind": "room", "article": "5", "max_share": "50%"}
    first = {"kind": "priority", "article": "6", "groups": ["pregnant", "elderly"]}
    drop = {"kind": "letters", "article": "7", "drop_box": True}
    policies.enact(
        policies.written(protocol, room, first, drop), author=Actor.system("a"),
        actor=Actor.system("b"), at=at, reason="Riwayat",
    )  # fmt: skip
    answer = visitor.get(f"/offices/{OFFICE}/", MARCH)
    assert [words for words, _part in answer.context["protocol"]] == [
        "Jaga jarak, dalam meter: 1,5", "Pakai masker",
    ]  # fmt: skip
    assert answer.context["priority"] == "ibu hamil, warga lanjut usia"
    assert (answer.context["share"], answer.context["standing"].state) == ("50%", "limited")


def test_office_that_nobody_knows_is_not_found(visitor, town) -> None:
    for page in ("", "notice.pdf"):
        assert visitor.get(f"/offices/31.99/{page}").status_code == 404


def test_press_page_groups_what_is_so_for_one_reason(visitor, march) -> None:
    groups = visitor.get("/offices/press/", MARCH).context["groups"]
    assert [(standing.state, len(rows)) for standing, rows in groups] == [("online_only", 7)]
    page = visitor.get("/offices/press/", {"on": "2026-03-23"}).content.decode()
    assert "Semua kantor buka seperti biasa." in page


def test_all_offices_are_printed_by_city(visitor, town) -> None:
    groups = visitor.get("/offices/print/").context["groups"]
    assert [(name, len(rows)) for name, rows in groups] == [
        ("Provinsi", 2), ("Jakarta Barat", 6), ("Jakarta Selatan", 6),
    ]  # fmt: skip


def test_front_page_says_only_what_is_not_usual(visitor, town, at) -> None:
    warning = "Tidak semua kantor buka seperti biasa hari ini"
    assert warning not in visitor.get("/").content.decode()
    shut(at)
    page = visitor.get("/").content.decode()
    assert warning in page
    assert "Tutup: <strong>1</strong>" in page


def test_office_that_opens_again_on_the_day_is_told_with_the_hours_left(
    visitor, town, at
) -> None:
    began = datetime.fromisoformat("2026-03-09T00:00:00+07:00")
    again = datetime.fromisoformat("2026-03-10T11:00:00+07:00")
    system = Actor.system("tests")
    form = policies.closure(**{"from": began, "reason": "blackout"})
    closure = law.close(form=form, actor=system, at=began)
    law.reopen(closure=closure, at_moment=again, actor=system, at=began)
    standings = {
        day: rows(visitor.get("/offices/", {"on": f"2026-03-{day}", "q": OFFICE}))[0].standing
        for day in ("09", "10")
    }
    told = {
        day: (standing.state, standing.hours, standing.until)
        for day, standing in standings.items()
    }
    until = "buka kembali pada 10 Maret 2026, 11.00"
    assert told == {"09": ("closed", "", until), "10": ("closed", "11.00–16.00", until)}
