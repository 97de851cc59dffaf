"""XLSX: a zip of XML, either of which can be made to do harm."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from loket.kernel.errors import Invalid

from .values import LONGEST, Formula, Mistake, Value

MOST_PARTS = 200
MOST_UNPACKED = 24_000_000
"""Bytes of all parts together; zipfile reads no more of a part than its header says."""
LAST_ROW = 20_000
"""Empty rows cost time too."""
DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
"""What begins an XML bomb. No spreadsheet writes either."""
BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, ValueError,
    TypeError, AttributeError, IndexError, EOFError, OverflowError, NotImplementedError,
    RuntimeError, SyntaxError,
)  # fmt: skip
"""What the reader of spreadsheets raises at files that are none, or only half."""


def lines(data: bytes, *, most_columns: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Yield the number and the cells of each row of the first sheet.

    :raises Invalid: if it is no spreadsheet, or made to do harm.
    """
    try:
        _require_harmless(data)
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # What a file says of its own size is not to be believed.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=most_columns + 1, max_row=LAST_ROW + 1)
            for number, row in enumerate(rows, 1):
                if number > LAST_ROW:
                    raise Invalid(
                        _(
                            "The sheet goes on below row %(row)s. Delete the rows under the list."
                        )
                        % {"row": LAST_ROW}
                    )
                yield number, _trimmed(tuple(_value(cell) for cell in row))
        finally:
            book.close()
    except BROKEN as error:
        raise Invalid(
            _("The spreadsheet cannot be read. Save it again as XLSX, or as CSV.")
        ) from error


def _require_harmless(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
            raise Invalid(_("The spreadsheet unpacks to far too much and was not opened."))
        for part in parts:
            if part.filename.endswith((".xml", ".rels", ".vml")):
                xml = archive.read(part)
                # In UTF-16 the words below would not be found; no spreadsheet uses it.
                if b"\0" in xml or any(word in xml for word in DECLARES):
                    raise Invalid(_("The spreadsheet holds what no spreadsheet writes."))


def _trimmed(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Leave out the empty cells behind the last."""
    last = next((n for n in range(len(values), 0, -1) if values[n - 1] != ""), 0)
    return values[:last]


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, ArrayFormula | DataTableFormula) or _kind(cell) == "f":
        return Formula()
    if _kind(cell) == "e":
        return Mistake(str(value)[:LONGEST])
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | time) or not isinstance(value, str | int | float | date):
        return str(value)
    if isinstance(value, str) and len(value) > LONGEST:
        raise Invalid(
            _("A cell of row %(row)s is too long. At most %(count)s letters can be read.")
            % {"row": cell.row, "count": LONGEST}
        )
    return value


def _kind(cell: Any) -> str:
    return str(cell.data_type) if isinstance(cell, ReadOnlyCell) else ""
