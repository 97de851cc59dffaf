"""Caps on the staff present that cannot be kept: too many posts stay in the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from .findings import Finding, order
from .resolving import Book
from .shares import at_most
from .values import Because, InForce, Part
from .walking import Group, Question, answers, made


def impossible_caps(
    book: Book,
    *,
    headcounts: Mapping[str, tuple[int, int]],
    since: datetime,
    until: datetime,
) -> list[Finding]:
    """Return caps on the staff present that are below the posts which must stay.

    Where no provision says which posts stay, only caps written for that one unit: whoever
    writes one for many cannot know the posts of each.

    ``headcounts``: code of a unit to its staff and how many of them hold such posts.
    """
    alike: defaultdict[tuple[int, int, int], list[str]] = defaultdict(list)
    for unit, (staff, pinned) in headcounts.items():
        if unit in book.units:
            alike[book.class_of(unit), staff, pinned].append(unit)
    own = _own(book)
    groups: defaultdict[tuple[Because, ...], Group] = defaultdict(Group)
    for (_class, staff, pinned), codes in sorted(alike.items()):
        units = tuple(sorted(codes))
        question = Question(units[0], "", "", units)
        for answer, start, end in answers(book, question, since, until):
            for share in _caps(answer, own.get(units[0], frozenset())):
                allowed = at_most(share.value or Decimal(0), staff)
                if allowed < pinned:
                    becauses = (*share.because[:1], *answer.attendance.pinned.because[:1])
                    group = groups[becauses]
                    group.units.update(units)
                    group.stretch(start, end)
                    group.caps.add(
                        (allowed - pinned, staff, pinned, units[0], share.value or Decimal(0))
                    )
    found = [made(book, "impossible_cap", key, group) for key, group in groups.items()]
    return sorted(found, key=order)


def _caps(answer: InForce, own: frozenset[Because]) -> Iterator[Part[Decimal | None]]:
    attendance = answer.attendance
    for share in (attendance.max_share, attendance.max_share_concurrent):
        if share.value is not None and (
            attendance.pinned.value or own.intersection(share.because[:1])
        ):
            yield share


def _own(book: Book) -> dict[str, frozenset[Because]]:
    """Return what was written for one unit alone, by its code."""
    above = {
        code for unit in book.units.values() for code in unit.path.strip("/").split("/")[:-1]
    }
    found: defaultdict[str, set[Because]] = defaultdict(set)
    for effect in book.effects:
        if len(effect.scope.units) == 1 and effect.kind == "attendance":
            found[effect.scope.units[0]].add(effect.because)
    return {unit: frozenset(own) for unit, own in found.items() if unit not in above}
