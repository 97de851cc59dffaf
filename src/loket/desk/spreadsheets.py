"""Lists to take along: CSV that spreadsheets open, and in which no cell is ever run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import StreamingHttpResponse

FORMULA = re.compile(r"(^|[;\t\r\n])(\s*[=+\-@＝＋－＠])")
"""What begins a formula. Where the comma is for decimals, as here, a spreadsheet may divide
the cells at semicolons instead, and within our own."""
MARK = "\ufeff"
"""Without it some spreadsheets take UTF-8 for something else."""


class Echo:
    """A file that hands back what is written to it, so that rows stream."""

    def write(self, line: str) -> str:
        return line


def answer(
    name: str, heads: Iterable[object], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """Answer with a list, row by row; no cell of it can be taken for a formula."""
    # Now: while the answer streams, nobody's language is chosen any more.
    named = [str(head) for head in heads]
    streamed = StreamingHttpResponse(lines(named, rows), content_type="text/csv; charset=utf-8")
    streamed["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return streamed


def lines(named: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a list, the names of its columns first."""
    writer = csv.writer(Echo())
    yield MARK + str(writer.writerow(named))
    for row in rows:
        yield str(writer.writerow([as_text(cell) for cell in row]))


def as_text(value: object) -> str:
    """Return a cell that a spreadsheet shows as it is and never runs."""
    text = str(value)
    if isinstance(value, datetime):
        text = value.isoformat(timespec="minutes")
    return FORMULA.sub(r"\1'\2", text)
