"""Bytes in, rows out; and what is no table is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from . import commas, workbooks
from .values import Cell, Row, Value, place

MOST_BYTES = 4_000_000
MOST_ROWS = 1_500
"""Rows under the headings: some ten seconds of one transaction, in which SQLite lets nobody
else write; they wait for twenty."""
MOST_COLUMNS = 40


def read(data: bytes) -> list[Row]:
    """Return the rows of a table that are not empty; the first holds the headings.

    Whether it is CSV or XLSX is seen from the bytes, not from the name.

    :raises Invalid: if it is neither, too long, or made to do harm.
    """
    if len(data) > MOST_BYTES:
        size = MOST_BYTES // 1_000_000
        raise Invalid(
            _("The file is too big. At most %(size)s MB can be read.") % {"size": size}
        )
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(
            _(
                "This is an old or locked Excel file. Save it as XLSX without a password, or CSV."
            )
        )
    lines = (
        workbooks.lines(data, most_columns=MOST_COLUMNS)
        if data.startswith(b"PK")
        else commas.lines(data)
    )
    rows: list[Row] = []
    for row in _filled(lines):
        if len(rows) > MOST_ROWS:
            raise Invalid(
                _("The file has too many rows. At most %(count)s can be brought in at once.")
                % {"count": MOST_ROWS}
            )
        rows.append(row)
    if not rows:
        raise Invalid(_("The file is empty."))
    return rows


def _filled(lines: Iterable[tuple[int, tuple[Value, ...]]]) -> Iterator[Row]:
    for number, values in lines:
        if len(values) > MOST_COLUMNS:
            raise Invalid(
                _("Row %(row)s has too many columns. At most %(count)s can be read.")
                % {"row": number, "count": MOST_COLUMNS}
            )
        cells = tuple(Cell(place(number, n), value) for n, value in enumerate(values))
        if not all(cell.is_empty for cell in cells):
            yield Row(number, cells)
