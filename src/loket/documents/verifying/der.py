"""Whether bytes are DER: every length written in the one shortest way, nothing left over.

Re-encoding what was parsed would tell the same and costs a hundred times as much.
"""

from __future__ import annotations

DEEPEST = 32
CONSTRUCTED = 0x20
HIGH_TAG = 0x1F
LONG_FORM = 0x80


def is_canonical(data: bytes) -> bool:
    """Say whether the data is exactly one canonical element."""
    try:
        return _end(data, 0, len(data), DEEPEST) == len(data)
    except (ValueError, IndexError):
        return False


def _end(data: bytes, start: int, limit: int, depth: int) -> int:
    """Return where the element that begins here ends.

    :raises ValueError: if it is not canonical or passes the limit.
    """
    tag = data[start]
    body, length = _length(data, start + 1)
    end = body + length
    if not depth or end > limit or tag & HIGH_TAG == HIGH_TAG:
        raise ValueError
    place = body
    while tag & CONSTRUCTED and place < end:
        place = _end(data, place, end, depth - 1)
    return end


def _length(data: bytes, start: int) -> tuple[int, int]:
    """Return where the content begins, and its length."""
    first = data[start]
    if first < LONG_FORM:
        return start + 1, first
    size = first - LONG_FORM
    length = int.from_bytes(data[start + 1 : start + 1 + size], "big")
    if not size or length < LONG_FORM or length < 1 << 8 * (size - 1):
        raise ValueError
    return start + 1 + size, length
