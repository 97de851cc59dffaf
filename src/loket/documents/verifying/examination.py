"""The whole examination of a file, from the outside in."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from . import container, signature, structure, tokens, trust
from .findings import Doubt, Finding, Reason

logger = logging.getLogger(__name__)


def check(data: bytes, *, believed: trust.Trust, at: datetime) -> Finding:
    """Say whether a file is a document as it was signed. Never raises.

    :param believed: authorities, revocations and keys of QRs; nothing else is asked.
    :param at: this moment; a signature from later is refused.
    """
    known: dict[str, Any] = {"sha256": hashlib.sha256(data).hexdigest()}
    try:
        _examine(data, believed, at, known)
    except Doubt as doubt:
        return Finding(reason=doubt.reason, **known)
    except Exception:
        logger.warning("A file could not be examined.", exc_info=True)
        return Finding(reason=Reason.UNREADABLE, **known)
    return Finding(reason=Reason.VALID, **known)


def _examine(data: bytes, believed: trust.Trust, at: datetime, known: dict[str, Any]) -> None:
    sealed = container.unseal(data)
    signer = signature.signer_of(sealed, believed)
    known |= _identity(signer)
    trust.check_purpose(signer)
    inside = structure.look(data, sealed)
    known["signed_at"] = inside.signed_at
    root = believed.issuer_of(signer)
    if root is None:
        raise Doubt(Reason.OTHER_AUTHORITY)
    trust.check_time(signer, root=root, crls=believed.crls, signed_at=inside.signed_at, at=at)
    found = tokens.read(inside.token, believed.jwks)
    if found["jti"] != inside.code or found["crt"] != tokens.thumbprint(
        known["certificate_sha256"]
    ):
        raise Doubt(Reason.OTHER_TOKEN)
    known |= {
        "code": found["jti"],
        "number": found["num"],
        "holder": found["hol"],
        "template": found["tpl"],
        "issued_at": tokens.issued_at(found),
    }


def _identity(signer: x509.Certificate) -> dict[str, str]:
    def named(oid: x509.ObjectIdentifier) -> str:
        return "".join(str(a.value) for a in signer.subject.get_attributes_for_oid(oid))

    return {
        "signer_name": named(NameOID.COMMON_NAME),
        "signer_title": named(NameOID.TITLE),
        "certificate_sha256": signer.fingerprint(hashes.SHA256()).hex(),
    }
