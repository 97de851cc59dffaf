"""Sheets to take along (XLSX). Every cell is a value: nothing in it is ever run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from loket.desk import spreadsheets
from loket.ui import reply

from .tables import Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ("id", "en")
"""Headings are in both: sheets go on to people of whom nobody knows which they read."""
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""
NARROW, WIDE = 14, 48


def answer(name: str, tables: dict[str, Table]) -> HttpResponse:
    """Answer with one sheet for each table."""
    book = Workbook(write_only=True)
    for title, table in tables.items():
        sheet = book.create_sheet(title)
        for place in range(len(table.heads)):
            letter = chr(ord("A") + place)
            sheet.column_dimensions[letter].width = WIDE if place in table.wide else NARROW
        sheet.freeze_panes = "B2"
        sheet.append([cell_of(sheet, in_both(head), is_bold=True) for head in table.heads])
        add(sheet, table.rows, is_bold=False)
        add(sheet, [table.total] if table.total else [], is_bold=True)
    kept = BytesIO()
    book.save(kept)
    return reply.download(kept.getvalue(), name=f"{name}.xlsx", media_type=XLSX)


def add(sheet: Any, rows: Iterable[tuple[Any, ...]], *, is_bold: bool) -> None:
    """Append rows to a sheet."""
    for row in rows:
        sheet.append([cell_of(sheet, value, is_bold=is_bold) for value in row])


def cell_of(sheet: Any, value: Any, *, is_bold: bool) -> Any:
    """Return a cell: a number, a day, or words that nothing takes for a formula.

    Words are marked as words, and as in our other lists they do not even look like a
    formula, so that saving the sheet in another format cannot make them one.
    """
    is_words = not isinstance(value, int | date)
    cell = WriteOnlyCell(
        sheet, value=UNWRITABLE.sub("", spreadsheets.as_text(value)) if is_words else value
    )
    if is_words:
        cell.data_type = "s"
    cell.font = Font(bold=is_bold)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def in_both(head: Promise) -> str:
    """Return a heading in both languages, once if they are the same."""
    said = []
    for language in HEADS:
        with translation.override(language):
            said.append(str(head))
    return " / ".join(dict.fromkeys(said))
