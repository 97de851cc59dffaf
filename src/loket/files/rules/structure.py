"""Whether a file reaches its own end, and how large its picture says it is.

Decoders are forgiving in different ways; these walks over the outer structure are ours, read
no more than headers, and are what tells a transfer that broke off from a broken file.
"""

from __future__ import annotations

import struct

WEBP_HEAD = 30
SMALLEST_BOX = 8


def is_cut_off(media_type: str, data: bytes) -> bool:
    """Say whether the file announces more bytes than it has."""
    try:
        match media_type:
            case "image/png":
                return _png_is_cut_off(data)
            case "image/webp":
                return int.from_bytes(data[4:8], "little") + 8 > len(data)
            case "image/heic":
                return _boxes_are_cut_off(data)
            case "application/pdf":
                return data.rfind(b"%%EOF") < data.rfind(b"startxref") or b"%%EOF" not in data
            case _:
                return False  # JPEG has no lengths; its decoder notices.
    except (struct.error, IndexError):
        return True


def _png_is_cut_off(data: bytes) -> bool:
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IEND":
            return False
        at += 12 + length
    return True


def _boxes_are_cut_off(data: bytes) -> bool:
    at = 0
    while at + 8 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        if size == 0:  # to the end of the file
            return False
        if size < SMALLEST_BOX:  # not a box: trailing bytes that nobody reads
            return False
        at += size
    return at > len(data)


def webp_size(data: bytes) -> tuple[int, int, bool]:
    """Return width, height and whether it moves, before its decoder sets memory aside."""
    kind = data[12:16]
    if kind == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
        return width, height, bool(data[20] & 0x02)
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), False
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF, False
