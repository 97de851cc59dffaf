"""Commands for administrators of services."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from loket.kernel import clock
from loket.kernel.access import Actor

from . import printing

ACTOR = Actor.system("command")


@click.group()
def catalogue() -> None:
    """Check, import, publish and retire services."""


@catalogue.command(name="list")
@printing.as_json
def list_(as_json: bool) -> None:
    """List every version of every service."""
    from loket.catalogue.models import ServiceVersion

    rows = [
        {
            "code": v.code,
            "version": v.version,
            "state": v.state,
            "title": str(v.service.title),
            "published_at": v.published_at.isoformat() if v.published_at else None,
        }
        for v in ServiceVersion.objects.order_by("code", "version")
    ]
    printing.table(rows, as_json=as_json)


@catalogue.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path)
)
@printing.as_json
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Check definitions; every problem with its file, line and reason."""
    from loket.site import defining

    rows = [problem for path in paths for problem in defining.problems(path)]
    if as_json:
        printing.data({"ok": not any(r["level"] == "error" for r in rows), "problems": rows})
    for row in [] if as_json else rows:
        click.echo(f"{row['file']}:{row['line']}: {row['level']}: {row['reason']}", err=True)
    if any(r["level"] == "error" for r in rows):
        raise SystemExit(1)
    if not as_json:
        click.echo(f"{len(paths)} checked, nothing wrong.")


@catalogue.command(name="import")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def import_(path: Path) -> None:
    """Import a definition as the next version of its service; it is not yet published."""
    from loket.site import defining

    version = defining.import_file(path, actor=ACTOR, at=clock.now())
    click.echo(f"{version.code} version {version.version} is {version.state}.")


@catalogue.command()
@click.argument("code")
@click.option("--version", type=int, help="Default: the newest.")
def publish(code: str, version: int | None) -> None:
    """Publish a version; the one before is retired, and open drafts are carried over."""
    from loket.catalogue import services
    from loket.catalogue.models import ServiceVersion
    from loket.kernel.errors import NotFound

    versions = ServiceVersion.objects.filter(code=code.upper()).order_by("-version")
    chosen = versions.filter(version=version).first() if version else versions.first()
    if chosen is None:
        raise NotFound(f"There is no such version of {code.upper()}. Import it first.")
    services.publish(version=chosen, actor=ACTOR, at=clock.now())
    click.echo(f"{chosen.code} version {chosen.version} is published.")


@catalogue.command()
@click.argument("code")
def retire(code: str) -> None:
    """Take a service off the counter; cases that were sent are still handled."""
    from loket.catalogue import queries, services

    version = queries.get(code.upper())
    services.retire(version=version, actor=ACTOR, at=clock.now())
    click.echo(f"{version.code} version {version.version} is retired.")


@catalogue.command()
def schema() -> None:
    """Print the JSON Schema of the service format."""
    from loket.catalogue.rules import parse

    printing.data(parse.schema())


@catalogue.command(name="try")
@click.argument("code")
@click.option("--answers", required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--files", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if filed on this day.")
@printing.as_json
def try_(
    code: str, answers: Path, folder: Path | None, lang: str, on: datetime | None, as_json: bool
) -> None:
    """Check answers exactly as every face does, and print what is wrong by field."""
    from . import trying

    trying.run(code, answers, folder, lang, on, as_json=as_json)


def register(cli: click.Group) -> None:
    cli.add_command(catalogue)
