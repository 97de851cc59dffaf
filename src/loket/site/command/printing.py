"""How commands print: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


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
    from loket.catalogue.rules.problems import DefinitionErrors

    from . import fail

    try:
        yield
    except DefinitionErrors as refusal:
        fail("\n".join(str(problem) for problem in refusal.problems), code=1)
