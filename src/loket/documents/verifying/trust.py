"""Whom we believe: authorities, their lists of revoked certificates, and keys of QRs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import CRLEntryExtensionOID
from django.conf import settings

from loket.documents.rules import purposes

from .findings import Doubt, Reason


@dataclass(frozen=True, slots=True)
class Trust:
    """All that is needed to examine a file without the network."""

    roots: tuple[x509.Certificate, ...]
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    jwks: Mapping[str, Any] = field(default_factory=dict)

    def issuer_of(self, certificate: x509.Certificate) -> x509.Certificate | None:
        """Return the trusted authority that issued a certificate; None if none did."""
        return next((root for root in self.roots if _issued(root, certificate)), None)


def _issued(root: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def read(folder: Path) -> Trust:
    """Return the trust kept in a folder: ``roots/*.pem``, ``crls/*.pem``, ``tokens.json``."""
    tokens = folder / "tokens.json"
    return Trust(
        roots=tuple(
            x509.load_pem_x509_certificate(path.read_bytes())
            for path in sorted(folder.glob("roots/*.pem"))
        ),
        crls=tuple(
            x509.load_pem_x509_crl(path.read_bytes())
            for path in sorted(folder.glob("crls/*.pem"))
        ),
        jwks=json.loads(tokens.read_text()) if tokens.exists() else {"keys": []},
    )


def installed() -> Trust:
    """Return the trust of this installation."""
    return read(Path(settings.KEYS_ROOT) / "trust")


def pem(certificate: x509.Certificate) -> str:
    """Return a certificate as PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def check_purpose(certificate: x509.Certificate) -> None:
    """Stop unless the certificate is one for signing documents of the civil registry.

    :raises Doubt: if it may not sign them.
    """
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        extended = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        raise Doubt(Reason.WRONG_PURPOSE) from None
    ours = x509.ObjectIdentifier(purposes.CIVIL_DOCUMENTS) in extended
    if not (usage.content_commitment and ours) or usage.key_cert_sign or basic.ca:
        raise Doubt(Reason.WRONG_PURPOSE)


def check_time(
    certificate: x509.Certificate,
    *,
    root: x509.Certificate,
    crls: Iterable[x509.CertificateRevocationList],
    signed_at: datetime,
    at: datetime,
) -> None:
    """Stop unless the certificate could sign at that moment.

    :raises Doubt: if it had expired, was not valid yet or had been revoked. A key that was
        disclosed is refused whatever time it claims: whoever holds it can claim any.
    """
    if signed_at > at:
        raise Doubt(Reason.FROM_FUTURE)
    if signed_at < max(certificate.not_valid_before_utc, root.not_valid_before_utc):
        raise Doubt(Reason.NOT_YET_VALID)
    if signed_at >= min(certificate.not_valid_after_utc, root.not_valid_after_utc):
        raise Doubt(Reason.EXPIRED)
    for entry in _entries(certificate, root, crls):
        if entry.revocation_date_utc <= signed_at or _disclosed(entry):
            raise Doubt(Reason.REVOKED)


def _entries(
    certificate: x509.Certificate,
    root: x509.Certificate,
    crls: Iterable[x509.CertificateRevocationList],
) -> Iterable[x509.RevokedCertificate]:
    for crl in crls:
        # A list that the authority did not sign cannot revoke its certificates.
        if crl.issuer == root.subject and crl.is_signature_valid(root.public_key()):  # type: ignore[arg-type]
            entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if entry is not None:
                yield entry


def _disclosed(entry: x509.RevokedCertificate) -> bool:
    try:
        reason = entry.extensions.get_extension_for_oid(CRLEntryExtensionOID.CRL_REASON).value
    except x509.ExtensionNotFound:
        return True
    return isinstance(reason, x509.CRLReason) and reason.reason in (
        x509.ReasonFlags.key_compromise,
        x509.ReasonFlags.ca_compromise,
        x509.ReasonFlags.unspecified,
    )
