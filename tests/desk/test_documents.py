"""Issued documents: found, opened, revoked and corrected by those who may."""

from __future__ import annotations

import pytest

from loket.cases import services as cases
from loket.cases.models import Case
from loket.documents import queries as documents
from loket.documents.models import Document
from loket.journal.models import Entry

from .conftest import PASSPHRASE, open_file, verify


@pytest.fixture
def issued(case: Case, budi, head, at) -> Document:
    verify(case, budi, at)
    return cases.sign(case=case, passphrase=PASSPHRASE, actor=head, at=at)


@pytest.fixture
def dewis(case, issued, head, at_work):
    """Return Dewi's browser, the file open in it."""
    browser = at_work(head)
    open_file(browser, case)
    return browser


def act(browser, document: Document, name: str, **form: str):
    return browser.post(f"/desk/documents/{document.code}/{name}/", form)


def test_document_is_found_by_number_code_and_holder(issued, budi, at_work):
    browser = at_work(budi)
    for words in (issued.number, issued.code.lower(), "melati"):
        found = browser.get("/desk/documents/", {"q": words}).context["found"]
        assert [d.code for d in found.rows] == [issued.code]
    assert browser.get("/desk/documents/?q=zzz").context["found"].rows == []


def test_list_asks_seldom(issued, budi, at_work, django_assert_num_queries):
    browser = at_work(budi)
    browser.get("/desk/documents/")
    # Session, account, positions; documents.
    with django_assert_num_queries(4):
        browser.get("/desk/documents/")


@pytest.mark.parametrize("page", ["", "file/", "revoke/", "correct/"])
def test_citra_finds_no_such_document(issued, citra, at_work, page):
    browser, url = at_work(citra), f"/desk/documents/{issued.code}/{page}"
    ask = browser.get if page in {"", "file/"} else browser.post
    assert ask(url).status_code == 404
    assert browser.get("/desk/documents/").context["found"].rows == []


def test_document_opens_only_for_a_reason(issued, budi, at_work):
    browser, url = at_work(budi), f"/desk/documents/{issued.code}/"
    assert "Melati" not in browser.get(url).content.decode()
    assert browser.get(f"{url}file/").status_code == 403


def test_signed_file_is_handed_out_byte_for_byte_and_told(issued, case, budi, at_work):
    browser = at_work(budi)
    open_file(browser, case)
    answer = browser.get(f"/desk/documents/{issued.code}/file/")
    assert answer.content == documents.content(issued)
    told = Entry.objects.get(name="document.downloaded", subject=issued.subject)
    assert told.actor_name == "Budi Santoso"


def test_dewi_revokes_with_a_reason_and_verification_says_so(dewis, issued):
    refused = act(dewis, issued, "revoke", reason=" ")
    assert (refused.status_code, set(refused.context["errors"])) == (422, {"reason"})
    assert documents.verify_code(issued.code).state == "valid"
    answer = act(dewis, issued, "revoke", reason="Nama ibu keliru.")
    assert (answer.status_code, answer["Location"]) == (303, f"/desk/documents/{issued.code}/")
    assert documents.verify_code(issued.code).state == "revoked"
    assert act(dewis, issued, "revoke", reason="Lagi.").status_code == 409


def test_budi_may_neither_revoke_nor_correct(issued, case, budi, at_work):
    browser = at_work(budi)
    open_file(browser, case)
    shown = browser.get(f"/desk/documents/{issued.code}/").context
    assert (shown["may_revoke"], shown["may_correct"]) == (False, False)
    assert act(browser, issued, "revoke", reason="Keliru.").status_code == 403
    assert act(browser, issued, "correct", reason="Keliru.").status_code == 403
    assert documents.verify_code(issued.code).state == "valid"


def test_auditor_may_not_open_the_signed_file(issued, case, auditor, at_work):
    browser = at_work(auditor)
    open_file(browser, case, "audit")
    assert browser.get(f"/desk/documents/{issued.code}/file/").status_code == 404


def correction(shown, **changed: str) -> dict[str, str]:
    """Return the form of a correction as the page gives it, with some fields typed anew."""
    form = {}
    for field in shown.context["fields"]:
        if isinstance(field["value"], dict):
            form |= {f"{field['name']}.{part}": v for part, v in field["value"].items()}
        else:
            form[field["name"]] = field["value"]
    return {**form, "passphrase": PASSPHRASE, "reason": "Salah ketik.", **changed}


def test_correction_is_signed_and_supersedes(dewis, issued):
    shown = dewis.get(f"/desk/documents/{issued.code}/")
    answer = act(dewis, issued, "correct", **correction(shown, birth_place="Bogor"))
    new = Document.objects.get(supersedes=issued)
    assert answer["Location"] == f"/desk/documents/{new.code}/"
    assert new.facts["birth_place"] == "Bogor"
    assert documents.verify_code(issued.code).state == "superseded"
    assert documents.verify_code(new.code).state == "valid"


def test_correction_that_changes_nothing_is_refused_and_keeps_what_was_typed(dewis, issued):
    shown = dewis.get(f"/desk/documents/{issued.code}/")
    answer = act(dewis, issued, "correct", **correction(shown))
    assert answer.status_code == 422
    assert "Salah ketik." in answer.content.decode()
    assert PASSPHRASE not in answer.content.decode()
    assert Document.objects.count() == 1
