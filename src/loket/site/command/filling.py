"""The command that fills a database with the invented government."""

from __future__ import annotations

import logging
import sys
from datetime import datetime

import click

from loket.kernel import clock


@click.command(name="fill-demo")
@click.option("--cases", default=300, show_default=True, help="How much history to invent.")
@click.option("--seed", default=2020, show_default=True, help="Same seed, same history.")
@click.option("--skip-migrations", is_flag=True, help="The database is already migrated.")
def fill_demo(cases: int, seed: int, skip_migrations: bool) -> None:
    """Invent people, offices and four months of cases; say how to sign in."""
    from loket.demo import cast, history, samples, situation, team
    from loket.organisation import queries
    from loket.organisation import services as organisation
    from loket.site import installing

    logging.disable(logging.INFO)  # one line for each of thousands of jobs helps nobody
    at = clock.now()
    began = history.begins(at)
    cast.require_demo()
    for line in installing.install(migrate=not skip_migrations, at=began):
        click.echo(line)
    years = range(began.year, at.year + 2)
    organisation.import_holidays(years=years, actor=cast.SYSTEM, at=began)
    cast.assemble(at=began)
    past = circulars_of_the_past(at=began)
    folder = samples.write(on=queries.today(None, at=at))
    told = history.fill(cases=cases, seed=seed, at=at, progress=show)
    click.echo(f"Cases: {told.added} added, {told.known} were there.")
    today = situation.arise(at=at)
    click.echo(f"Circulars: {past}; {today.flood} holds.")
    shown = team.arise(at=at)
    click.echo(f"Rosters: {shown.rosters} of {team.UNIT}; {shown.clockings} times clocked.")
    for line in sign_in_lines():
        click.echo(line)
    click.echo(f"\nSample papers to upload: {folder}")


def circulars_of_the_past(*, at: datetime) -> str:
    """Load the shipped history and say how much was new.

    A later release may tell it otherwise than it is on record: then the record stays.
    """
    from loket.site import decreeing

    path = decreeing.timeline_path(decreeing.HISTORY)
    if decreeing.differs(path):
        return (
            "those of 2020 to 2025 are on record otherwise than this release tells them, "
            "and are left as they are"
        )
    return f"{len(decreeing.load(path, at=at).circulars)} of 2020 to 2025 added"


def show(done: int, total: int) -> None:
    """Draw the progress on a terminal, and say nothing into a file."""
    if sys.stderr.isatty():
        click.echo(f"\rInventing the history … {done}/{total}", err=True, nl=done == total)


def sign_in_lines() -> list[str]:
    """Return who can sign in, and with what."""
    from loket.demo import roles

    head = ("who", "user name", "role", "unit", "secret for the authenticator app")
    rows = [(p.name, p.username, p.role, p.unit, p.totp_secret) for p in roles.CAST]
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [head, *rows]
    ]
    return [
        "",
        "Staff sign in at /desk/ with user name, password and a code; /demo/ shows the codes.",
        *table,
        f"Password of all: {roles.PASSWORD}    Passphrase for signing: {roles.PASSPHRASE}",
        "",
        f"{roles.RESIDENT} signs in at / with {roles.RESIDENT_EMAIL} or {roles.RESIDENT_PHONE};",
        "the code arrives at /demo/mailbox/.",
    ]


def register(cli: click.Group) -> None:
    cli.add_command(fill_demo)
