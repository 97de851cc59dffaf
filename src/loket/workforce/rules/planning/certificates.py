"""The proof that comes with a plan, as bytes, and what it says.

A plan is proven by weak duality. The problem is written as one circulation; the certificate
holds a potential for each node of it and the factor of each level of the objective. From those
two anyone can compute a bound below which no roster can be, and compare it with the plan's own
objective, which is counted from the turns alone. Equal: nothing better exists. No flow has to
be stored, no order of arcs agreed on: only the numbering of the nodes below.

**Format.** ``struct "<8sIqqqq"``: ``b"LOKETF1\\0"``, the number of nodes, the factors of
``pinned``, ``uncovered``, ``changes``, ``unfairness``. Then zlib over little-endian int64: the
first potential, then the difference of each from the one before.

**Words.** *Frozen* is a day before ``frozen_before``; the others are *live*, and only they are
in the graph. ``start[i]`` is ``carried`` and the published turns of member i on frozen days of
the problem. A live day is *told* if it lies between the first and the last day of ``published``
(both included); ``told(i, d)`` are the published turns of i on a told day d.

*Clusters* of a day: take the shifts by (since, until, place in ``shifts``), a shift that ends
at or before its start ending 24 hours later. The first that is in no cluster opens one; every
later one in no cluster joins it that begins before the earliest end within the cluster. Every
cluster overlaps at one moment, so that ``most_at_once`` binds it, and so does each room.

*Seats* of a day: each of its ``needs`` with ``people`` > 0 whose shift exists; and desks
(shift, room), the room being the member's if ``rooms`` names it, else ``""``. Member i *may*
take on day d: if away, or locked out, nothing; else the needs whose skill is ``""`` or theirs,
and the desk of their room in each shift; of these, only what each of their locks on that day
allows (``shift`` None or equal, ``counter`` None or equal to the need's, ``""`` for desks).
(i, d) is *open* if that is something. (i, d) is *wanted* if i is locked in and not locked out,
or pinned and neither away nor locked out.

**Nodes**, numbered in this order:

1.  the hub;
2.  each member, as in ``members``;
3.  each live day, as in ``days``;
4.  for each live day, each cluster, in order of its first shift as sorted above;
5.  for each live day, for each cluster, each room of ``rooms``, sorted by code;
6.  for each live day, each of its ``needs``, also those that are no seat;
7.  for each live day, for each shift, a desk in room ``""``, then in each of ``rooms``, sorted;
8.  for each live day, each distinct set of needs, not empty, that somebody may take on that
    day (a *pool*), in order of the first member who has it;
9.  for each live day, each distinct set of seats, not empty, that somebody may take on that
    day (a *class*), in order of the first member who has it;
10. for each live day, each member (i, d) that is open and may take a seat which is among
    ``told(i, d)`` (same shift, same counter).

**Arcs**, with capacity and with cost on one or two levels; n is the number of members:

a.  hub → i, for t = 1 … the number of open days of i: capacity 1,
    unfairness ``2·(start[i] + t) - 1``;
b.  i → 10(i, d) if that exists, else i → class: capacity 1, pinned -1 if (i, d) is wanted; and
    in the second case changes +1 if d is told;
c.  10(i, d) → each seat that is among ``told(i, d)``: capacity 1, changes -1;
    10(i, d) → class: capacity 1, changes +1;
d.  class → its pool, and → each of its desks: capacity the number of (i, d) of that class;
    pool → each of its needs: capacity the number of (i, d) of that pool, or ``people`` if that
    is less;
e.  need → its room in its cluster, or the cluster if ``rooms`` does not name that room:
    capacity ``people``, uncovered ``-weight``; desk → likewise: capacity n;
f.  room → cluster: its capacity; cluster → day: ``most_at_once``, or n if that is None;
g.  day → hub: capacity the smaller of ``least`` and ``most``, uncovered -10;
    and again: capacity the rest of ``most`` (of n if that is None), cost 0.

**Constants** that are added: pinned: the number of wanted (i, d) on live days. uncovered:
``weight·people`` over all needs and ``10·least`` over all live days. unfairness: the sum of
``start[i]²``. changes: the number of published turns on told days.

**Check.** The cost of an arc is the sum over levels of factor × cost. With reduced cost
``r = cost + potential[tail] - potential[head]``, no roster can cost less than
``Σ factor·constant + Σ capacity·min(0, r)``. The plan costs ``Σ factor·objective``.

The factors are right, so that the sum keeps the order of the levels, if each is greater than
the sum of ``factor·U`` over all lower levels. Here U bounds how much a level can change around
a simple cycle: ``2·min(Σ over tails, Σ over heads)`` of the largest absolute cost of that
level among the arcs which leave, or enter, the node. (A better roster differs from a given one
by simple cycles of which one at least is better by itself.)

Shifts that overlap in a chain (the first with the second, the second with the third, the first
not with the third) are bound by less here than in truth; the bound stays a bound, and a plan
that does not reach it is not called proven.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MAGIC = b"LOKETF1\0"
HEAD = struct.Struct("<8sIqqqq")
LONGEST = 1 << 26
"""Nodes that anyone may ask to unpack; a province at once would have a tenth of that."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Factors of the levels, and a potential for each node."""

    pinned: int
    uncovered: int
    changes: int
    unfairness: int
    potentials: npt.NDArray[np.int64]


def pack(certificate: Certificate) -> bytes:
    """Write a certificate."""
    potentials = np.asarray(certificate.potentials, dtype="<i8")
    head = HEAD.pack(
        MAGIC,
        len(potentials),
        certificate.pinned,
        certificate.uncovered,
        certificate.changes,
        certificate.unfairness,
    )
    steps = np.diff(potentials, prepend=potentials.dtype.type(0))
    return head + zlib.compress(steps.astype("<i8").tobytes(), 6)


def unpack(packed: bytes) -> Certificate:
    """Read a certificate.

    :raises ValueError: it is not one.
    """
    if len(packed) < HEAD.size:
        raise ValueError("too short")
    magic, nodes, pinned, uncovered, changes, unfairness = HEAD.unpack_from(packed)
    if magic != MAGIC or nodes > LONGEST:
        raise ValueError("not a certificate")
    decompressor = zlib.decompressobj()
    try:
        body = decompressor.decompress(packed[HEAD.size :], nodes * 8 + 1)
    except zlib.error as error:
        raise ValueError("damaged") from error
    if len(body) != nodes * 8 or not decompressor.eof or decompressor.unused_data:
        raise ValueError("damaged")
    steps = np.frombuffer(body, dtype="<i8").astype(np.int64)
    return Certificate(pinned, uncovered, changes, unfairness, np.cumsum(steps))
