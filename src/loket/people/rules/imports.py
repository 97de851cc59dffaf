"""Rows of a staff file as they were meant, and what is wrong with them, row by row.

Nothing here knows who is on record already: that is compared later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid
from loket.kernel.identifiers import emails

from . import cells, columns, employment
from .sheets import Cell, Row

Words = Mapping[str, tuple[str, ...]]

ROLES: Words = {
    "staff": ("Staf", "Pelaksana"),
    "officer": ("Petugas",),
    "head": ("Kepala", "Pimpinan"),
}
"""Only these come by a file. Who may do more is appointed by an operator."""
KINDS: Words = {
    "pns": ("PNS", "ASN PNS"),
    "pppk": ("PPPK", "P3K"),
    "pjlp": ("PJLP", "Kontrak"),
}
BASES: Words = {
    "definitive": ("Definitif", "Tetap"),
    "acting": ("Plt", "Pelaksana tugas"),
    "delegated": ("Plh", "Pelaksana harian"),
}
LEVELS: Words = {
    level: (f"Eselon {level}",)
    for level in ("I.a", "I.b", "II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b", "V.a")
}
NAME = re.compile(r"[^\W\d_][\w .,'’`()/-]{1,119}")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,149}")
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row: a person, how they are employed, and one post that they hold."""

    row: int
    username: str
    name: str
    kind: str
    nip: str
    nrk: str
    born_on: date | None
    phone: str
    email: str
    unit: str
    role: str
    title: str
    level: str
    basis: str
    starts_on: date | None
    ends_on: date | None
    skills: tuple[str, ...]
    """Empty: not said."""
    rooms: tuple[str, ...]
    """Codes, the main one first. Empty: not said."""

    @property
    def person(self) -> str:
        """What tells people apart: the NIP, else the account, else the address."""
        return self.nip or self.username or self.email

    @property
    def post(self) -> tuple[str, str, str]:
        """Of two rows with the same, one is too many."""
        return (self.person, self.unit, self.role)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file; without an entry, what is wrong with it."""

    row: int
    name: str
    """As it was written, to find the row again."""
    entry: Entry | None
    problems: tuple[str, ...] = ()


def read(rows: Iterable[Row], *, skills: Words) -> list[Line]:
    """Return the rows under the headings, each as an entry or with its problems.

    :raises Invalid: if the headings cannot be understood, or nothing stands under them.
    """
    headings, *under = rows
    fields = columns.read(headings)
    lines = [_line(row, fields, skills) for row in under]
    if not lines:
        raise Invalid(_("There is nobody under the headings."))
    return _told_apart(lines)


def _line(row: Row, fields: Mapping[int, str], skills: Words) -> Line:
    given = {fields[n]: cell for n, cell in enumerate(row.cells) if fields.get(n)}
    typed = given.get("name")
    name = columns.written(typed.value)[:120] if typed else ""
    stray = (c for n, c in enumerate(row.cells) if n not in fields and not c.is_empty)
    if cell := next(stray, None):
        sentence = _("Cell %(cell)s stands under no heading.") % {"cell": cell.place}
        return Line(row.number, name, None, (sentence,))
    reader = _Reader(row.number, given)
    entry = reader.entry(skills)
    if reader.problems or entry is None:
        return Line(row.number, name, None, tuple(dict.fromkeys(reader.problems)))
    return Line(row.number, entry.name, entry)


class _Reader:
    """Reads the cells of one row and gathers everything that is wrong with them."""

    def __init__(self, number: int, given: Mapping[str, Cell]) -> None:
        self.number = number
        self.given = given
        self.problems: list[str] = []

    def entry(self, skills: Words) -> Entry | None:
        """Return the row as it was meant, if nothing is wrong."""
        get = self.get
        record = self.record(
            kind=get("kind", lambda cell: cells.choice(cell, KINDS, what=_("employment"))),
            number=get("nip", cells.nip),
            nrk=get("nrk", cells.nrk),
            born_on=self.day("born_on"),
            phone=get("phone", cells.phone),
        )
        values: dict[str, Any] = {
            "username": get("username", cells.text).lower(),
            "name": get("name", cells.text),
            "email": get("email", _email),
            "unit": get("unit", cells.text),
            "role": get("role", lambda cell: cells.choice(cell, ROLES, what=_("role"))),
            "title": get("title", cells.text),
            "level": get("level", lambda cell: cells.choice(cell, LEVELS, what=_("level"))),
            "basis": get("basis", lambda cell: cells.choice(cell, BASES, what=_("basis")))
            or "definitive",
            "starts_on": self.day("starts_on"),
            "ends_on": self.day("ends_on"),
            "skills": self.many(
                "skills", lambda cell: cells.choices(cell, skills, what=_("skill"))
            ),
            "rooms": self.many("rooms", cells.several),
        }
        if record is None or self.problems:
            return None
        entry = Entry(
            row=self.number,
            kind=record.kind,
            nip=record.nip or "",
            nrk=record.nrk,
            born_on=record.born_on,
            phone=record.phone,
            **values,
        )
        self.problems += _problems(entry)
        return entry

    def get(self, field: str, read: Callable[[Cell], str]) -> str:
        """Return what a cell says; nothing if it is not there or wrong."""
        cell = self.given.get(field)
        try:
            return read(cell) if cell is not None else ""
        except Invalid as refusal:
            self.problems.append(str(refusal))
            return ""

    def many(self, field: str, read: Callable[[Cell], tuple[str, ...]]) -> tuple[str, ...]:
        """Return what a cell lists."""
        cell = self.given.get(field)
        try:
            return read(cell) if cell is not None else ()
        except Invalid as refusal:
            self.problems.append(str(refusal))
            return ()

    def day(self, field: str) -> date | None:
        """Return the date in a cell."""
        cell = self.given.get(field)
        try:
            return cells.day(cell) if cell is not None else None
        except Invalid as refusal:
            self.problems.append(str(refusal))
            return None

    def record(self, **facts: Any) -> employment.Record | None:
        """Return how somebody is employed, if the cells could be read at all."""
        if self.problems:
            return None
        try:
            return employment.read(**facts)
        except Invalid as refusal:
            self.problems += [line for lines in refusal.fields.values() for line in lines]
            return None


def _problems(entry: Entry) -> list[str]:
    stands_in = entry.basis == "delegated"
    both = entry.starts_on and entry.ends_on
    checks = (
        (NAME.fullmatch(entry.name), _("Write the full name, at most 120 letters.")),
        (entry.person, _("Who has no NIP needs an account name (Akun) or an e-mail address.")),
        (
            not entry.username or USERNAME.fullmatch(entry.username),
            _("An account name has letters, digits, dots and dashes, at least 3."),
        ),
        (entry.unit, _("Write the code of the unit.")),
        (entry.role, _("Write the role: Staf, Petugas or Kepala.")),
        (
            1 <= len(entry.title) <= LONGEST_TITLE,
            _("Write what the post is called, at most 120 letters."),
        ),
        (
            entry.ends_on or not stands_in,
            _("Who stands in (Plh.) does so until a day: write which."),
        ),
        (
            not both or (entry.starts_on or date.min) < (entry.ends_on or date.max),
            _("The post must end after it begins."),
        ),
    )
    return [sentence for is_fine, sentence in checks if not is_fine]


def _told_apart(lines: list[Line]) -> list[Line]:
    """Return the lines, those that say something twice or contradict another with problems."""
    seen: dict[tuple[str, ...], int] = {}
    whose: dict[tuple[str, str], Entry] = {}
    people: dict[str, Entry] = {}
    found = []
    for line in lines:
        entry = line.entry
        if entry is None:
            found.append(line)
            continue
        problems = [*_twice(entry, seen), *_other(entry, people), *_shared(entry, whose)]
        found.append(Line(line.row, line.name, None if problems else entry, tuple(problems)))
    return found


def _twice(entry: Entry, seen: dict[tuple[str, ...], int]) -> Iterable[str]:
    first = seen.setdefault(entry.post, entry.row)
    if first != entry.row:
        yield _("The same person has the same post in row %(row)s.") % {"row": first}


def _other(entry: Entry, people: dict[str, Entry]) -> Iterable[str]:
    first = people.setdefault(entry.person, entry)
    same = ("name", "kind", "nrk", "born_on", "phone", "email", "username", "skills", "rooms")
    if any(getattr(first, field) != getattr(entry, field) for field in same):
        yield _(
            "Row %(row)s says something else of the same person. Only the post may differ."
        ) % {"row": first.row}


def _shared(entry: Entry, whose: dict[tuple[str, str], Entry]) -> Iterable[str]:
    for field in ("username", "email", "nrk"):
        value = getattr(entry, field)
        first = whose.setdefault((field, value), entry) if value else entry
        if first.person != entry.person:
            yield _("Row %(row)s gives somebody else the same %(what)s: %(value)s.") % {
                "row": first.row,
                "what": {"username": _("account name"), "email": _("e-mail address")}.get(
                    field, "NRK"
                ),
                "value": value,
            }


def _email(cell: Cell) -> str:
    words = cells.text(cell)
    try:
        return emails.normalise(words).lower() if words else ""
    except Invalid as refusal:
        raise Invalid(f"{cell.place}: {refusal}") from refusal
