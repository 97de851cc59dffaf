from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from loket.documents import queries
from loket.documents import services as documents
from loket.documents.models import Document
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.factories import documents as factory

pytestmark = pytest.mark.django_db


def names():
    entries = Entry.objects.filter(name__startswith="document.").order_by("pk")
    return list(entries.values_list("name", flat=True))


def test_reserve_numbers_in_order_by_series(system, at):
    first = factory.reserve(actor=system, at=at, subject_ref="case:1")
    second = factory.reserve(actor=system, at=at, subject_ref="case:2")
    assert [first.number, second.number] == [
        "3171-LU-02032026-0001",
        "3171-LU-02032026-0002",
    ]
    assert first.series.name == "3171-LU-2026"


def test_reserve_uses_the_day_of_the_office(system, at):
    evening = at.replace(year=2025, month=12, day=31, hour=20)
    document = factory.reserve(actor=system, at=evening)
    assert document.number == "3171-LU-01012026-0001"


def test_reserve_again_keeps_the_number_and_renews_the_facts(system, at):
    first = factory.reserve(actor=system, at=at)
    facts = {**factory.BIRTH, "child_name": "Adinda Putri"}
    again = factory.reserve(actor=system, at=at + timedelta(days=1), facts=facts)
    assert (again.pk, again.number) == (first.pk, first.number)
    assert (again.holder, again.facts["child_name"]) == ("Adinda Putri", "Adinda Putri")
    assert names() == ["document.number_reserved"]


def test_reserve_refuses_what_cannot_be_printed(system, at):
    with pytest.raises(Invalid):
        factory.reserve(actor=system, at=at, facts={**factory.BIRTH, "mother_name": ""})
    assert not Document.objects.exists()


def test_reserve_refuses_an_issued_output(issued, signer, at):
    with pytest.raises(Conflict):
        factory.reserve(actor=signer, at=at)


def test_sign_issues_and_announces(issued, at):
    document = issued.document
    data = queries.content(document)
    assert document.state == Document.State.VALID
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.signer, document.signer_name) == ("account:12", "Dewi Anggraini")
    assert (document.issued_at, document.link) == (at, issued.link)
    assert names() == ["document.number_reserved", "document.issued"]
    facts = Entry.objects.get(name="document.issued").facts
    assert "Adinda" not in str(facts)
    assert issued.pin not in str(facts)


def test_a_wrong_passphrase_leaves_the_number_reserved(signer, at):
    document = factory.reserve(actor=signer, at=at)
    with pytest.raises(Invalid) as refusal:
        factory.sign(document, passphrase="salah sama sekali", actor=signer, at=at)
    assert refusal.value.__cause__ is None
    document.refresh_from_db()
    assert document.state == Document.State.RESERVED
    done = factory.sign(document, actor=signer, at=at)
    assert done.document.number == document.number


def test_nobody_signs_without_a_certificate(system, at):
    document = factory.reserve(actor=system, at=at)
    with pytest.raises(Invalid):
        documents.prepare(document=document, passphrase=factory.PASSPHRASE, actor=system, at=at)


def test_nobody_signs_after_the_certificate_expired(signer, at):
    document = factory.reserve(actor=signer, at=at)
    later = at + timedelta(days=731)
    with pytest.raises(Invalid):
        documents.prepare(
            document=document, passphrase=factory.PASSPHRASE, actor=signer, at=later
        )


def test_two_signatures_of_one_document_issue_it_once(signer, at):
    document = factory.reserve(actor=signer, at=at)
    wanted = {"document": document, "passphrase": factory.PASSPHRASE, "actor": signer, "at": at}
    first, second = documents.prepare(**wanted), documents.prepare(**wanted)
    stale = Document.objects.get(pk=document.pk)
    documents.complete(document=document, prepared=first, actor=signer, at=at)
    with pytest.raises(Conflict):
        documents.complete(document=stale, prepared=second, actor=signer, at=at)
    document.refresh_from_db()
    assert document.sha256 == hashlib.sha256(first.pdf).hexdigest()


def test_a_void_number_stays_in_its_series(signer, at):
    document = factory.reserve(actor=signer, at=at)
    documents.void(document=document, reason="ditarik", actor=signer, at=at)
    assert document.state == Document.State.VOID
    assert factory.reserve(actor=signer, at=at).serial == 2
    with pytest.raises(Conflict):
        documents.void(document=document, actor=signer, at=at)
    with pytest.raises(Conflict):
        factory.sign(document, actor=signer, at=at)


def test_a_correction_supersedes(issued, signer, at):
    later = at + timedelta(hours=1)
    facts = {**factory.BIRTH, "child_name": "Adinda Putri"}
    newer = factory.issue(actor=signer, at=later, facts=facts, supersedes=issued.document)
    old = Document.objects.get(pk=issued.document.pk)
    assert (old.state, old.ended_at, old.superseded_by) == (
        Document.State.SUPERSEDED,
        later,
        newer.document,
    )
    assert queries.verify_code(old.code).state == "superseded"
    assert queries.verify_code(newer.document.code).state == "valid"
    assert names()[-3:] == [
        "document.number_reserved",
        "document.superseded",
        "document.issued",
    ]


def test_a_correction_waits_while_the_old_one_stays_valid(issued, signer, at):
    waiting = factory.reserve(actor=signer, at=at, supersedes=issued.document)
    assert waiting.state == Document.State.RESERVED
    assert queries.verify_code(issued.document.code).state == "valid"
    assert queries.verify_code(waiting.code).state == "not_ours"


def test_a_correction_given_up_makes_room_for_another(issued, signer, at):
    old = issued.document
    first = factory.reserve(actor=signer, at=at, supersedes=old)
    documents.void(document=first, actor=signer, at=at)
    second = factory.reserve(actor=signer, at=at, supersedes=old)
    factory.sign(second, actor=signer, at=at)
    old.refresh_from_db()
    assert (old.state, old.superseded_by) == ("superseded", second)


def test_what_is_kept_of_a_document_is_what_was_signed(issued, signer, at):
    old = issued.document
    first = factory.reserve(
        actor=signer, at=at, supersedes=old, facts={**factory.BIRTH, "birth_order": 3}
    )
    factory.reserve(
        actor=signer, at=at, supersedes=old, facts={**factory.BIRTH, "birth_order": 4}
    )
    factory.sign(first, actor=signer, at=at)
    first.refresh_from_db()
    assert first.facts["birth_order"] == 3


def test_a_revoked_document_cannot_be_corrected(issued, signer, at):
    waiting = factory.reserve(actor=signer, at=at, supersedes=issued.document)
    documents.revoke(document=issued.document, reason="keliru", actor=signer, at=at)
    with pytest.raises(Conflict):
        factory.sign(waiting, actor=signer, at=at)


def test_revoke_says_so_at_once(issued, signer, at):
    documents.revoke(document=issued.document, reason=" keliru ", actor=signer, at=at)
    verdict = queries.verify_code(issued.document.code)
    assert (verdict.state, verdict.ended_at) == ("revoked", at)
    assert issued.document.reason == "keliru"
    with pytest.raises(Conflict):
        documents.revoke(document=issued.document, reason="lagi", actor=signer, at=at)


def test_the_reason_of_a_revocation_names_nobodys_number(issued, signer, at):
    reason = "NIK 3171075701260001 milik orang lain"
    documents.revoke(document=issued.document, reason=reason, actor=signer, at=at)
    assert issued.document.reason == "NIK 3171********0001 milik orang lain"


def test_revoke_wants_a_reason(issued, signer, at):
    with pytest.raises(Invalid) as refusal:
        documents.revoke(document=issued.document, reason="  ", actor=signer, at=at)
    assert list(refusal.value.fields) == ["reason"]


def test_revoke_is_for_the_head_of_the_unit(signer, dewi, budi, kelurahan, at):
    document = factory.issue(actor=signer, at=at, unit=kelurahan.path).document
    with pytest.raises(NotAllowed):
        documents.revoke(document=document, reason="keliru", actor=budi, at=at)
    documents.revoke(document=document, reason="keliru", actor=dewi, at=at)


def test_link_and_pin_open_the_file(issued, at):
    visitor = Actor.visitor()
    spaced = f" {issued.pin[:3]} {issued.pin[3:]} "
    data = documents.open_download(link=issued.link, pin=spaced, actor=visitor, at=at)
    assert data == queries.content(issued.document)
    assert names()[-1] == "document.downloaded"


def test_a_wrong_pin_and_an_unknown_link_get_the_same_answer(issued, at):
    wrong = "000000" if issued.pin != "000000" else "000001"
    answers = set()
    for link, pin in (
        (issued.link, wrong),
        ("unknown", issued.pin),
        ("", ""),
        (issued.link, ""),
    ):
        with pytest.raises(Invalid) as refusal:
            documents.open_download(link=link, pin=pin, actor=Actor.visitor(), at=at)
        answers.add((str(refusal.value), tuple(refusal.value.fields)))
    assert len(answers) == 1


def test_a_revoked_document_is_not_handed_out(issued, signer, at):
    documents.revoke(document=issued.document, reason="keliru", actor=signer, at=at)
    with pytest.raises(Conflict):
        documents.open_download(link=issued.link, pin=issued.pin, actor=Actor.visitor(), at=at)


def test_a_new_pin_takes_the_place_of_the_old(issued, signer, at):
    pin = documents.renew_pin(document=issued.document, actor=signer, at=at)
    assert documents.open_download(link=issued.link, pin=pin, actor=signer, at=at)
    if pin != issued.pin:
        with pytest.raises(Invalid):
            documents.open_download(link=issued.link, pin=issued.pin, actor=signer, at=at)


def test_the_pin_is_not_kept(issued):
    kept = Document.objects.filter(pk=issued.document.pk).values().get()
    assert issued.pin not in {str(value) for value in kept.values()}
    assert issued.pin not in kept["pin_digest"]


def test_staff_see_documents_of_their_units_only(signer, budi, citra, kelurahan, at):
    document = factory.issue(actor=signer, at=at, unit=kelurahan.path).document
    assert queries.get(document.code, actor=budi) == document
    assert documents.open_for_staff(document=document, actor=budi, at=at)
    assert list(queries.visible_to(citra)) == []
    with pytest.raises(NotFound):
        queries.get(document.code, actor=citra)
    with pytest.raises(NotAllowed):
        documents.open_for_staff(document=document, actor=citra, at=at)


def test_find_goes_on_where_it_ended(signer, at):
    for number in range(3):
        factory.issue(actor=signer, at=at, subject_ref=f"case:{number}")
    factory.reserve(actor=signer, at=at, subject_ref="case:9")
    first = queries.find(words="3171-lu", actor=signer, limit=2)
    rest = queries.find(words="3171-lu", actor=signer, limit=2, after=first.after)
    assert [d.serial for d in first.rows] + [d.serial for d in rest.rows] == [3, 2, 1]
    assert rest.after == ""
    assert queries.find(words="nobody", actor=signer).rows == []
    assert queries.find(words="a" * 60_000, actor=signer).rows == []


def test_preview_needs_no_certificate_and_has_no_qr(system, at):
    pdf = documents.preview(
        template="birth_certificate", facts=factory.BIRTH, actor=system, at=at
    )
    assert b"/URI" not in pdf
    assert queries.verify_pdf(pdf, at=at).reason == "not_signed"
