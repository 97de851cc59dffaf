"""Periods as pairs of moments, half-open, in UTC; sets of them are sorted and disjoint."""

from __future__ import annotations

from datetime import UTC, datetime

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)
"""Stand for no beginning and no end; never shown, never moved to another zone."""

Span = tuple[datetime, datetime]
Spans = tuple[Span, ...]


def span(starts_at: datetime, ends_at: datetime | None) -> Span:
    """Return a period in UTC."""
    return starts_at.astimezone(UTC), ends_at.astimezone(UTC) if ends_at else LAST


def end_of(moment: datetime) -> datetime | None:
    """Return an end as others write it: none for :data:`LAST`."""
    return None if moment == LAST else moment


def meet(some: Spans, others: Spans) -> Spans:
    """Return what lies in both."""
    found = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return tuple(sorted(piece for piece in found if piece[0] < piece[1]))


def without(some: Spans, others: Spans) -> Spans:
    """Return what of some lies in none of the others."""
    rest = some
    for start, end in others:
        pieces = [p for a, b in rest for p in ((a, min(b, start)), (max(a, end), b))]
        rest = tuple(sorted(piece for piece in pieces if piece[0] < piece[1]))
    return rest


def joined(pieces: Spans) -> Spans:
    """Return sorted, disjoint periods with those that touch made one."""
    found: list[Span] = []
    for start, end in pieces:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)
