"""Offices that stand alike, told once: the reason above, the offices below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from loket.policies.rules.resolving import Book
from loket.policies.rules.values import InForce

from .board import Row, Standing
from .detail import RECEIVES, Way, ways

Key = tuple[str, str, str, str, tuple[str, ...]]
"""What is told of an office beside its name: state, why, until when, hours, other ways."""


@dataclass(frozen=True, slots=True)
class Group:
    """Offices of one page that stand alike."""

    standing: Standing
    ways: list[Way]
    rows: list[Row]
    number: int
    """How many stand so, on all pages."""
    family: str
    """What all of them are, if they are of one kind."""
    is_repeated: bool
    """Whether the same was told further up on the page."""

    @property
    def is_told_once(self) -> bool:
        return self.number > 1

    @property
    def more(self) -> int:
        """Return how many are on other pages."""
        return self.number - len(self.rows)


class Grouping:
    """Tells alike what is alike, each class of offices looked at once."""

    def __init__(self, book: Book, at: datetime) -> None:
        self._book = book
        self._at = at
        self._answers: dict[int, InForce] = {}

    def ordered(self, rows: Sequence[Row]) -> list[Row]:
        """Return rows with those that stand alike beside each other, else in their order."""
        first: dict[Key, int] = {}
        keys = [self._key(row) for row in rows]
        for place, key in enumerate(keys):
            first.setdefault(key, place)
        placed = sorted(zip(keys, rows, strict=True), key=lambda pair: first[pair[0]])
        return [row for _key, row in placed]

    def groups(self, rows: Iterable[Row], among: Iterable[Row] = ()) -> list[Group]:
        """Return the rows of a page in groups; ``among`` are those of all pages."""
        listed: defaultdict[Key, list[Row]] = defaultdict(list)
        for row in among:
            listed[self._key(row)].append(row)
        found: list[Group] = []
        told: set[Key] = set()
        for key, neighbours in groupby(rows, self._key):
            shown = list(neighbours)
            alike = listed[key] or shown
            ways = self._ways(alike)
            families = {row.office.family for row in alike}
            family = families.pop() if len(families) == 1 else ""
            known = key in told
            found.append(Group(shown[0].standing, ways, shown, len(alike), family, known))
            told.add(key)
        return found

    def _key(self, row: Row) -> Key:
        standing = row.standing
        channels = self._answer(row).services.channels.value if _is_shut(row) else ()
        return (standing.state, standing.why, standing.until, standing.hours, tuple(channels))

    def _ways(self, alike: list[Row]) -> list[Way]:
        if not _is_shut(alike[0]):
            return []
        # Each of several has an address of its own, which its own page tells.
        return ways(self._answer(alike[0]), alike[0].office if len(alike) == 1 else None)

    def _answer(self, row: Row) -> InForce:
        number = self._book.class_of(row.office.code)
        if number not in self._answers:
            self._answers[number] = self._book.in_force(row.office.code, at=self._at)
        return self._answers[number]


def _is_shut(row: Row) -> bool:
    return row.standing.state not in RECEIVES
