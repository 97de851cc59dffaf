"""Long lists of what a change of the law did: packed row by row, and read the same way.

A list is CSV under gzip. Neither packing nor reading holds more than a piece of it, and
equal rows give equal bytes: a simulation can be compared with its enactment.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

PIECE = 1000
"""Rows that are packed at once."""


class MovedCase(NamedTuple):
    """One case whose due date moved; codes and days, nothing about a person."""

    case: str
    unit: str
    service: str
    was: str
    now: str


def packed(rows: Iterable[MovedCase]) -> bytes:
    """Return rows as compressed CSV, with the names of the columns first."""
    held = io.BytesIO()
    # The moment of packing would make equal lists differ.
    with gzip.GzipFile(fileobj=held, mode="wb", mtime=0) as packing:
        for piece in _pieces(rows):
            packing.write(piece.encode())
    return held.getvalue()


def unpacked(data: bytes) -> Iterator[MovedCase]:
    """Yield the rows of compressed CSV."""
    with (
        gzip.GzipFile(fileobj=io.BytesIO(data)) as unpacking,
        io.TextIOWrapper(unpacking, encoding="utf-8", newline="") as lines,
    ):
        rows = csv.reader(lines)
        next(rows, None)
        for row in rows:
            yield MovedCase(*row)


def _pieces(rows: Iterable[MovedCase]) -> Iterator[str]:
    piece = io.StringIO()
    writer = csv.writer(piece)
    writer.writerow(MovedCase._fields)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % PIECE == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()
