"""The worklist and one case: Budi works, Citra is refused, an auditor reads."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest

from loket.cases import services as cases
from loket.cases.models import Case, Note
from loket.cases.queries import worklist
from loket.journal.models import Entry
from tests.factories import cases as factory

from .conftest import open_file, verify


def looks_of(case: Case) -> list[tuple[str, str]]:
    found = Entry.objects.filter(name="case.viewed", subject=case.subject).order_by("id")
    return [(entry.actor_name, entry.facts["reason"]) for entry in found]


def rows_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(StringIO(text)))


def test_budi_sees_the_case_of_his_kelurahan(case, budi, at_work):
    answer = at_work(budi).get("/desk/cases/")
    assert [row["code"] for row in answer.context["cases"]] == [case.code]
    assert answer["Cache-Control"] == "no-store, private"


def test_citra_sees_nothing_of_it(case, citra, at_work):
    browser = at_work(citra)
    assert browser.get("/desk/cases/").context["cases"] == []
    assert browser.get("/desk/cases/?tab=closed").context["cases"] == []


@pytest.mark.parametrize("act", ["", "look/", "claim/", "note/", "move/verify/", "preview/"])
def test_citra_finds_no_such_case(case, citra, at_work, act):
    browser, url = at_work(citra), f"/desk/cases/{case.code}/{act}"
    ask = browser.get if act in {"", "preview/"} else browser.post
    known, unknown = ask(url), ask(url.replace(case.code, "4M9K2TQ-X"))
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert looks_of(case) == []


def test_resident_is_sent_to_the_sign_in_of_staff(case, ayu, at_work):
    answer = at_work(ayu).get(f"/desk/cases/{case.code}/")
    assert answer["Location"] == f"/desk/account/login/?next=/desk/cases/{case.code}/"


def test_administrator_has_no_cases(case, eka, at_work):
    browser = at_work(eka)
    assert browser.get("/desk/cases/").context["cases"] == []
    assert browser.get(f"/desk/cases/{case.code}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_often_for_one_case_as_for_three(
    version, budi, at, at_work, number, django_assert_num_queries
):
    factory.file_many(number, at=at - timedelta(hours=1))
    browser = at_work(budi)
    browser.get("/desk/cases/")
    # Session, account, positions; units, the page of cases, the counts; services.
    with django_assert_num_queries(7):
        answer = browser.get("/desk/cases/")
    assert len(answer.context["cases"]) == number


def test_list_is_filtered_by_name_and_says_when_nothing_fits(version, budi, at, at_work):
    factory.file_many(3, at=at - timedelta(hours=1))
    browser = at_work(budi)
    found = browser.get("/desk/cases/?q=anak ke b").context["cases"]
    assert [row["title"] for row in found] == ["Anak Ke B"]
    assert browser.get("/desk/cases/?q=zzz").context["cases"] == []


def test_part_of_the_list_is_enough_for_htmx(case, budi, at_work):
    part = at_work(budi).get("/desk/cases/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="cases">')
    assert case.code in part


def test_long_list_goes_on_where_it_stopped(version, budi, at, at_work, monkeypatch):
    monkeypatch.setitem(worklist.__kwdefaults__, "limit", 2)
    filed = factory.file_many(3, at=at - timedelta(hours=1))
    browser = at_work(budi)
    first = browser.get("/desk/cases/").context
    rest = browser.get(first["more"]).context
    codes = [row["code"] for page in (first, rest) for row in page["cases"]]
    assert codes == [case.code for case in filed]
    assert rest["more"] == ""


def test_export_holds_the_list_and_no_formula(version, budi, at, at_work):
    one = factory.file_many(1, at=at)[0]
    Case.objects.filter(pk=one.pk).update(
        title='=HYPERLINK("https://jahat.example")', applicant="@SUM(A1)"
    )
    answer = at_work(budi).get("/desk/cases/export/")
    head, *rows = rows_of(answer)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert head[0] == "Kode"
    assert [(r[0], r[2], r[3]) for r in rows] == [
        (one.code, '\'=HYPERLINK("https://jahat.example")', "'@SUM(A1)")
    ]


def test_export_of_citra_is_empty(case, citra, at_work):
    assert len(rows_of(at_work(citra).get("/desk/cases/export/"))) == 1


def test_file_opens_only_for_a_reason_and_the_look_is_on_record(case, budi, at_work):
    browser, url = at_work(budi), f"/desk/cases/{case.code}/"
    asked = browser.get(url)
    assert "Melati" not in asked.content.decode()
    assert browser.post(f"{url}look/", {"reason": "other", "words": ""}).status_code == 422
    assert looks_of(case) == []
    assert "Melati" in open_file(browser, case).content.decode()
    assert looks_of(case) == [("Budi Santoso", "supervision")]
    browser.get(url)
    assert looks_of(case) == [("Budi Santoso", "supervision")]


def test_picture_of_a_paper_needs_the_reason_too(case, budi, at_work):
    browser = at_work(budi)
    ref = case.attachments.get().file.ref
    url = f"/desk/cases/{case.code}/files/{ref}/1/"
    assert browser.get(url).status_code == 403
    open_file(browser, case)
    picture = browser.get(url)
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Entry.objects.filter(name="case.file_viewed", subject=case.subject).count() == 1


def test_budi_takes_the_case_on_and_puts_it_back(case, budi, at_work):
    browser = at_work(budi)
    browser.post(f"/desk/cases/{case.code}/claim/")
    case.refresh_from_db()
    assert str(case.holder) == "Budi Santoso"
    answer = browser.post(f"/desk/cases/{case.code}/release/")
    case.refresh_from_db()
    assert (answer["Location"], case.holder) == ("/desk/cases/", None)


def test_auditor_reads_but_cannot_act(case, auditor, at_work):
    browser = at_work(auditor)
    answer = open_file(browser, case, "audit")
    assert answer.status_code == 200
    assert (answer.context["can_claim"], answer.context["steps"]) == (False, [])
    for act in ("claim", "note", "take-over", "move/verify", "move/refuse"):
        assert browser.post(f"/desk/cases/{case.code}/{act}/").status_code == 403, act
    case.refresh_from_db()
    assert (case.state, case.holder, Note.objects.count()) == ("submitted", None, 0)


def test_colleague_is_told_who_holds_it_and_dewi_takes_over(case, budi, dewi, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    browser, url = at_work(dewi), f"/desk/cases/{case.code}/"
    assert "Budi Santoso" in browser.get(url).content.decode()
    assert browser.post(f"{url}claim/").status_code == 409
    assert browser.post(f"{url}take-over/", {"reason": ""}).status_code == 422
    browser.post(f"{url}take-over/", {"reason": "Budi sakit."})
    case.refresh_from_db()
    assert str(case.holder) == "Dewi Anggraini"


def test_return_leads_back_to_the_list_and_tells_the_applicant(case, budi, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    form = {"reason": "unreadable", "words": "Foto lagi.", "questions": ["birth_letter"]}
    answer = at_work(budi).post(f"/desk/cases/{case.code}/move/return/", form)
    case.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, "/desk/cases/")
    assert (case.state, case.returned["questions"]) == ("returned", ["birth_letter"])


def test_refused_step_keeps_what_was_typed(case, budi, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    form = {"reason": "", "words": "Foto lagi, tanpa bayangan.", "questions": ["birth_letter"]}
    answer = at_work(budi).post(f"/desk/cases/{case.code}/move/return/", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Foto lagi, tanpa bayangan." in text
    assert 'name="questions" value="birth_letter" checked' in text
    assert set(answer.context["refused"].refusal.fields) == {"reason"}
    case.refresh_from_db()
    assert case.state == "submitted"


def test_wrong_nik_at_a_step_is_shown_beside_its_field(case, budi, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    form = {"child_nik": "12345"}
    answer = at_work(budi).post(f"/desk/cases/{case.code}/move/verify/", form)
    assert answer.status_code == 422
    assert 'value="12345"' in answer.content.decode()


def test_nik_that_contradicts_the_answers_is_asked_about_once(case, budi, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    browser, url = at_work(budi), f"/desk/cases/{case.code}/move/verify/"
    form = {"child_nik": "3174041002260002"}  # a boy’s, for a girl
    answer = browser.post(url, form)
    case.refresh_from_db()
    assert (answer.status_code, case.state) == (422, "submitted")
    assert set(answer.context["refused"].doubts) == {"child_nik"}
    assert browser.post(url, form | {"confirmed": "1"}).status_code == 303
    case.refresh_from_db()
    assert case.state == "awaiting_signature"


def test_head_sees_what_does_not_fit_together(case, budi, head, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    fields = {"child_nik": "3174041002260002"}
    cases.move(case=case, action="verify", fields=fields, actor=budi, at=at)
    answer = open_file(at_work(head), case)
    rows = [row for section in answer.context["sections"] for row in section["rows"]]
    assert [row["label"] for row in rows if row["doubts"]] == ["child_nik"]


def test_files_opened_in_one_go_are_one_line(version, ayu, budi, at, at_work):
    draft = factory.draft(ayu, at=at)
    cases.attach(
        draft=draft, question="birth_letter", data=factory.photo(), name="lagi.jpg",
        actor=ayu, at=at,
    )  # fmt: skip
    case = cases.submit(draft=draft, actor=ayu, at=at)
    browser = at_work(budi)
    for page in open_file(browser, case).context["papers"][0]["pages"]:
        browser.get(page["url"])
    told = browser.get(f"/desk/cases/{case.code}/").context["timeline"]
    assert [line["parts"] for line in told] == [["birth_letter"], [], []]


def test_reason_for_a_look_that_is_refused_is_kept(case, budi, at_work):
    answer = at_work(budi).post(f"/desk/cases/{case.code}/look/", {"reason": "other"})
    assert answer.status_code == 422
    assert 'value="other" checked' in answer.content.decode()


def test_step_taken_in_another_window_is_a_conflict(case, budi, at, at_work):
    verify(case, budi, at)
    answer = at_work(budi).post(f"/desk/cases/{case.code}/move/verify/", {"child_nik": "1"})
    assert answer.status_code == 409


def test_possible_duplicate_is_shown_before_the_decision(version, ayu, budi, at, at_work):
    first = factory.case(ayu, at=at)
    other = factory.another_resident(at)
    again = factory.case(other, at=at)
    cases.claim(case=again, actor=budi, at=at)
    answer = at_work(budi).get(f"/desk/cases/{again.code}/")
    assert [d["code"] for d in answer.context["duplicates"]] == [first.code]


def test_note_is_for_colleagues_only(case, budi, ayu, at, at_work):
    cases.claim(case=case, actor=budi, at=at)
    browser = at_work(budi)
    browser.post(f"/desk/cases/{case.code}/note/", {"words": "Hubungi rumah sakit."})
    assert "Hubungi rumah sakit." in browser.get(f"/desk/cases/{case.code}/").content.decode()
    shown = at_work(ayu).get(f"/cases/{case.code}/").content.decode()
    assert "Hubungi rumah sakit." not in shown


def test_case_costs_few_queries_whatever_is_attached(
    version, ayu, budi, at, at_work, django_assert_max_num_queries
):
    draft = factory.draft(ayu, at=at)
    for _ in range(2):
        cases.attach(
            draft=draft, question="birth_letter", data=factory.photo(), name="lagi.jpg",
            actor=ayu, at=at,
        )  # fmt: skip
    case = cases.submit(draft=draft, actor=ayu, at=at)
    browser = at_work(budi)
    open_file(browser, case)
    with django_assert_max_num_queries(15):
        browser.get(f"/desk/cases/{case.code}/")
