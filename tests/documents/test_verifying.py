from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from loket.documents import queries
from loket.documents.rendering.certificates import Frame, certificate
from loket.documents.signers import local, tokens
from loket.documents.verifying import examination, trust
from loket.documents.verifying.tokens import claims
from tests.factories import documents as factory
from tests.factories import forgeries

CODE = "4M9K2TQ-X"
NUMBER = "3171-LU-02032026-0001"


def check(data, at):
    return examination.check(data, believed=trust.installed(), at=at)


def reason(data, at):
    return check(data, at).reason.value


def page(at, certificate_sha256, *, code=CODE, url=None, sign=tokens.sign):
    """Return an unsigned certificate whose QR names a signer's certificate."""
    token = sign(
        claims(
            code=CODE,
            number=NUMBER,
            holder="A*** P*** M***",
            template="birth_certificate",
            certificate_sha256=certificate_sha256,
            at=at,
        )
    )
    address = f"https://loket.jakarta.example/v/{code}#{token}" if url is None else url
    frame = Frame(
        number=NUMBER, signer_name="Dewi", signer_title="Kepala", code=code, url=address
    )
    return certificate("birth_certificate", factory.BIRTH, frame, at=at)


@pytest.fixture
def pdf(signer, at):
    """Return a certificate as the local signer signs it; no database."""
    who = local.identity(signer_ref=signer.ref)
    return local.sign(
        page(at, who.sha256),
        signer_ref=signer.ref,
        passphrase=factory.PASSPHRASE,
        reason="Kutipan Akta Kelahiran",
        location="Jakarta",
        at=at,
    )


@pytest.fixture
def ca(keys):
    return forgeries.authority(keys)


def forged(who, over, at, **wanted):
    fingerprint = who[0].fingerprint(hashes.SHA256()).hex()
    return forgeries.sign(page(at, fingerprint), who, over, at, **wanted)


def test_a_signed_file_is_valid(pdf, at):
    finding = check(pdf, at)
    assert finding.is_valid
    assert (finding.code, finding.number, finding.holder) == (CODE, NUMBER, "A*** P*** M***")
    assert (finding.signer_name, finding.signer_title) == (
        "Dewi Anggraini",
        "Kepala Suku Dinas",
    )
    assert (finding.signed_at, finding.issued_at) == (at, at)


def test_a_forgery_that_is_right_in_everything_is_valid(ca, at):
    assert reason(forged(forgeries.signer(ca, at), ca, at), at) == "valid"


def test_a_changed_byte_anywhere_is_refused(pdf, at):
    gap = pdf.index(b"<3082")
    places = {
        *range(0, len(pdf), 101),
        *range(gap, gap + 9000, 13),
        *range(len(pdf) - 60, len(pdf)),
    }
    for place in sorted(p for p in places if p < len(pdf)):
        changed = bytearray(pdf)
        changed[place] ^= 0x01
        assert not check(bytes(changed), at).is_valid, place


def test_another_spelling_of_the_signature_is_refused(pdf, at):
    start = pdf.index(b"<3082")
    end = pdf.index(b">", start)
    quieter = pdf[:start] + pdf[start:end].lower() + pdf[end:]
    assert reason(quieter, at) == "signature_damaged"
    padded = pdf[: end - 1] + b"1" + pdf[end:]
    assert reason(padded, at) == "signature_damaged"


@pytest.mark.parametrize("added", [b"\n", b" ", b"%%EOF", b"\x00" * 100])
def test_appended_bytes_are_refused(pdf, at, added):
    assert reason(pdf + added, at) == "bytes_outside_signature"


def test_missing_bytes_are_refused(pdf, at):
    for missing in (1, 100, len(pdf) // 2, len(pdf) - 10):
        assert not check(pdf[:-missing], at).is_valid
    assert not check(b"\n" + pdf, at).is_valid


def test_an_incremental_update_is_refused(pdf, at):
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    assert reason(out.getvalue(), at) == "updated_after_signing"


def test_a_second_signature_is_refused(pdf, ca, at):
    who = forgeries.signer(ca, at)
    # A reader would obey the certification; a forger's tool need not.
    unlocked = pdf.replace(b"/P 1", b"/P 2")
    twice = forgeries.sign(unlocked, who, ca, at, field="Second", certify=False)
    assert reason(twice, at) == "several_signatures"


def test_a_file_saved_again_is_refused(pdf, at):
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out)
    assert check(out.getvalue(), at).reason.state == "altered"


def test_another_authority_is_refused(ca, at):
    other = forgeries.other_authority(ca[0], at)
    data = forged(forgeries.signer(other, at), other, at)
    assert reason(data, at) == "other_authority"


def test_another_purpose_is_refused(ca, at):
    mail = "1.3.6.1.5.5.7.3.4"
    assert reason(forged(forgeries.signer(ca, at, purpose=mail), ca, at), at) == "wrong_purpose"
    idle = forgeries.signer(ca, at, commits=False)
    assert reason(forged(idle, ca, at), at) == "wrong_purpose"


def test_a_certificate_out_of_its_time_is_refused(ca, at):
    brief = forgeries.signer(ca, at, days=1)
    later = at + timedelta(days=2)
    assert reason(forged(brief, ca, later), later) == "certificate_expired"
    assert reason(forged(brief, ca, at), later) == "valid"
    early = forgeries.signer(ca, at + timedelta(days=1))
    assert reason(forged(early, ca, at), later) == "certificate_not_yet_valid"
    assert reason(forged(brief, ca, later), at) == "signed_in_future"


def test_a_revoked_certificate_is_refused(ca, pdf, signer, at):
    local.withdraw(
        signer_ref=signer.ref, reason=x509.ReasonFlags.key_compromise, at=at + timedelta(days=1)
    )
    assert reason(pdf, at + timedelta(days=2)) == "certificate_revoked"


def test_a_certificate_that_was_replaced_stays_good_for_what_it_signed(pdf, signer, at):
    factory.enrol(signer, at + timedelta(days=1))
    assert reason(pdf, at + timedelta(days=2)) == "valid"


def test_a_replaced_certificate_signs_nothing_more(ca, signer, at, keys):
    who = forgeries.signer(ca, at)
    local.authority.revoke(who[0].serial_number, reason=x509.ReasonFlags.superseded, at=at)
    assert reason(forged(who, ca, at), at) == "certificate_revoked"


def test_a_list_of_another_authority_revokes_nothing(ca, at):
    who = forgeries.signer(ca, at)
    data = forged(who, ca, at)
    other = forgeries.other_authority(ca[0], at)
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(who[0].serial_number)
        .revocation_date(at)
        .build()
    )
    crl = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ca[0].subject)
        .last_update(at)
        .next_update(at + timedelta(days=1))
        .add_revoked_certificate(entry)
        .sign(other[1], hashes.SHA256())
    )
    own = trust.installed()
    believed = trust.Trust(roots=own.roots, crls=(crl,), jwks=own.jwks)
    assert examination.check(data, believed=believed, at=at).is_valid


def test_a_signature_that_allows_changes_is_refused(ca, at):
    who = forgeries.signer(ca, at)
    assert reason(forged(who, ca, at, certify=False), at) == "not_certified"
    filling = forged(who, ca, at, permission=MDPPerm.FILL_FORMS)
    assert reason(filling, at) == "not_certified"


def test_a_document_without_its_qr_is_refused(ca, at):
    who = forgeries.signer(ca, at)
    for url in ("", "https://loket.jakarta.example/v/4M9K2TQ-X", "https://elsewhere.example/"):
        data = forgeries.sign(page(at, "00" * 32, url=url), who, ca, at)
        assert reason(data, at) == "token_missing"


def test_the_qr_of_another_document_or_signer_is_refused(ca, at):
    who = forgeries.signer(ca, at)
    fingerprint = who[0].fingerprint(hashes.SHA256()).hex()
    other_code = forgeries.sign(page(at, fingerprint, code="5N0P3VR-9"), who, ca, at)
    assert reason(other_code, at) == "token_mismatch"
    other_signer = forgeries.sign(page(at, "ab" * 32), who, ca, at)
    assert reason(other_signer, at) == "token_mismatch"


def test_a_qr_that_we_did_not_sign_is_refused(ca, at, settings, tmp_path):
    who = forgeries.signer(ca, at)
    fingerprint = who[0].fingerprint(hashes.SHA256()).hex()
    here = settings.KEYS_ROOT
    settings.KEYS_ROOT = tmp_path / "elsewhere"
    drawn = page(at, fingerprint)
    settings.KEYS_ROOT = here
    assert reason(forgeries.sign(drawn, who, ca, at), at) == "token_wrong"
    bare = page(at, fingerprint, sign=lambda _: "e30.e30.e30")
    assert reason(forgeries.sign(bare, who, ca, at), at) == "token_wrong"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "not_pdf"),
        (b"MZ\x90", "not_pdf"),
        (b"%PDF-1.7", "not_signed"),
        (b"%PDF-1.7 /ByteRange [", "signature_damaged"),
        (b"%PDF-1.7 /ByteRange [0 5 9 9999]", "signature_damaged"),
        (b"%PDF-1.7 /ByteRange [0 999999999 999999999 999999999]", "signature_damaged"),
        (b"%PDF-" + b"0" * (4 * 1024 * 1024), "too_big"),
    ],
)
def test_anything_else_is_refused(data, expected, at):
    assert reason(data, at) == expected


def test_a_seal_around_nonsense_is_refused(at):
    start = b"%PDF-1.7 /ByteRange [0 0000000060 0000000080 0000000010]"
    data = start.ljust(60) + b"<30820006" + b"ff" * 5 + b">" + b" " * 10
    assert not check(data, at).is_valid


def test_check_never_raises(pdf, at):
    @given(noise=st.binary(min_size=1, max_size=300), place=st.integers(0, len(pdf) - 1))
    @settings(max_examples=100, deadline=None)
    def holds(noise, place):
        hurt = pdf[:place] + noise + pdf[place + len(noise) :]
        assert check(hurt, at).is_valid == (hurt == pdf)
        assert not check(b"%PDF-" + noise, at).is_valid

    holds()


@pytest.mark.django_db
def test_verify_pdf_knows_what_became_of_it(issued, signer, at):
    data = queries.content(issued.document)
    verdict = queries.verify_pdf(data, at=at)
    assert (verdict.state, verdict.code) == ("valid", issued.document.code)
    assert verdict.holder == "A*** P*** M***"
    assert "Adinda" not in str(verdict)
    assert verdict == queries.verify_code(issued.document.code)
    factory.issue(actor=signer, at=at, supersedes=issued.document)
    assert queries.verify_pdf(data, at=at).state == "superseded"


@pytest.mark.django_db
def test_verify_pdf_refuses_a_true_signature_on_an_unknown_document(ca, at):
    data = forged(forgeries.signer(ca, at), ca, at)
    assert queries.verify_pdf(data, at=at).reason == "unknown"


@pytest.mark.django_db
def test_verify_code_answers_alike_for_wrong_and_unknown(issued, system, at):
    waiting = factory.reserve(actor=system, at=at, subject_ref="case:2")
    answers = {str(queries.verify_code(c)) for c in ("", "nonsense", CODE, waiting.code)}
    assert len(answers) == 1
    spoken = issued.document.code.lower().replace("-", "")
    assert queries.verify_code(spoken).is_valid
