"""Circulars at the desk: listed, written in a form or loaded, read, and kept from others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.desk.circulars import telling
from loket.policies import queries
from loket.policies.models import Circular
from loket.policies.rules.format import Scope
from loket.policies.rules.ordering import in_order
from loket.policies.rules.parse import load_circular
from loket.policies.rules.writing import as_yaml
from tests.factories import policies as factory

TEXT = """
format: 1
issuer: Gubernur DKI Jakarta
number: 02/SE/2020
date: 2020-03-16
title: {id: Penyesuaian sistem kerja, en: How staff work}
summary: {id: Loket tanpa tatap muka., en: Counters without meeting.}
effective: {from: 2020-03-17, through: 2020-03-31}
legal_basis: ["Menpan-RB SE 19/2020 (16-03-2020)"]
source: Kompas 17-03-2020
provisions:
  - article: angka 1
    kind: counters
    state: online_only
    scope: {units: ["31"], kinds: [city, district, village, service_point]}
    words: {id: Loket hanya daring., en: Counters are online only.}
  - article: angka 2
    kind: channels
    channels: [web, whatsapp, phone]
    hours: {monday: ["07:30-12:00", "13:00-16:00"], friday: []}
    scope: {units: ["31"]}
  - article: angka 3
    kind: pinned
    posts: [structural, Sekretaris]
    scope: {units: ["31"], except_units: ["31.73"]}
    period: {from: 2020-03-18, to: 2020-03-20T12:00:00+07:00}
  - article: angka 4
    kind: shifts
    shifts:
      - {name: "1", hours: {every_day: "07:00-12:30"}}
      - {name: "2", hours: {every_day: "10:30-16:00"}, pause: {friday: "11:30-13:00"}}
  - {article: angka 5, kind: attendance, min_share: 10%, max_share_concurrent: 25%}
  - {article: angka 6, kind: room, max_share: 50%, scope: {zone: {scheme: ppkm, values: ["3", "4"]}}}
  - {article: angka 7, kind: excused, groups: [elderly, pregnant], elderly_from: 50}
  - {article: angka 8, kind: remote, work: allowed}
  - {article: angka 9, kind: reporting, duties: [photo, same_day]}
  - {article: angka 10, kind: suspension, scope: {units: ["31"]}}
  - {article: angka 11, kind: priority, groups: [disabled]}
  - {article: angka 12, kind: protocol, mask: true, hands: false, temperature_max: 37.3, ppe: full}
  - {article: angka 13, kind: clock, extended_by: 5}
  - {article: angka 14, kind: letters, drop_box: true}
  - {article: angka 15, kind: hours, hours: {monday: ["08:00-13:30"]}}
"""
DAY = ("day", "month", "year")


def day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}.{p}": str(v) for p, v in zip(DAY, (day, month, year), strict=True)}


HEAD = {
    "issuer": "Gubernur DKI Jakarta",
    "number": "02/SE/2020",
    "title.id": "Penyesuaian sistem kerja",
    "title.en": "How staff work",
    "summary.id": "Loket tanpa tatap muka.",
    "summary.en": "Counters without meeting.",
    "legal_basis": "Menpan-RB SE 19/2020 (16-03-2020)\r\n",
    "source": "Kompas 17-03-2020",
    "effective.end": "through",
    **day("date", 16, 3, 2020),
    **day("effective.from", 17, 3, 2020),
    **day("effective.through", 31, 3, 2020),
}
LEVELS = ["city", "district", "village", "service_point"]
PROVISIONS = [
    (
        "counters",
        {
            "state": "online_only", "scope.units": ["31"], "scope.kinds": LEVELS,
            "words.id": "Loket hanya daring.", "words.en": "Counters are online only.",
        },
    ),
    (
        "channels",
        {
            "channels": ["web", "whatsapp", "phone"], "scope.units": ["31"],
            "hours.monday": "7.30 - 12:00, 13:00–16:00", "hours.friday": "tutup",
        },
    ),
    (
        "pinned",
        {
            "posts": ["structural"], "posts.other": "Sekretaris\r\n", "scope.units": ["31"],
            "scope.except_units": ["31.73"], "has_period": "yes", "period.end": "to",
            "period.to_time": "12:00", **day("period.from", 18, 3, 2020),
            **day("period.to", 20, 3, 2020),
        },
    ),
    (
        "shifts",
        {
            "shifts.0.name": "1", "shifts.0.hours.every_day": "07:00-12:30",
            "shifts.1.name": "2", "shifts.1.hours.every_day": "10:30-16:00",
            "shifts.1.pause.friday": "11:30-13:00",
        },
    ),
    ("attendance", {"min_share": "10", "max_share_concurrent": "25 %"}),
    ("room", {"max_share": "50", "scope.zone_scheme": "ppkm", "scope.zone_values": "3, 4"}),
    ("excused", {"groups": ["elderly", "pregnant"], "elderly_from": "50"}),
    ("remote", {"work": "allowed"}),
    ("reporting", {"duties": ["photo", "same_day"]}),
    ("suspension", {"scope.units": ["31"]}),
    ("priority", {"groups": ["disabled"]}),
    ("protocol", {"mask": "yes", "hands": "no", "temperature_max": "37,3", "ppe": "full"}),
    ("clock", {"extended_by": "5"}),
    ("letters", {"drop_box": "yes"}),
    ("hours", {"hours.monday": "08:00-13:30"}),
]  # fmt: skip


@pytest.fixture
def ekas(eka, offices, at_work):
    return at_work(eka)


@pytest.fixture
def draft(eka, offices, at) -> Circular:
    return factory.draft(actor=eka, at=at)


def load(browser, text: str = TEXT):
    file = SimpleUploadedFile("se-02.yaml", text.encode())
    return browser.post("/desk/circulars/load/", {"file": file})


def write_by_hand(browser) -> Circular:
    """Type the circular through the forms, page after page."""
    begun = browser.post("/desk/circulars/new/", HEAD)
    assert begun["Location"] == "/desk/circulars/new/provision/", begun.context["errors"]
    page = begun["Location"]
    for number, (kind, form) in enumerate(PROVISIONS, 1):
        answer = browser.post(f"{page}?kind={kind}", {"article": f"angka {number}", **form})
        assert answer.status_code == 303, (kind, answer.context["errors"])
        page = f"{answer['Location']}provisions/add/"
    return Circular.objects.get(code=page.split("/")[3])


def test_form_and_file_give_the_same_record(ekas, eka):
    typed = queries.as_circular(queries.get(code=write_by_hand(ekas).code, actor=eka))
    assert typed == in_order(load_circular(TEXT, name="test"))
    Circular.objects.update(state="discarded")
    code = load(ekas)["Location"].split("/")[3]
    assert queries.as_circular(queries.get(code=code, actor=eka)) == typed


def test_forms_show_again_what_is_on_record(ekas):
    """Every page of a loaded circular, sent back as it is shown, changes nothing."""
    url = load(ekas)["Location"]
    code = url.split("/")[3]
    before = ekas.get(f"{url}yaml/").content
    state = ekas.get(f"{url}head/").context["state"]
    assert state["effective"]["through"] == {"day": "31", "month": "3", "year": "2020"}
    ekas.post(f"{url}head/", {**HEAD, "revision": "1"})
    for number, (_kind, form) in enumerate(PROVISIONS):
        page = f"{url}provisions/{number}/"
        shown = ekas.get(page)
        assert shown.context["state"]["article"] == f"angka {number + 1}"
        answer = ekas.post(page, {"article": f"angka {number + 1}", **form})
        assert answer.status_code == 303, answer.context["errors"]
    assert ekas.get(f"{url}yaml/").content == before
    assert Circular.objects.get(code=code).revision == 2 + len(PROVISIONS)


def test_shifts_beyond_those_of_an_empty_form_are_kept(ekas, draft):
    url = f"/desk/circulars/{draft.code}/provisions/add/?kind=shifts"
    form = {"article": "angka 2"}
    for place in range(6):
        form |= {
            f"shifts.{place}.name": str(place),
            f"shifts.{place}.hours.every_day": "07:00-12:30",
        }
    grown = ekas.post(url, {**form, "do": "row"})
    assert [shift["name"] for shift in grown.context["state"]["own"]["shifts"]] == [
        "0", "1", "2", "3", "4", "5", "",
    ]  # fmt: skip
    assert ekas.post(url, form).status_code == 303
    shown = ekas.get(f"/desk/circulars/{draft.code}/provisions/1/").context["state"]
    assert [shift["name"] for shift in shown["own"]["shifts"]] == ["0", "1", "2", "3", "4", "5"]
    other = f"/desk/circulars/{draft.code}/provisions/add/?kind=remote"
    assert ekas.post(other, {"article": "3", "do": "row"}).status_code == 422


def test_circular_is_downloaded_as_it_could_be_loaded(ekas, draft):
    text = ekas.get(f"/desk/circulars/{draft.code}/yaml/").content.decode()
    assert load_circular(text, name="down") == queries.as_circular(draft)
    assert text == as_yaml(queries.as_circular(draft))


def test_empty_head_says_what_is_missing_and_keeps_what_was_typed(ekas):
    answer = ekas.post("/desk/circulars/new/", {"issuer": "Sekda"})
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {
        "number", "date", "title.id", "title.en", "effective.from", "effective.end",
    }  # fmt: skip
    assert 'value="Sekda"' in answer.content.decode()
    assert not Circular.objects.exists()


def test_end_before_start_is_refused_at_the_period(ekas):
    answer = ekas.post("/desk/circulars/new/", HEAD | day("effective.through", 1, 3, 2020))
    assert set(answer.context["errors"]) == {"effective"}


@pytest.mark.parametrize(
    ("kind", "form", "wrong"),
    [
        ("room", {"max_share": "120"}, {"max_share"}),
        ("attendance", {"min_share": "60", "max_share": "50"}, set()),
        ("hours", {"hours.monday": "besok"}, {"hours.monday"}),
        (
            "shifts",
            {"shifts.0.name": "1", "shifts.0.hours.monday": "x"},
            {"shifts.0.hours.monday"},
        ),
        ("counters", {"state": "open", "scope.units": ["99"]}, {"scope.units"}),
        ("counters", {"state": "open", "scope.room": "R-?"}, {"scope.room"}),
        ("counters", {"state": "open", "has_period": "yes"}, {"period.from", "period.end"}),
    ],
)
def test_wrong_provision_is_refused_at_its_field(ekas, draft, kind, form, wrong):
    url = f"/desk/circulars/{draft.code}/provisions/add/?kind={kind}"
    answer = ekas.post(url, {"article": "angka 9", **form})
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == wrong
    assert bool(answer.context["refusal"]) == (not wrong)
    assert 'value="angka 9"' in answer.content.decode()
    assert draft.provisions.count() == 1


def test_provision_without_an_article_is_refused(ekas, draft):
    url = f"/desk/circulars/{draft.code}/provisions/add/?kind=remote"
    answer = ekas.post(url, {"work": "allowed"})
    assert set(answer.context["errors"]) == {"article"}


def test_units_are_found_by_a_search_that_keeps_what_was_typed(ekas, draft, offices):
    url = f"/desk/circulars/{draft.code}/provisions/add/?kind=counters"
    answer = ekas.post(url, {"article": "angka 9", "do": "find", "find": "Pejaten"})
    assert answer.status_code == 200
    found = answer.context["found"]
    assert [unit["code"] for unit in found["units"]] == [offices.region, offices.code]
    assert [place.code for place in found["places"]] == [f"G-{offices.region}"]
    assert [room.code for room in found["rooms"]] == [f"R-{offices.code}-1"]
    assert 'value="angka 9"' in answer.content.decode()
    part = ekas.get(
        "/desk/circulars/pick/", {"find": "Pejaten"}, headers={"HX-Request": "true"}
    )
    assert offices.code in part.content.decode()
    assert "<html" not in part.content.decode()


def test_provisions_change_places_and_go(ekas, draft):
    url = f"/desk/circulars/{draft.code}/"
    ekas.post(f"{url}provisions/add/?kind=remote", {"article": "2", "work": "allowed"})
    ekas.post(f"{url}provisions/1/move/", {"to": "up"})
    kinds = draft.provisions.order_by("place").values_list("kind", flat=True)
    assert list(kinds) == ["remote", "counters"]
    ekas.post(f"{url}provisions/0/remove/")
    assert list(kinds.all()) == ["counters"]
    assert ekas.post(f"{url}provisions/0/remove/").status_code == 422
    assert ekas.post(f"{url}provisions/7/remove/").status_code == 409


def test_two_who_edit_at_once_are_told(ekas, draft, gita, at_work):
    page = f"/desk/circulars/{draft.code}/provisions/0/"
    revision = ekas.get(page).context["revision"]
    form = {"article": "1", "state": "closed", "revision": revision}
    assert at_work(gita).post(page, form).status_code == 303
    answer = ekas.post(page, {**form, "state": "limited"})
    assert answer.status_code == 422
    assert "Gita Permata" in answer.context["refusal"]
    assert answer.context["state"]["own"]["state"] == "limited"


def test_file_with_mistakes_is_refused_by_line(ekas):
    answer = load(ekas, TEXT.replace("50%", "150%"))
    assert answer.status_code == 422
    assert [problem.line for problem in answer.context["problems"]] == [33]
    assert load(ekas, "\xff").status_code == 422
    assert ekas.post("/desk/circulars/load/", {}).context["errors"].keys() == {"file"}
    assert not Circular.objects.exists()


def test_lists_say_what_is_in_force_coming_drafted_and_ended(ekas, eka, gita, at):
    assert ekas.get("/desk/circulars/").context["is_empty"]
    today = at.date()

    def enacted(number: str, since: int, until: int) -> None:
        period = {
            "from": today + timedelta(days=since), "through": today + timedelta(days=until)
        }  # fmt: skip
        text = factory.written(number=number, effective=period)
        factory.enact(text, author=eka, actor=gita, at=at, reason="Terlambat.")

    enacted("1", -1, 5)
    enacted("2", 3, 5)
    enacted("3", -9, -5)
    factory.draft(factory.written(number="4"), actor=eka, at=at)
    sections = ekas.get("/desk/circulars/").context["sections"]
    numbers = {s["name"]: [row.circular.number for row in s["rows"]] for s in sections}
    assert numbers == {"now": ["1"], "soon": ["2"], "draft": ["4"], "past": ["3"]}


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_seldom(ekas, eka, at, rows, django_assert_num_queries):
    for number in range(rows):
        factory.draft(factory.written(number=str(number)), actor=eka, at=at)
    ekas.get("/desk/circulars/")
    # Session, account, positions; circulars, their provisions, those enacted.
    with django_assert_num_queries(6):
        ekas.get("/desk/circulars/")


PAGES = ["", "head/", "provisions/add/", "provisions/0/", "impact/", "impact/cases/", "yaml/"]
ACTS = ["discard/", "simulate/", "enact/", "revoke/", "provisions/0/remove/"]


@pytest.mark.parametrize("page", PAGES)
def test_author_opens_every_page(ekas, draft, page):
    assert ekas.get(f"/desk/circulars/{draft.code}/{page}").status_code == 200


def test_paper_that_is_not_there_is_not_found(ekas, draft):
    assert ekas.get(f"/desk/circulars/{draft.code}/file/").status_code == 404


@pytest.mark.parametrize("page", ["", "new/", "load/", "pick/", "new/provision/"])
def test_officer_is_refused_everywhere(budi, at_work, page):
    assert at_work(budi).get(f"/desk/circulars/{page}").status_code == 403


@pytest.mark.parametrize("page", [*PAGES, "file/"])
def test_officer_finds_no_draft(budi, draft, at_work, page):
    url = f"/desk/circulars/{draft.code}/{page}"
    assert at_work(budi).get(url).status_code in {403, 404}


@pytest.mark.parametrize("act", ACTS)
def test_officer_and_head_change_nothing(budi, dewi, draft, at_work, act):
    for actor in (budi, dewi):
        answer = at_work(actor).post(f"/desk/circulars/{draft.code}/{act}", {"to": "up"})
        assert answer.status_code in {403, 404}, act
    draft.refresh_from_db()
    assert (draft.state, draft.provisions.count()) == ("draft", 1)


def test_menu_offers_circulars_to_those_who_may(ekas, budi, dewi, at_work):
    def seen(browser) -> tuple[bool, bool]:
        menus = browser.get("/desk/").context["menus"]
        offered = {link.url for group in menus for link in group.links}
        return "/desk/circulars/" in offered, "/desk/closures/" in offered

    assert seen(ekas) == (True, True)
    assert seen(at_work(budi)) == (False, False)
    assert seen(at_work(dewi)) == (True, True)


def test_author_is_told_who_may_enact(ekas, draft, gita):
    shown = ekas.get(f"/desk/circulars/{draft.code}/")
    assert shown.context["enactors"] == ["Gita Permata (Wakil Gubernur)"]
    assert "Gita Permata" in shown.content.decode()


def test_discarded_draft_leaves_the_list(ekas, draft):
    assert ekas.post(f"/desk/circulars/{draft.code}/discard/").status_code == 303
    sections = ekas.get("/desk/circulars/").context["sections"]
    assert [row for section in sections for row in section["rows"]] == []
    assert ekas.get(f"/desk/circulars/{draft.code}/head/").status_code in {403, 404}


def test_where_is_told_by_names_not_codes(offices):
    place, room = f"G-{offices.region}", f"R-{offices.code}-1"
    scopes = [Scope(place=place, floor="1"), Scope(room=room)]
    called = telling.names_of(scopes)
    told = [text for scope in scopes for _label, text in telling.where(scope, called)]
    assert told == [f"Gedung {offices.name} · 1", f"Ruang pelayanan, {offices.name}"]
