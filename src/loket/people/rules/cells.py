"""Single cells, and what spreadsheets do to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid
from loket.kernel.identifiers import digits

from .columns import nearest, plain
from .sheets import Cell, Formula, Mistake

EXACT = 2**53
"""Greater whole numbers are rounded by spreadsheets."""
ROUNDED = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
FORMULA = re.compile(r"[=@]|[+-](?![\d\s().-]*$)|\t")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
EPOCH = date(1899, 12, 30)
SERIALS = range(1, 73_051)
"""Numbers by which spreadsheets keep the days from 1900 to 2099."""
YEARS = range(1900, 2100)
NIP_LENGTH = 18
NRK_LENGTH = 6
NOTHING = frozenset({"", "-", "--", "n/a", "null"})


def text(cell: Cell) -> str:
    """Return what was written, with one space between words.

    :raises Invalid: if it is a formula, or the spreadsheet shows a mistake.
    """
    value = cell.value
    if isinstance(value, Formula):
        raise _formula(cell)
    if isinstance(value, Mistake):
        raise Invalid(
            _("Cell %(cell)s shows %(mistake)s.") % {"cell": cell.place, "mistake": value.words}
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    words = " ".join(str(value).split())
    if words.casefold() in NOTHING:
        return ""
    if FORMULA.match(words):
        raise _formula(cell)
    # An apostrophe in front is how spreadsheets are told to leave a cell alone.
    return words.removeprefix("'").strip()


def nip(cell: Cell) -> str:
    """Return a NIP, unless a spreadsheet took it for a number and rounded it.

    :raises Invalid: if it did.
    """
    words = text(cell)
    number = digits.compact(words)
    is_rounded = (
        isinstance(cell.value, int | float)
        or ROUNDED.fullmatch(words) is not None
        or re.fullmatch(r"\d+[.,]0+", words) is not None
        or (len(number) == NIP_LENGTH and number.endswith("000"))
    )
    if words and is_rounded:
        raise Invalid(
            _(
                "The spreadsheet took the NIP in cell %(cell)s for a number and lost its last "
                "digits. Format the column as text and write the NIP again."
            )
            % {"cell": cell.place}
        )
    return words


def nrk(cell: Cell) -> str:
    """Return an NRK, unless its zeros in front were lost.

    :raises Invalid: if they were.
    """
    number = digits.compact(re.sub(r"[.,]0$", "", text(cell)))
    if number.isdigit() and len(number) < NRK_LENGTH:
        raise Invalid(
            _(
                "The NRK in cell %(cell)s has %(count)s digits instead of 6. A spreadsheet leaves "
                "out zeros in front: should it be %(meant)s? Format the column as text."
            )
            % {"cell": cell.place, "count": len(number), "meant": number.zfill(NRK_LENGTH)}
        )
    return number


def phone(cell: Cell) -> str:
    """Return a telephone number; the zero that a spreadsheet leaves out is put back."""
    words = re.sub(r"[.,]0$", "", text(cell))
    return f"0{words}" if words.startswith("8") else words


def day(cell: Cell) -> date | None:
    """Return a date, written ``31/12/2026`` or ``2026-12-31``, or as a date of the spreadsheet.

    :raises Invalid: if it is none, or could be two.
    """
    if isinstance(cell.value, date):
        return _in_reach(cell.value, cell)
    words = text(cell)
    if not words:
        return None
    if (number := re.sub(r"[.,]0$", "", words)).isdigit():
        raise Invalid(_serial(number, cell))
    if found := ISO.fullmatch(words):
        year, month, on = (int(part) for part in found.groups())
    elif found := DAY_FIRST.fullmatch(words):
        on, month, year = (int(part) for part in found.groups())
    else:
        raise _no_date(words, cell)
    try:
        return _in_reach(date(year, month, on), cell)
    except ValueError:
        raise _no_date(words, cell) from None


def choice(cell: Cell, known: Mapping[str, tuple[str, ...]], *, what: str) -> str:
    """Return which of the known words is meant, by its key; nothing if the cell is empty.

    :raises Invalid: if it is none of them, with the nearest.
    """
    words = text(cell)
    return one_of(words, known, what=what, cell=cell) if words else ""


def choices(cell: Cell, known: Mapping[str, tuple[str, ...]], *, what: str) -> tuple[str, ...]:
    """Return several of the known words, divided by commas or semicolons, by their keys.

    :raises Invalid: if one is none of them, with the nearest.
    """
    return tuple(
        dict.fromkeys(one_of(each, known, what=what, cell=cell) for each in several(cell))
    )


def several(cell: Cell) -> tuple[str, ...]:
    """Return what is divided by commas or semicolons in one cell."""
    parts = (part.strip() for part in re.split(r"[;,]", text(cell)))
    return tuple(part for part in parts if part)


def one_of(words: str, known: Mapping[str, tuple[str, ...]], *, what: str, cell: Cell) -> str:
    """Return the key of a known word.

    :raises Invalid: if it is none, with the nearest.
    """
    by_plain = {plain(name): key for key, names in known.items() for name in (key, *names)}
    if found := by_plain.get(plain(words)):
        return found
    facts = {"cell": cell.place, "what": what, "name": words[:60]}
    alike = nearest(words, (name for key, names in known.items() for name in (key, *names)))
    if alike:
        facts["alike"] = alike
        raise Invalid(
            _("Cell %(cell)s: there is no %(what)s “%(name)s”. Did you mean “%(alike)s”?")
            % facts
        )
    shown = ", ".join((names[:1] or (key,))[0] for key, names in list(known.items())[:9])
    facts["known"] = shown
    raise Invalid(
        _("Cell %(cell)s: there is no %(what)s “%(name)s”. There are: %(known)s.") % facts
    )


def _in_reach(found: date, cell: Cell) -> date:
    if found.year not in YEARS:
        raise _no_date(found.isoformat(), cell)
    return found


def _serial(number: str, cell: Cell) -> str:
    facts = {"cell": cell.place, "number": number[:12]}
    if len(number) < NRK_LENGTH and int(number) in SERIALS:
        facts["day"] = f"{EPOCH + timedelta(days=int(number)):%d/%m/%Y}"
        return (
            _(
                "The spreadsheet turned the date in cell %(cell)s into the number %(number)s, "
                "perhaps %(day)s. Write it as a date."
            )
            % facts
        )
    return _("Cell %(cell)s: “%(number)s” is no date such as 31/12/2026.") % facts


def _no_date(words: str, cell: Cell) -> Invalid:
    facts = {"cell": cell.place, "words": words[:20]}
    if SHORT_YEAR.fullmatch(words):
        return Invalid(
            _("Cell %(cell)s: write the year of “%(words)s” with four digits.") % facts
        )
    return Invalid(
        _("Cell %(cell)s: “%(words)s” is no date. Write day, month, year, such as 31/12/2026.")
        % facts
    )


def _formula(cell: Cell) -> Invalid:
    return Invalid(
        _("Cell %(cell)s holds a formula. Put its result there, or plain text.")
        % {"cell": cell.place}
    )
