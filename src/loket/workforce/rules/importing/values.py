"""What a staff file is compared with, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from loket.people.rules.imports import Entry

SKILL_WORDS: dict[str, tuple[str, ...]] = {
    "counter": ("Loket", "Pelayanan loket"),
    "biometric": ("Perekaman", "Perekaman biometrik"),
    "cashier": ("Kasir", "Pembayaran"),
    "archive": ("Arsip",),
    "signing": ("Tanda tangan", "Penandatanganan"),
}
Outcome = Literal["new", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post that somebody holds or will hold."""

    number: int
    unit: str
    role: str
    basis: str
    title: str
    level: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on record."""

    number: int
    username: str
    name: str
    email: str
    is_usable: bool
    """Whether the account is of the staff and open."""
    employment: Mapping[str, object]
    """Empty if none is on record."""
    paths: tuple[str, ...]
    """Of the units to which they belong."""
    posts: tuple[Post, ...]
    skills: frozenset[str]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything on record that a file can touch."""

    units: Mapping[str, tuple[str, str]]
    """Code to path and name."""
    rooms: frozenset[str]
    people: tuple[Person, ...]
    usernames: frozenset[str]
    """In small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one row does, so exactly that it can be done and compared."""

    entry: Entry
    account: int | None
    """None: an account is opened under ``username``."""
    username: str
    post: int | None
    """Number of the post that is corrected or stays; None: one is given."""
    does: tuple[str, ...]
    """Of: account, name, employment, post, title, skills, rooms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row as the preview shows it."""

    row: int
    name: str
    unit: str
    outcome: Outcome
    does: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What the file says and is left as it was."""
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do, row by row."""

    results: tuple[Result, ...]
    digest: str = field(default="", compare=False)

    @property
    def is_clean(self) -> bool:
        """Whether every row can be brought in."""
        return all(result.outcome != "refused" for result in self.results)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows come out so."""
        return sum(1 for result in self.results if result.outcome == outcome)
