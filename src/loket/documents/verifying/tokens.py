"""The payload of the QR, checked by the published keys alone."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import jwt

from .findings import Doubt, Reason

ALGORITHM = "ES256"
THUMBPRINT_BYTES = 16
"""128 bits name a certificate beyond doubt; the whole digest would make the QR finer."""
CLAIMS = {"jti": str, "num": str, "hol": str, "tpl": str, "crt": str, "iat": int}


def claims(
    *, code: str, number: str, holder: str, template: str, certificate_sha256: str, at: datetime
) -> dict[str, str | int]:
    """Return what the QR of a document says; ``holder`` is masked already."""
    return {
        "jti": code,
        "num": number,
        "hol": holder,
        "tpl": template,
        "iat": int(at.timestamp()),
        "crt": thumbprint(certificate_sha256),
    }


def thumbprint(certificate_sha256: str) -> str:
    """Return the digest of a certificate (hexadecimal) as the token writes it."""
    digest = bytes.fromhex(certificate_sha256)[:THUMBPRINT_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def read(token: str, jwks: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claims of a token that one of the keys signed.

    :raises Doubt: if none did, or a claim is missing.
    """
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        key = next(k for k in jwks.get("keys", ()) if k.get("kid") == kid)
        found = jwt.decode(
            token,
            jwt.PyJWK.from_dict(dict(key), ALGORITHM).key,
            algorithms=[ALGORITHM],
            # Whether the moment of issue is believed is decided against the signature's.
            options={"verify_iat": False, "require": list(CLAIMS)},
        )
    except (StopIteration, jwt.PyJWTError):
        raise Doubt(Reason.WRONG_TOKEN) from None
    if not all(isinstance(found[name], kind) for name, kind in CLAIMS.items()):
        raise Doubt(Reason.WRONG_TOKEN)
    return dict(found)


def issued_at(found: Mapping[str, Any]) -> datetime:
    """Return the moment of issue that a token claims."""
    return datetime.fromtimestamp(int(found["iat"]), tz=UTC)
