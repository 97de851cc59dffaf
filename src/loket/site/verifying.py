"""Verifies a PDF offline: by the published authority and keys alone."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from loket.documents.verifying import examination, trust
from loket.kernel.errors import Invalid


def believed(authority: Path | None, keys: Path | None) -> trust.Trust:
    """Return whom to believe: the given files, or what this installation publishes.

    :raises Invalid: if a given file cannot be read.
    """
    own = trust.installed()
    try:
        roots = (
            tuple(x509.load_pem_x509_certificates(authority.read_bytes()))
            if authority
            else own.roots
        )
        jwks = json.loads(keys.read_text(encoding="utf-8")) if keys else own.jwks
    except ValueError as error:
        raise Invalid(f"The authority or the keys cannot be read: {error}.") from None
    if not roots:
        raise Invalid(
            "No authority is known. Give --authority FILE and --keys FILE, as published at "
            "/.well-known/loket-ca.pem and /.well-known/jwks.json, or run `loket setup`."
        )
    return trust.Trust(roots=roots, crls=own.crls, jwks=jwks)


def examine(
    data: bytes, *, authority: Path | None, keys: Path | None, at: datetime
) -> dict[str, Any]:
    """Return what the file proves about itself.

    :raises Invalid: if it is not known whom to believe.
    """
    finding = examination.check(data, believed=believed(authority, keys), at=at)
    return {
        "valid": finding.is_valid,
        "reason": finding.reason.value,
        "words": str(finding.reason.words),
        "code": finding.code,
        "number": finding.number,
        "signer_name": finding.signer_name,
        "signer_title": finding.signer_title,
        "signed_at": finding.signed_at.isoformat() if finding.signed_at else None,
        "sha256": finding.sha256,
    }
