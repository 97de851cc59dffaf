"""What stands in a table that somebody sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LONGEST = 500
"""Letters of one cell."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that would be computed: what it says depends on where it is opened."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A cell in which a spreadsheet shows ``#N/A`` or the like."""

    words: str


Value = str | int | float | date | Formula | Mistake


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``place`` is how a spreadsheet calls it: ``B7``."""

    place: str
    value: Value

    @property
    def is_empty(self) -> bool:
        return isinstance(self.value, str) and not self.value.strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty; ``number`` counts from 1 as spreadsheets do."""

    number: int
    cells: tuple[Cell, ...]


def place(row: int, column: int) -> str:
    """Return how a spreadsheet calls a cell; the column counts from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
