"""The command that brings in staff by a file."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from loket.kernel import clock

from . import printing
from .staffing import ACTOR, staff

if TYPE_CHECKING:
    from loket.workforce.rules.importing import Plan

LONGEST = 60


@staff.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@printing.as_json
def import_(file: Path, dry_run: bool, as_json: bool) -> None:
    """Bring in staff from a CSV or XLSX file: all rows, or none if one is wrong."""
    from loket.people.rules import sheets
    from loket.workforce import queries, services

    at = clock.now()
    with file.open("rb") as source:
        data = source.read(sheets.MOST_BYTES + 1)
    lines = queries.read_staff_file(data)
    plan = queries.import_preview(lines, actor=ACTOR, at=at)
    if plan.is_clean and not dry_run:
        plan = services.import_staff(lines=lines, digest=plan.digest, actor=ACTOR, at=at)
    tell(plan, is_done=plan.is_clean and not dry_run, as_json=as_json)
    if not plan.is_clean:
        sys.exit(1)


def tell(plan: Plan, *, is_done: bool, as_json: bool) -> None:
    """Print every row with what it does or why it cannot be."""
    counts = {
        outcome: plan.count(outcome) for outcome in ("new", "changed", "unchanged", "refused")
    }
    rows: list[dict[str, Any]] = []
    for result in plan.results:
        facts = asdict(result)
        facts.pop("step")
        rows.append(facts)
    if as_json:
        printing.data({"done": is_done, "counts": counts, "rows": rows})
        return
    for result in plan.results:
        if result.outcome != "unchanged":
            said = " ".join(result.problems) or ", ".join(result.does)
            name = result.name[:LONGEST]
            click.echo(f"{result.row}: {result.outcome}: {name}: {said}")
    summary = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    click.echo(f"{summary}. {'Done.' if is_done else 'Nothing was changed.'}")


def register(cli: click.Group) -> None:
    cli.add_command(staff)
