"""The command that verifies a document, without the network and without the database."""

from __future__ import annotations

from pathlib import Path

import click

from loket.kernel import clock

from . import printing


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--authority",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificate of the authority (PEM). Default: this installation's.",
)
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Published keys (JWKS). Default: this installation's.",
)
@printing.as_json
def verify(path: Path, authority: Path | None, keys: Path | None, as_json: bool) -> None:
    """Say whether a PDF is a certificate signed here and not changed since.

    Needs no network: only the published authority and keys. Whether it was revoked since
    is known to the verify page alone.
    """
    from loket.site import verifying

    facts = verifying.examine(path.read_bytes(), authority=authority, keys=keys, at=clock.now())
    if as_json:
        printing.data(facts)
    else:
        for name, value in facts.items():
            click.echo(f"{name}: {value}")
    raise SystemExit(not facts["valid"])


def register(cli: click.Group) -> None:
    cli.add_command(verify)
