"""Handing out by link and PIN; saying whether a document is genuine."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.documents import queries
from loket.documents import services as documents
from loket.documents.signers import local
from loket.kernel.access import Actor
from tests.factories import documents as factory


@pytest.fixture
def signer(db, settings, tmp_path, system, at) -> Actor:
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "keys", tmp_path / "files"
    local.prepare(at=at)
    actor = Actor(ref="account:12", name="Dewi Anggraini", grants=system.grants)
    factory.enrol(actor, at)
    return actor


@pytest.fixture
def issued(signer, at):
    return factory.issue(actor=signer, at=at)


def pdf(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("akta.pdf", data, content_type="application/pdf")}


def test_opening_the_page_uses_nothing_up(visitor, issued) -> None:
    for _ in range(8):
        assert visitor.get(f"/d/{issued.link}/").status_code == 200
    assert visitor.post(f"/d/{issued.link}/", {"pin": issued.pin}).status_code == 200


def test_pin_gives_the_signed_file_under_a_neutral_name(visitor, issued) -> None:
    answer = visitor.post(f"/d/{issued.link}/", {"pin": f" {issued.pin[:3]} {issued.pin[3:]}"})
    assert answer.content == queries.content(issued.document)
    assert answer["Content-Disposition"] == (
        f"attachment; filename*=UTF-8''loket-{issued.document.code}.pdf"
    )


def test_wrong_pin_and_unknown_link_are_answered_alike(visitor, issued) -> None:
    wrong = "000000" if issued.pin != "000000" else "111111"
    answers = [visitor.post(f"/d/{link}/", {"pin": wrong}) for link in (issued.link, "unknown")]
    assert [a.status_code for a in answers] == [422, 422]
    assert answers[0].context["errors"] == answers[1].context["errors"]
    assert visitor.get("/d/unknown/").status_code == 200


def test_guessing_a_pin_is_stopped(visitor, issued) -> None:
    for _ in range(5):
        visitor.post(f"/d/{issued.link}/", {"pin": "x"})
    assert visitor.post(f"/d/{issued.link}/", {"pin": issued.pin}).status_code == 429


def test_scanned_code_says_valid_with_a_masked_name(visitor, issued) -> None:
    answer = visitor.get(f"/v/{issued.document.code}")
    verdict = answer.context["verdict"]
    assert (verdict.state, verdict.holder) == (
        "valid",
        queries.masking.holder(issued.document.holder),
    )
    assert issued.document.holder not in answer.content.decode()


def test_revoked_document_is_called_so_at_once(visitor, issued, signer, at) -> None:
    documents.revoke(document=issued.document, reason="Salah cetak", actor=signer, at=at)
    answer = visitor.get(f"/v/{issued.document.code}")
    assert answer.context["verdict"].state == "revoked"
    assert 'class="banner bad"' in answer.content.decode()


def test_unknown_code_is_not_ours(visitor, signer) -> None:
    answer = visitor.post("/verify/", {"code": "4m9k2tqx"})
    assert answer.status_code in {200, 422}
    assert visitor.get("/v/4M9K2TQ-X").context["verdict"].state == "not_ours"


@pytest.mark.parametrize("code", ["", "4M9", "not a code"])
def test_code_that_cannot_be_one_is_explained(visitor, signer, code) -> None:
    answer = visitor.post("/verify/", {"code": code})
    assert answer.status_code == 422
    assert 'href="#f-code"' in answer.content.decode()


def test_file_as_signed_is_valid(visitor, issued) -> None:
    answer = visitor.post("/verify/", pdf(queries.content(issued.document)))
    assert answer.context["verdict"].state == "valid"


def test_file_with_a_byte_more_is_altered(visitor, issued) -> None:
    answer = visitor.post("/verify/", pdf(queries.content(issued.document) + b" "))
    assert answer.context["verdict"].state == "altered"


def test_file_that_is_no_pdf_is_not_ours(visitor, signer) -> None:
    answer = visitor.post("/verify/", pdf(b"hello"))
    assert answer.context["verdict"].state == "not_ours"


def test_file_above_the_limit_is_refused(visitor, signer, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    answer = visitor.post("/verify/", pdf(b"%PDF-1.7 far too long"))
    assert answer.status_code == 422
    assert 'href="#f-file"' in answer.content.decode()


def test_verifying_is_limited(visitor, signer) -> None:
    for _ in range(60):
        visitor.get("/v/4M9K2TQ-X")
    assert visitor.get("/v/4M9K2TQ-X").status_code == 429
