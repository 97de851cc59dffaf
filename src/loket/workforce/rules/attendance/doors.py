"""The code at the door: it changes with each minute, and differs from door to door."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime

DIGITS = 6


def code(secret: bytes, place: str, minute: int) -> str:
    """Return what the door of a place shows during a minute since 1970."""
    digest = hmac.digest(secret, f"{place}:{minute}".encode(), "sha256")
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def minute_of(moment: datetime) -> int:
    """Return the minute of a moment since 1970."""
    return int(moment.timestamp()) // 60


def opened(
    secret: bytes,
    typed: str,
    places: Iterable[str],
    *,
    at: datetime,
    around: Iterable[int] = (0, -1),
) -> str:
    """Return the place whose door shows what was typed, or nothing.

    ``around``: minutes from ``at`` that are accepted; the one before, as typing takes time.
    """
    digits = "".join(sign for sign in typed if sign.isascii() and sign.isdecimal())
    minute = minute_of(at)
    steps = tuple(around)
    for place in places:
        if any(hmac.compare_digest(code(secret, place, minute + n), digits) for n in steps):
            return place
    return ""
