"""Recaps as tables: the same for the page, the sheet and the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.desk.circulars.glances import number
from loket.kernel.durations import in_hours
from loket.workforce.queries import RecapDay, RecapPerson
from loket.workforce.rules.work import KINDS, OWN_KINDS

from .days import STATES

LABELS = {**KINDS, **OWN_KINDS}
MINUTES = gettext_lazy("Minutes")
TIME = gettext_lazy("Time")
Cell = str | int | date


class Minutes(int):
    """How long something took: a number in a sheet, hours and minutes to read."""


PEOPLE = (
    gettext_lazy("Name"),
    gettext_lazy("Days handed in"),
    gettext_lazy("Validated"),
    gettext_lazy("Waiting"),
    gettext_lazy("Returned"),
    gettext_lazy("Late"),
    gettext_lazy("Pieces of work"),
    MINUTES,
)
DAYS = (
    gettext_lazy("Day"),
    gettext_lazy("Status"),
    gettext_lazy("What was done"),
    gettext_lazy("Pieces of work"),
    MINUTES,
)
LINES = (
    gettext_lazy("Name"),
    gettext_lazy("Day"),
    gettext_lazy("Status"),
    gettext_lazy("Kind of work"),
    gettext_lazy("Pieces of work"),
    MINUTES,
)


@dataclass(frozen=True)
class Table:
    """Headings, rows and a last row of sums."""

    heads: tuple[Promise, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: tuple[Cell, ...] = ()
    wide: tuple[int, ...] = field(default=())
    """Columns of words, which take the room."""

    @property
    def read(self) -> tuple[Promise, ...]:
        """Return the headings where times are written out."""
        return tuple(TIME if head is MINUTES else head for head in self.heads)

    @property
    def numbers(self) -> list[int]:
        """Return the places of the columns that hold numbers."""
        return [
            place
            for place, _head in enumerate(self.heads)
            if self.rows and isinstance(self.rows[0][place], int)
        ]


def of_people(found: Sequence[RecapPerson]) -> Table:
    """Return one row for each person."""
    total = (
        _("All"), sum(len(each.days) for each in found), sum(each.validated for each in found),
        sum(each.waiting for each in found), sum(each.returned for each in found),
        sum(each.late for each in found), sum(each.pieces for each in found),
        Minutes(sum(each.minutes for each in found)),
    )  # fmt: skip
    return Table(PEOPLE, [person_row(person) for person in found], total, wide=(0,))


def person_row(person: RecapPerson) -> tuple[Cell, ...]:
    """Return the figures of one person."""
    return (
        str(person.account), len(person.days), person.validated, person.waiting,
        person.returned, person.late, person.pieces, Minutes(person.minutes),
    )  # fmt: skip


def of_days(found: RecapPerson) -> Table:
    """Return one row for each day of one person."""
    rows = [
        (day.on, state_of(day), done(day), sum(day.counts.values()), Minutes(day.total))
        for day in found.days
    ]
    total = (_("All"), "", "", found.pieces, Minutes(found.minutes))
    return Table(DAYS, rows, total, wide=(2,))


def of_lines(found: Sequence[RecapPerson]) -> Table:
    """Return one row for each kind of work of each day of each person."""
    rows = [
        (
            str(each.account),
            day.on,
            state_of(day),
            str(label),
            day.counts[kind],
            Minutes(day.minutes[kind]),
        )
        for each in found
        for day in each.days
        for kind, label in LABELS.items()
        if kind in day.counts
    ]
    return Table(LINES, rows, wide=(0, 3))


def state_of(day: RecapDay) -> str:
    """Return the state of a day in words, and whether it came late."""
    label = str(STATES[day.state][0])
    return _("%(state)s, late") % {"state": label} if day.is_late else label


def done(day: RecapDay) -> str:
    """Return what was done on a day, a line for each kind, and then in the person's words."""
    lines = [
        _("%(label)s: %(n)s (%(span)s)")
        % {
            "label": label,
            "n": number(day.counts[kind]),
            "span": in_hours(day.minutes[kind]),
        }
        for kind, label in LABELS.items()
        if kind in day.counts
    ]
    return "\n".join([*lines, *(f"– {words}" for words in day.words)])


def as_text(cell: Any) -> str:
    """Return a cell as a page or a paper shows it."""
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    if isinstance(cell, Minutes):
        return in_hours(cell)
    return number(cell) if isinstance(cell, int) else str(cell)
