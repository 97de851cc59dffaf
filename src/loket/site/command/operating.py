"""Commands that set up, inspect and diagnose."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from loket.kernel import clock

from . import printing


@click.command()
@click.option("--skip-migrations", is_flag=True, help="The database is already migrated.")
def setup(skip_migrations: bool) -> None:
    """Prepare the database, the regions, the calendars, the services and the signer."""
    from loket.site import installing

    for line in installing.install(migrate=not skip_migrations, at=clock.now()):
        click.echo(line)


@click.command()
@click.option("--kind", help="Only units of this kind, such as village.")
@click.option("--function", help="government, civil_registry or licensing.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day.")
@printing.as_json
def units(kind: str | None, function: str | None, on: datetime | None, as_json: bool) -> None:
    """List the units: code, name, kind, parent."""
    from loket.organisation import queries

    day = on.date() if on else queries.today(None, at=clock.now())
    found = queries.units(kind=kind or "", function=function or "", on=day)
    rows = [
        {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "parent": unit.parent.code if unit.parent else None,
            "function": unit.function,
        }
        for unit in found.select_related("parent").order_by("path")
    ]
    printing.table(rows, as_json=as_json)


@click.command()
@click.option("--subject", required=True, help="case:4M9K2TQ-X, document:…, service:BIRTH …")
@printing.as_json
def journal(subject: str, as_json: bool) -> None:
    """Print everything that happened to one subject, oldest first."""
    from loket.journal import queries

    rows = [
        {
            "at": entry.at.isoformat(timespec="seconds"),
            "name": entry.name,
            "actor": entry.actor,
            "actor_name": entry.actor_name,
            "facts": entry.facts,
        }
        for entry in queries.about(subject)
    ]
    if not rows:
        click.echo(f"Nothing is on record about {subject}.", err=True)
        raise SystemExit(1)
    printing.table(rows, as_json=as_json)


@click.group()
def files() -> None:
    """Look at uploads."""


@files.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Save what is kept."
)
@printing.as_json
def inspect(path: Path, out: Path | None, as_json: bool) -> None:
    """Say whether a file would be accepted, cleaned or refused, and why."""
    from django.conf import settings

    from loket.files.rules import sandbox

    verdict = sandbox.inspect(path.read_bytes(), path.name, max_bytes=settings.UPLOAD_MAX_BYTES)
    facts = {
        "file": path.name,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "media_type": verdict.media_type,
        "pages": verdict.pages,
        "width": verdict.width,
        "height": verdict.height,
        "bytes": len(verdict.data or b""),
        "changes": list(verdict.changes),
    }
    if out and verdict.data:
        out.write_bytes(verdict.data)
    if as_json:
        printing.data(facts)
    else:
        for name, value in facts.items():
            click.echo(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
    raise SystemExit(verdict.outcome == "refused")


@click.command()
@printing.as_json
def doctor(as_json: bool) -> None:
    """Check settings, database, queue, signer and mail; say how to mend what is wrong."""
    from loket.site import diagnosing

    findings = diagnosing.examine(at=clock.now())
    rows = [
        {"part": f.part, "state": f.state, "what": f.what, "mend": f.mend} for f in findings
    ]
    printing.table(rows, as_json=as_json)
    raise SystemExit(any(f.state == "wrong" for f in findings))


def register(cli: click.Group) -> None:
    for command in (setup, units, journal, files, doctor):
        cli.add_command(command)
