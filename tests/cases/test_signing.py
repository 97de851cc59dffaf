"""Signing: one number, one document, one step; corrections and batches."""

from datetime import timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.documents import queries as documents
from loket.documents import services as document_services
from loket.documents.models import Document
from loket.documents.signers import local
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.messaging.models import Message
from tests.conftest import employ
from tests.factories import cases as factory

PASSPHRASE = "melati di tepi kali"


@pytest.fixture(autouse=True)
def keys(settings, tmp_path, at):
    settings.KEYS_ROOT = tmp_path / "keys"
    local.prepare(at=at)


def enrol(actor, at):
    local.enrol(
        signer_ref=actor.ref, name=actor.name, title="Kepala", passphrase=PASSPHRASE, at=at
    )
    return actor


@pytest.fixture
def head(dewi, at):
    return enrol(dewi, at)


@pytest.fixture
def verified(case, budi, at):
    return verify(case, budi, at)


def verify(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    return cases.move(
        case=case, action="verify", fields={"child_nik": "3174045002260002"}, actor=budi, at=at
    )


def test_a_head_signs_and_the_applicant_gets_link_and_pin_apart(verified, head, at):
    document = cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)

    stored = Case.objects.get()
    assert (stored.state, stored.closed_at) == ("issued", at)
    assert (document.state, document.number) == ("valid", "3174-LU-02032026-0001")
    assert document.facts["nik"] == "3174045002260002"
    assert document.facts["sex"] == {"id": "Perempuan", "en": "Perempuan (en)"}
    assert document.facts["mother_name"] == "Ayu Lestari"
    link = Message.objects.get(notice="case_issued")
    pin = Message.objects.get(notice="document_pin")
    assert document.link in link.body
    assert document.link not in pin.body
    assert documents.verify_code(document.code).state == "valid"
    assert Entry.objects.get(name="case.signed").facts["document"] == document.code


def test_link_and_pin_go_by_two_channels_if_there_are_two(verified, head, at):
    verified.contact = {**verified.contact, "phone": "+6281100000001"}

    cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)

    sent = dict(
        Message.objects.filter(notice__in=["case_issued", "document_pin"]).values_list(
            "notice", "channel"
        )
    )
    assert sent == {"case_issued": "email", "document_pin": "sms"}


def test_a_wrong_passphrase_issues_nothing_and_keeps_the_number(verified, head, at):
    with pytest.raises(Invalid):
        cases.sign(case=verified, passphrase="not this one at all", actor=head, at=at)

    assert Case.objects.get().state == "awaiting_signature"
    document = cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)
    assert document.serial == 1


def test_neither_officers_nor_heads_elsewhere_sign(verified, budi, citra, elsewhere, at):
    other = employ("gilang", "Gilang Ramadan", elsewhere, "head", "Kepala", at)
    for actor in (budi, citra, other):
        with pytest.raises(NotAllowed):
            cases.sign(case=verified, passphrase=PASSPHRASE, actor=actor, at=at)
    assert not Document.objects.exists()


def test_only_what_awaits_a_signature_is_signed(case, head, at):
    with pytest.raises(Conflict):
        cases.sign(case=case, passphrase=PASSPHRASE, actor=head, at=at)


def test_a_case_withdrawn_while_it_was_rendered_is_not_issued(verified, ayu, head, at):
    seen = queries.get(code=verified.code, actor=head)
    cases.withdraw(case=queries.own(code=verified.code, actor=ayu), actor=ayu, at=at)

    with pytest.raises(Conflict):
        cases.sign(case=seen, passphrase=PASSPHRASE, actor=head, at=at)

    assert [d.state for d in Document.objects.all()] == ["void"]
    assert Case.objects.get().state == "withdrawn"


def test_an_unused_number_is_void_when_the_case_ends(verified, budi, head, at):
    with pytest.raises(Invalid):
        cases.sign(case=verified, passphrase="not this one at all", actor=head, at=at)
    cases.claim(case=verified, actor=head, at=at)

    cases.move(case=verified, action="refuse", reason="mismatch", actor=head, at=at)

    assert [d.state for d in Document.objects.all()] == ["void"]


def test_a_late_birth_is_numbered_in_its_own_series(version, ayu, budi, head, at):
    case = verify(factory.case(ayu, at=at, birth_date="2025-06-01"), budi, at)

    document = cases.sign(case=case, passphrase=PASSPHRASE, actor=head, at=at)

    assert document.number == "3174-LT-02032026-0001"


def test_a_batch_goes_on_after_a_case_that_is_refused(version, budi, head, at):
    filed = factory.file_many(3, at=at)
    for case in (filed[0], filed[2]):
        verify(case, budi, at + timedelta(minutes=5))

    done = list(
        cases.sign_many(
            cases=filed, passphrase=PASSPHRASE, actor=head, at=at + timedelta(minutes=9)
        )
    )

    assert [bool(s.document) for s in done] == [True, False, True]
    assert [bool(s.problem) for s in done] == [False, True, False]
    assert [s.document.serial for s in done if s.document] == [1, 2]


def test_a_correction_supersedes_the_certificate(verified, ayu, head, at):
    first = cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)
    later = at + timedelta(days=1)

    second = cases.correct(
        case=verified, fields={"child_name": "Melati Ayu Lestarini"},
        reason="Salah ketik nama.", passphrase=PASSPHRASE, actor=head, at=later,
    )  # fmt: skip

    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "valid")
    assert second.supersedes == first
    assert second.facts["child_name"] == "Melati Ayu Lestarini"
    stored = Case.objects.get()
    assert stored.title == "Melati Ayu Lestarini"
    told = [line.name for line in queries.timeline(case=stored)]
    assert told == ["case.submitted", "case.verified", "case.signed", "case.corrected"]
    assert Message.objects.filter(notice="document_pin").count() == 2


def test_a_correction_tells_only_what_differs(verified, head, at):
    cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)
    fields = {"birth_order": "1", "child_nik": "3174045002260099"}
    cases.correct(
        case=verified, fields=fields, reason="Salah ketik.", passphrase=PASSPHRASE,
        actor=head, at=at,
    )  # fmt: skip
    assert queries.timeline(case=verified)[-1].questions == ("child_nik",)


def test_a_correction_names_what_and_why(verified, head, at):
    cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)
    same = {"child_name": verified.answers["child_name"]}
    for fields, reason in [
        ({"child_name": "Melati"}, " "),
        ({}, "Salah."),
        ({"no_such": "x"}, "Salah."),
        (same, "Salah."),
        ({"birth_order": 99}, "Salah."),
        ({"child_nik": "12"}, "Salah."),
    ]:
        with pytest.raises(Invalid):
            cases.correct(
                case=verified, fields=fields, reason=reason, passphrase=PASSPHRASE,
                actor=head, at=at,
            )  # fmt: skip
    assert Document.objects.count() == 1


def test_only_a_head_of_the_unit_corrects(verified, budi, head, ayu, at):
    cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)
    for actor in (budi, ayu):
        with pytest.raises(NotAllowed):
            cases.correct(
                case=verified, fields={"child_name": "Melati"}, reason="Salah.",
                passphrase=PASSPHRASE, actor=actor, at=at,
            )  # fmt: skip


def test_the_applicant_reads_of_a_revocation(verified, head, at):
    document = cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)

    document_services.revoke(document=document, reason="Salah orang.", actor=head, at=at)

    assert [line.name for line in queries.timeline(case=verified)][-1] == "document.revoked"
    told = Message.objects.get(notice="document_revoked")
    assert (told.subject, document.number in told.body) == (verified.subject, True)


def test_correction_of_answers_that_changed_meanwhile_is_a_conflict(verified, head, at):
    old = cases.sign(case=verified, passphrase=PASSPHRASE, actor=head, at=at)
    stale = queries.get(code=verified.code, actor=head)
    Case.objects.update(answers={**stale.answers, "birth_place": "Bekasi"})
    with pytest.raises(Conflict):
        cases.correct(
            case=stale, fields={"child_name": "Melati Ayu"}, reason="Salah ketik.",
            passphrase=PASSPHRASE, actor=head, at=at,
        )  # fmt: skip
    assert Case.objects.get().answers["birth_place"] == "Bekasi"
    assert documents.verify_code(old.code).state == "valid"
    assert [d.state for d in Document.objects.order_by("serial")] == ["valid", "void"]
