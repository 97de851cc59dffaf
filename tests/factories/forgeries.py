"""Signatures that look right to a PDF reader and must be refused all the same."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from loket.documents.rules import purposes

DER = serialization.Encoding.DER
PLAIN = (DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())

Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def authority(keys: Path) -> Pair:
    """Return the authority of an installation, key included."""
    folder = keys / "authority"
    key = serialization.load_pem_private_key((folder / "root.key").read_bytes(), None)
    return x509.load_pem_x509_certificate((folder / "root.pem").read_bytes()), key


def other_authority(like: x509.Certificate, at: datetime) -> Pair:
    """Return an authority with the same name and another key."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(like.subject)
        .issuer_name(like.subject)
        .public_key(key.public_key())
        .serial_number(like.serial_number)
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=900))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    )
    return builder.sign(key, hashes.SHA256()), key


def signer(
    over: Pair,
    at: datetime,
    *,
    purpose: str = purposes.CIVIL_DOCUMENTS,
    commits: bool = True,
    days: int = 700,
) -> Pair:
    """Return a signer's certificate by an authority, right or wrong in one point."""
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=commits,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dewi Anggraini")]))
        .issuer_name(over[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([x509.ObjectIdentifier(purpose)]), critical=False)
    )
    return builder.sign(over[1], hashes.SHA256()), key


class _Writer(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """Leave the metadata alone."""


class _Signer(PdfSigner):
    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def sign(
    pdf: bytes,
    who: Pair,
    over: Pair,
    at: datetime,
    *,
    field: str = "Signature",
    certify: bool = True,
    permission: MDPPerm = MDPPerm.NO_CHANGES,
) -> bytes:
    """Sign a PDF as the local signer does, but for what is asked otherwise."""
    extra = {"docmdp_permissions": permission} if certify else {}
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        **extra,
    )
    plain = SimpleSigner(
        _asn1(who[0]),
        asn1_keys.PrivateKeyInfo.load(who[1].private_bytes(*PLAIN)),
        SimpleCertificateStore.from_certs([_asn1(over[0])]),
    )
    forger = _Signer(meta, plain)
    forger.at = at
    return bytes(forger.sign_pdf(_Writer(BytesIO(pdf)), bytes_reserved=8192).getvalue())


def thumbprint(certificate: x509.Certificate) -> str:
    """Return what the token says of a certificate."""
    digest = certificate.fingerprint(hashes.SHA256())[:16]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(DER))
