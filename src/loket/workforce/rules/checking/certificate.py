"""Read a certificate: factors of the levels and a potential for each node.

The format is written down in ``planning.certificates``; this is a second reading of it.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from itertools import accumulate

MAGIC = b"LOKETF1\0"
HEAD = struct.Struct("<8sIqqqq")
LONGEST = 1 << 26


@dataclass(frozen=True, slots=True)
class Certificate:
    """``factors``: pinned, uncovered, changes, unfairness. Potentials by number of the node."""

    factors: tuple[int, int, int, int]
    potentials: tuple[int, ...]


def read(packed: bytes) -> Certificate | None:
    """Return the certificate, or None if these bytes are none."""
    if len(packed) < HEAD.size:
        return None
    magic, nodes, *factors = HEAD.unpack_from(packed)
    if magic != MAGIC or nodes > LONGEST:
        return None
    unpacking = zlib.decompressobj()
    try:
        body = unpacking.decompress(packed[HEAD.size :], nodes * 8 + 1)
    except zlib.error:
        return None
    if len(body) != nodes * 8 or not unpacking.eof or unpacking.unused_data:
        return None
    steps = struct.unpack(f"<{nodes}q", body)
    return Certificate(
        (factors[0], factors[1], factors[2], factors[3]), tuple(accumulate(steps))
    )
