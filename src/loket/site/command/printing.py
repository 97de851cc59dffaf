"""How commands print: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

MOST_LINES = 50
"""Of problems; whoever has more mends these first."""


def data(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def table(rows: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    """Print rows under their names, aligned, or as JSON."""
    if as_json:
        data(list(rows))
        return
    if not rows:
        return
    names = list(rows[0])
    text = [[shown(row[name]) for name in names] for row in rows]
    widths = [max(len(n), *(len(line[i]) for line in text)) for i, n in enumerate(names)]
    for line in [names, *text]:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def shown(value: Any) -> str:
    return "" if value is None else str(value)


@contextmanager
def line_by_line() -> Iterator[None]:
    """Say each problem of a file once, with its line, and exit with 1."""
    from loket.catalogue.rules.document import MAX_FINDINGS
    from loket.catalogue.rules.problems import DefinitionErrors

    from . import fail

    try:
        yield
    except DefinitionErrors as refusal:
        lines = [str(problem) for problem in refusal.problems]
        if len(lines) > MOST_LINES:
            more = len(lines) - MOST_LINES
            several = f"{more} more" if len(lines) < MAX_FINDINGS else f"at least {more} more"
            lines = [*lines[:MOST_LINES], f"… and {several}; mend these first."]
        fail("\n".join(lines), code=1)
