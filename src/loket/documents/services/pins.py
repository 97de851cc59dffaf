"""PINs: six digits that open one link, known only to whom they were sent."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

DIGITS = 6


def new() -> str:
    """Return a fresh PIN."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def digest(link: str, pin: str) -> str:
    """Return a keyed digest: six digits are soon guessed by whoever holds no key."""
    return salted_hmac("loket.documents.pin", f"{link}:{pin}", algorithm="sha256").hexdigest()
