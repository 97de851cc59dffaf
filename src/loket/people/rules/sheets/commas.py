"""CSV as spreadsheets write it: with commas, semicolons or tabs, in one of three encodings."""

from __future__ import annotations

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from .values import LONGEST, Value

DELIMITERS = ";,\t"
"""Where the comma is for decimals, as here, spreadsheets divide at semicolons."""
ENCODINGS = ("utf-8-sig", "cp1252")


def lines(data: bytes) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Yield the number and the cells of each row.

    :raises Invalid: if it is no text, or its quotation marks do not match.
    """
    text = _text(data)
    if "\0" in text:
        raise Invalid(_("This is neither a CSV nor an XLSX file."))
    delimiter = _delimiter(text)
    if text[:4].lower() == "sep=":
        text = "\n" + text.partition("\n")[2]
    # With newline="" the reader sees line ends within quotation marks as they are.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in reader:
            yield number, tuple(_cell(value, number) for value in row)
            number = reader.line_num + 1
    except csv.Error as error:
        raise Invalid(
            _("Row %(row)s cannot be read: its quotation marks do not match.") % {"row": number}
        ) from error


def _text(data: bytes) -> str:
    encodings: tuple[str, ...] = ENCODINGS
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(_("This is neither a CSV nor an XLSX file."))


def _delimiter(text: str) -> str:
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:
        return text[4]
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _cell(text: str, row: int) -> str:
    if len(text) > LONGEST:
        raise Invalid(
            _("A cell of row %(row)s is too long. At most %(count)s letters can be read.")
            % {"row": row, "count": LONGEST}
        )
    return text
