from __future__ import annotations

import os
import re
import stat
import subprocess
from datetime import timedelta
from io import BytesIO

import jwt
import page
import pikepdf
import pytest
import segno
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader

from loket.documents import queries, signers
from loket.documents.rendering import qr
from loket.documents.rendering.certificates import Frame, certificate
from loket.documents.signers import local, tokens
from loket.documents.signers.local import authority, pkcs8
from loket.kernel.errors import Invalid
from tests.factories import documents as factory


def files(folder):
    return {p for p in folder.rglob("*") if p.is_file()}


def test_prepare_is_safe_to_repeat(keys, at):
    before = {p: p.read_bytes() for p in files(keys)}
    signers.current().prepare(at=at + timedelta(days=1))
    assert {p: p.read_bytes() for p in files(keys)} == before
    assert signers.current().check_config() == []


def test_private_keys_are_for_the_owner_only(keys, signer):
    secret = [p for p in files(keys) if b"PRIVATE KEY" in p.read_bytes()]
    assert len(secret) == 3
    assert {stat.S_IMODE(p.stat().st_mode) for p in secret} == {0o600}
    assert not any("trust" in p.parts for p in secret)


def test_check_config_names_what_is_open(keys):
    (keys / "authority" / "root.key").chmod(0o644)
    assert len(signers.current().check_config()) == 1


def test_check_config_misses_the_authority(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "none"
    assert len(signers.current().check_config()) == 1


def test_a_key_is_a_standard_file_that_only_the_passphrase_opens(keys, signer):
    path = keys / "signers" / "account-12.key"
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    command = ["openssl", "pkey", "-in", path, "-noout", "-passin", "env:PASS"]
    for passphrase, opened in ((factory.PASSPHRASE, True), ("salah sama sekali", False)):
        done = subprocess.run(
            command, env={**os.environ, "PASS": passphrase}, capture_output=True, check=False
        )
        assert (done.returncode == 0) is opened
    with pytest.raises(Invalid):
        pkcs8.unlock(path.read_bytes(), "")
    with pytest.raises(Invalid):
        pkcs8.unlock(b"nonsense", factory.PASSPHRASE)


def test_a_short_passphrase_is_refused(at):
    with pytest.raises(Invalid):
        local.enrol(signer_ref="account:1", name="A", title="B", passphrase="pendek", at=at)


@pytest.mark.parametrize("ref", ["account:99", "../root", "visitor", "account:../x", ""])
def test_nobody_has_the_certificate_of_nobody(ref):
    with pytest.raises(Invalid):
        local.identity(signer_ref=ref)


def test_enrolling_again_revokes_the_earlier_certificate(signer, at):
    first = local.people.certificate(signer.ref)
    factory.enrol(signer, at + timedelta(days=1))
    crl = authority.revocations(at=at + timedelta(days=1))
    assert crl.get_revoked_certificate_by_serial_number(first.serial_number) is not None
    assert local.people.certificate(signer.ref).serial_number != first.serial_number


def test_long_names_are_cut_to_what_a_certificate_holds(at):
    who = local.enrol(
        signer_ref="account:1", name="N" * 120, title="T" * 120, passphrase="x" * 12, at=at
    )
    assert (len(who.name), len(who.title)) == (64, 64)


def test_the_list_of_revocations_is_renewed(at):
    first = authority.revocations(at=at)
    assert authority.revocations(at=at + timedelta(days=6)) == first
    later = authority.revocations(at=at + timedelta(days=8))
    assert later.next_update_utc == at + timedelta(days=38)


def test_the_token_is_verified_by_the_published_keys_alone():
    token = tokens.sign({"jti": "4M9K2TQ-X"})
    published = jwt.PyJWKSet.from_dict(queries.published_keys())
    header = jwt.get_unverified_header(token)
    assert set(header) == {"alg", "kid"}
    key = published[header["kid"]]
    assert jwt.decode(token, key, algorithms=["ES256"]) == {"jti": "4M9K2TQ-X"}
    assert not any("d" in k for k in queries.published_keys()["keys"])


def test_a_new_key_signs_and_the_old_one_stays_published():
    old = tokens.sign({"n": 1})
    kid = tokens.new_key()
    assert jwt.get_unverified_header(tokens.sign({"n": 2}))["kid"] == kid
    published = jwt.PyJWKSet.from_dict(queries.published_keys())
    for token, number in ((old, 1), (tokens.sign({"n": 2}), 2)):
        key = published[jwt.get_unverified_header(token)["kid"]]
        assert jwt.decode(token, key, algorithms=["ES256"]) == {"n": number}


def test_the_authority_is_published():
    root = x509.load_pem_x509_certificate(queries.authority_pem().encode())
    assert root.subject == root.issuer


@pytest.fixture
def nss(tmp_path, keys):
    """Return a database of trusted authorities as poppler reads it."""
    folder = tmp_path / "nss"
    folder.mkdir()
    subprocess.run(["certutil", "-N", "-d", f"sql:{folder}", "--empty-password"], check=True)
    root = keys / "trust" / "roots" / "local.pem"
    add = ["certutil", "-A", "-d", f"sql:{folder}", "-n", "loket", "-t", "C,C,C", "-i", root]
    subprocess.run(add, check=True)
    return folder


@pytest.mark.django_db
def test_pdfsig_calls_the_signature_valid_and_trusted(issued, nss, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(queries.content(issued.document))
    said = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{nss}", path], capture_output=True, check=True
    ).stdout.decode()
    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said
    assert "Total document signed" in said
    assert re.findall("Signature #", said) == ["Signature #"]


MEASURED = "PDFA2A-STREAM-LENGTH-001"
"""The validator takes a last byte that is a carriage return for part of the line end after it,
which random bytes of a signature are now and then. qpdf reads the lengths as they are written."""


@pytest.mark.django_db
def test_a_signed_document_is_still_archival_and_accessible(issued):
    pdf = queries.content(issued.document)
    for profile in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        assert [failure for failure in failures if failure.rule_id != MEASURED] == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []


@pytest.mark.django_db
def test_the_signature_says_who_why_where_and_when(issued, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(queries.content(issued.document))
    with path.open("rb") as file:
        signature = PdfFileReader(file).embedded_signatures[0].sig_object
        told = [str(signature[k]) for k in ("/Name", "/Reason", "/Location", "/M")]
    assert told == ["Dewi Anggraini", "Kutipan Akta Kelahiran", "Jakarta", "D:20260302090000Z"]


@pytest.mark.django_db
def test_the_qr_is_coarse_enough_to_scan(issued):
    document = issued.document
    url = f"https://loket.jakarta.example/v/{document.code}#{document.token}"
    made = segno.make(url, error="l", mode="byte", boost_error=False, micro=False)
    assert made.version <= 13
    assert qr.svg(url)[1] <= 33


def test_the_passphrase_is_kept_nowhere(keys, signer, caplog, at):
    local.sign(
        local_page(at),
        signer_ref=signer.ref,
        passphrase=factory.PASSPHRASE,
        reason="x",
        location="y",
        at=at,
    )
    with pytest.raises(Invalid) as refusal:
        local.people.unlock(signer.ref, "rahasia yang salah")
    secrets = (factory.PASSPHRASE, "rahasia yang salah")
    held = b"".join(p.read_bytes() for p in files(keys)).decode(errors="replace")
    for text in (held, caplog.text, str(refusal.value), repr(refusal.value)):
        assert not any(secret in text for secret in secrets)


def local_page(at):
    frame = Frame(number="1", signer_name="Dewi", signer_title="Kepala")
    return certificate("birth_certificate", factory.BIRTH, frame, at=at)


def test_the_authority_signs_with_a_curve_key(keys):
    pem = (keys / "authority" / "root.key").read_bytes()
    assert serialization.load_pem_private_key(pem, None).curve.name == "secp256r1"
