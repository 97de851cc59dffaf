"""The outermost layer: which bytes are signed, and the signature itself.

Looked at before any PDF is parsed. A file that passes was made by one of our signers,
byte for byte, so that no hostile file ever reaches the parser.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from .findings import Doubt, Reason

_SEQUENCE = b"\x30\x82"
_HEADER = 4
LARGEST = 4 * 1024 * 1024

_RANGES = re.compile(rb"/ByteRange\s*\[\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*\]")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file of which every byte is signed but those of the signature."""

    ranges: tuple[int, int, int, int]
    digest: bytes
    """SHA-256 of the signed bytes."""
    cms: bytes
    """The signature, DER."""


def unseal(data: bytes) -> Sealed:
    """Return the signature of a file that is signed as a whole.

    :raises Doubt: if it is not.
    """
    if len(data) > LARGEST:
        raise Doubt(Reason.TOO_BIG)
    if not data.startswith(b"%PDF-"):
        raise Doubt(Reason.NOT_PDF)
    found = _RANGES.findall(data)
    if not found:
        raise Doubt(Reason.DAMAGED if b"/ByteRange" in data else Reason.NOT_SIGNED)
    if len(found) > 1 or data.count(b"/ByteRange") > 1:
        raise Doubt(Reason.SEVERAL_SIGNATURES)
    first, length, second, rest = (int(number) for number in found[0])
    if first != 0 or not 0 < length < second or second + rest > len(data):
        raise Doubt(Reason.DAMAGED)
    if second + rest < len(data):
        added = data[second + rest :]
        raise Doubt(Reason.UPDATED if b"startxref" in added else Reason.OUTSIDE)
    signed = hashlib.sha256(data[:length])
    signed.update(data[second:])
    return Sealed((0, length, second, rest), signed.digest(), _contents(data[length:second]))


def _contents(gap: bytes) -> bytes:
    """Return what the gap between the signed ranges holds, which must be nothing else.

    The digits must be as our signer writes them and the padding all zeros: another
    spelling of the same value would be a byte changed that nobody notices.
    """
    digits = gap[1:-1]
    if gap[:1] != b"<" or gap[-1:] != b">" or not re.fullmatch(rb"(?:[0-9A-F]{2})+", digits):
        raise Doubt(Reason.DAMAGED)
    padded = bytes.fromhex(digits.decode())
    cms = padded[: _der_length(padded)]
    if any(padded[len(cms) :]):
        raise Doubt(Reason.DAMAGED)
    return cms


def _der_length(data: bytes) -> int:
    """Return the length of the DER sequence at the start, header included."""
    # Long form with two octets of length: any signature has between 256 and 65,535 bytes.
    if not data.startswith(_SEQUENCE):
        raise Doubt(Reason.DAMAGED)
    length = _HEADER + int.from_bytes(data[len(_SEQUENCE) : _HEADER], "big")
    if length > len(data):
        raise Doubt(Reason.DAMAGED)
    return length
