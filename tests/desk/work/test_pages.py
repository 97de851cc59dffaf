"""A day's work at the desk: written, handed in, judged, and summed up."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from loket.cases import services as cases
from loket.organisation import queries as organisation
from loket.people.models import Position
from loket.workforce import services as workforce
from loket.workforce.models import WorkEntry, WorkReport
from loket.workforce.rules.written import Written
from tests.conftest import employ
from tests.factories import cases as factory

WORDS = "Menjawab surat warga"
TYPED = {"kind": "letter", "words": WORDS, "count": "3", "minutes": "45"}


@pytest.fixture
def today(at):
    return organisation.today(None, at=at)


def report_of(actor, today, at, words=WORDS) -> WorkReport:
    written = Written("letter", words, 3, 45)
    workforce.write_entry(on=today, written=written, actor=actor, at=at)
    return workforce.submit_report(on=today, actor=actor, at=at)


def test_a_day_shows_what_was_counted_and_takes_what_was_not(
    version, case, budi, at, at_work, today
):
    cases.claim(case=case, actor=budi, at=at)
    cases.add_note(case=case, words="Sudah ditelepon.", actor=budi, at=at)
    browser = at_work(budi)
    shown = browser.get("/desk/work/").context
    assert [(line.label, line.count) for line in shown["lines"]] == [("catatan untuk rekan", 1)]
    proof = BytesIO(factory.photo())
    proof.name = "bukti.jpg"
    answer = browser.post("/desk/work/entries/", {**TYPED, "on": f"{today}", "proof": proof})
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/work/?on={today}")
    entry = WorkEntry.objects.get()
    picture = browser.get(f"/desk/work/entries/{entry.pk}/proof/")
    assert picture["Content-Type"] == "image/jpeg"
    answer = browser.post("/desk/work/hand-in/", {"on": f"{today}"})
    assert answer.status_code == 303
    page = browser.get(f"/desk/work/?on={today}")
    assert page.context["day"].is_open is False
    assert WORDS in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [({"minutes": "0"}, "minutes"), ({"kind": ""}, "kind"), ({"words": ""}, "words")],
)
def test_nothing_typed_is_lost(budi, at_work, today, changed, wrong):
    answer = at_work(budi).post("/desk/work/entries/", {**TYPED, **changed, "on": f"{today}"})
    assert answer.status_code == 422
    assert list(answer.context["errors"]) == [wrong]
    assert answer.context["typed"]["count"] == "3"


def test_a_file_that_is_none_is_told_at_its_field(budi, at_work, today):
    proof = BytesIO(b"MZ\x90\x00")
    proof.name = "bukti.jpg"
    answer = at_work(budi).post(
        "/desk/work/entries/", {**TYPED, "on": f"{today}", "proof": proof}
    )
    assert (answer.status_code, list(answer.context["errors"])) == (422, ["proof"])


def test_entries_change_and_go(budi, dewi, at, at_work, today):
    workforce.write_entry(on=today, written=Written(**TYPED), actor=budi, at=at)
    path = f"/desk/work/entries/{WorkEntry.objects.get().pk}/"
    assert at_work(dewi).get(path).status_code == 404
    browser = at_work(budi)
    assert browser.get(path).context["typed"]["words"] == WORDS
    assert browser.post(path, {**TYPED, "words": ""}).status_code == 422
    assert browser.post(path, {**TYPED, "words": "Surat keluar"}).status_code == 303
    assert WorkEntry.objects.get().words == "Surat keluar"
    assert browser.get(f"{path}proof/").status_code == 404
    assert browser.post(f"{path}remove/").status_code == 303
    assert not WorkEntry.objects.exists()


def test_what_was_typed_and_not_added_is_handed_in_too(budi, at_work, today):
    browser = at_work(budi)
    refused = browser.post("/desk/work/hand-in/", {**TYPED, "on": f"{today}", "minutes": "x"})
    assert (refused.status_code, list(refused.context["errors"])) == (422, ["minutes"])
    assert (refused.context["typed"]["words"], WorkReport.objects.count()) == (WORDS, 0)
    assert browser.post("/desk/work/hand-in/", {**TYPED, "on": f"{today}"}).status_code == 303
    assert WorkEntry.objects.get().words == WORDS
    assert browser.get(f"/desk/work/?on={today}").context["day"].is_open is False


def test_an_empty_day_is_refused_on_the_page(budi, at_work, today):
    answer = at_work(budi).post("/desk/work/hand-in/", {"on": f"{today}"})
    assert (answer.status_code, WorkReport.objects.count()) == (422, 0)


@pytest.mark.parametrize("on", ["x", "2999-01-01", ""])
def test_days_that_cannot_be_are_today(budi, at_work, today, on):
    assert at_work(budi).get(f"/desk/work/?on={on}").context["day"].on == today


def test_somebody_without_a_position_is_told_so(budi, eka, at_work):
    assert at_work(eka).get("/desk/work/").status_code == 200
    Position.objects.filter(account__username="budi").delete()
    assert at_work(budi).get("/desk/work/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_team_asks_as_often_for_one_report_as_for_three(
    kelurahan, dewi, at, at_work, today, number, django_assert_num_queries
):
    for n in range(number):
        actor = employ(f"p{n}", f"Petugas {n}", kelurahan, "officer", "Petugas", at)
        report_of(actor, today, at)
    browser = at_work(dewi)
    browser.get("/desk/work/team/")
    # Session, account, positions; units, reports, entries.
    with django_assert_num_queries(8):
        answer = browser.get("/desk/work/team/")
    assert len(answer.context["rows"]) == number


def test_a_superior_validates_many_at_once(kelurahan, budi, dewi, at, at_work, today):
    fajar = employ("fajar", "Fajar Nugroho", kelurahan, "officer", "Petugas", at)
    for actor in (budi, fajar):
        report_of(actor, today, at)
    browser = at_work(dewi)
    keys = [row["key"] for row in browser.get("/desk/work/team/").context["rows"]]
    assert keys == [f"budi:{today}:1", f"fajar:{today}:1"]
    keys[1] = f"fajar:{today}:9"
    answer = browser.post("/desk/work/team/validate/", {"report": keys}, follow=True)
    told = [str(message) for message in answer.context["messages"]]
    assert len(told) == 2
    states = dict(WorkReport.objects.values_list("account__username", "state"))
    assert states == {"budi": "validated", "fajar": "submitted"}


def test_a_superior_returns_one_with_a_remark(budi, dewi, at, at_work, today):
    report_of(budi, today, at)
    browser = at_work(dewi)
    path = f"/desk/work/team/budi/{today}/"
    key = browser.get(path).context["key"]
    refused = browser.post(f"{path}return/", {"report": key, "remark": " "})
    assert (refused.status_code, list(refused.context["errors"])) == (422, ["remark"])
    answer = browser.post(f"{path}return/", {"report": key, "remark": "Lampirkan suratnya."})
    assert answer.status_code == 303
    mine = at_work(budi).get(f"/desk/work/?on={today}").content.decode()
    assert "Lampirkan suratnya." in mine
    assert browser.post(f"{path}return/", {"report": key, "remark": "Lagi."}).status_code == 409


def test_strangers_see_neither_lists_nor_reports(budi, citra, at, at_work, today, kelurahan):
    report_of(budi, today, at)
    for actor in (budi, citra):
        browser = at_work(actor)
        assert browser.get("/desk/work/team/").status_code == 403
        assert browser.get(f"/desk/work/team/budi/{today}/").status_code == 404
        assert browser.get(f"/desk/work/team/?unit={kelurahan.code}").status_code == 403
        assert browser.get(f"/desk/work/recap/?unit={kelurahan.code}").status_code == 403
        key = f"budi:{today}:1"
        assert browser.post("/desk/work/team/validate/", {"report": key}).status_code == 404
    assert WorkReport.objects.get().state == "submitted"


@pytest.mark.parametrize("key", ["", "budi", "budi:x:1", "budi:2026-01-01:²", "budi::"])
def test_boxes_that_nobody_ticked_are_no_reports(dewi, at_work, key):
    answer = at_work(dewi).post("/desk/work/team/validate/", {"report": key})
    assert answer.status_code == 404


def test_nothing_ticked_is_said(dewi, at_work):
    answer = at_work(dewi).post("/desk/work/team/validate/", follow=True)
    assert len(list(answer.context["messages"])) == 1


def test_proofs_open_for_the_superior_of_that_report_only(budi, dewi, at, at_work, today):
    proof = (factory.photo(), "bukti.jpg")
    entry = workforce.write_entry(
        on=today, written=Written(**TYPED), proof=proof, actor=budi, at=at
    )
    workforce.submit_report(on=today, actor=budi, at=at)
    browser = at_work(dewi)
    path = f"/desk/work/team/budi/{today}/proof/{entry.proof.ref}/"
    assert path in browser.get(f"/desk/work/team/budi/{today}/").content.decode()
    assert browser.get(path)["Content-Type"] == "image/jpeg"
    assert browser.get(f"/desk/work/team/budi/{today}/proof/{'0' * 40}/").status_code == 404
    assert browser.get(f"/desk/work/entries/{entry.pk}/proof/").status_code == 404


@pytest.mark.parametrize("words", ["=1+1", "-2", "+cmd|' /C calc'!A0", "@SUM(A1)", " =A1"])
def test_no_cell_of_a_recap_is_run(budi, dewi, at, at_work, today, kelurahan, words):
    report_of(budi, today, at, words=words)
    browser = at_work(dewi)
    for query in (f"?unit={kelurahan.code}", f"?unit={kelurahan.code}&person=budi"):
        answer = browser.get(f"/desk/work/recap/xlsx/{query}")
        book = load_workbook(BytesIO(answer.content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
        assert not [text for text in texts if text.lstrip().startswith(("=", "+", "-", "@"))]


def test_a_recap_adds_up_on_page_sheet_and_paper(budi, dewi, at, at_work, today, kelurahan):
    report_of(budi, today, at)
    browser = at_work(dewi)
    query = f"?unit={kelurahan.code}"
    page = browser.get(f"/desk/work/recap/{query}").context
    assert [row["first"] for row in page["rows"]] == ["Budi Santoso"]
    assert [text for _head, text in page["total"]["rest"]] == [
        "1",
        "0",
        "1",
        "0",
        "0",
        "3",
        "45 menit",
    ]
    sheet = load_workbook(
        BytesIO(browser.get(f"/desk/work/recap/xlsx/{query}").content)
    ).worksheets
    assert sheet[0]["A1"].value == "Nama / Name"
    assert [cell.value for cell in sheet[0][2]] == ["Budi Santoso", 1, 0, 1, 0, 0, 3, 45]
    assert [cell.value for cell in sheet[1][2]][4:] == [3, 45]
    for more in ("", "&person=budi"):
        paper = browser.get(f"/desk/work/recap/pdf/{query}{more}").content
        assert paper.startswith(b"%PDF-")
        assert b"pdfaid:part" in paper
    assert browser.get(f"/desk/work/recap/{query}&person=dewi").status_code == 404
    assert browser.get("/desk/work/recap/odt/").status_code == 404


def test_ones_own_recap_needs_no_permission(budi, at, at_work, today):
    report_of(budi, today, at)
    browser = at_work(budi)
    shown = browser.get("/desk/work/recap/").context
    assert [row["rest"][-1][1] for row in shown["rows"]] == ["45 menit"]
    assert shown["after"] == ""
    past = browser.get("/desk/work/recap/?month=2019-07").context
    assert (past["rows"], past["found"].month.isoformat()) == ([], "2019-07-01")
    assert browser.get("/desk/work/recap/pdf/?month=2019-07").status_code == 200
    far = (today + timedelta(days=400)).strftime("%Y-%m")
    assert (
        browser.get(f"/desk/work/recap/?month={far}").context["found"].month.year == today.year
    )
