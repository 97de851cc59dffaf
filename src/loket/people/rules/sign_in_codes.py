"""Six digits that prove a contact point: made, digested, compared."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

DIGITS = 6
LIFETIME = timedelta(minutes=10)
TRIES = 5


def new_code() -> str:
    """Return six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def new_token() -> str:
    """Return what ties a code to the browser that asked for it."""
    return secrets.token_urlsafe(27)


def digest(code: str, *, token: str, key: str) -> str:
    """Return what is kept of a code: useless without the key, different for each token."""
    secret = f"sign-in code:{key}".encode()
    return hmac.new(secret, f"{token}:{code}".encode(), hashlib.sha256).hexdigest()


def matches(typed: str, kept: str, *, token: str, key: str) -> bool:
    """Say whether what was typed is the code, however the digits were spaced."""
    digits = "".join(sign for sign in typed if sign in "0123456789")
    return hmac.compare_digest(digest(digits, token=token, key=key), kept)
