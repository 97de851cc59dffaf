"""Commands that say on which days and at which hours offices work."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid

from . import printing

if TYPE_CHECKING:
    from loket.organisation.models import Unit
    from loket.organisation.services import DecreedDay

ACTOR = Actor.system("command")
KINDS = ("public_holiday", "joint_leave", "local_holiday", "working_day")
DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

source = click.option(
    "--source", required=True, help="The decision behind it, with its number."
)
of_unit = click.option(
    "--unit", "code", default="", help="Only there and below; else the nation."
)


@click.group()
def calendar() -> None:
    """Keep the holidays by which due dates are counted, and opening hours."""


def unit_of(code: str) -> Unit | None:
    from loket.organisation import queries

    return queries.unit(code) if code else None


@calendar.command(name="list")
@click.argument("year", type=int)
@of_unit
@printing.as_json
def list_(year: int, code: str, as_json: bool) -> None:
    """List the days of a year on which the rule of the week does not hold."""
    from loket.organisation import queries

    days = queries.calendar(unit_of(code), [year]).days
    rows = [
        {"on": on, "works": "yes" if day.is_working else "no", "name": day.name}
        for on, day in sorted(days.items())
    ]
    printing.table(rows, as_json=as_json)


@calendar.command()
@click.argument("year", type=int)
@click.option("--days", "path", required=True, type=FILE, help="CSV with on, kind, name.")
@source
def decree(year: int, path: Path, source: str) -> None:
    """Put a year's decree on record: all public holidays and all joint leave of the nation."""
    from loket.organisation import services

    days = read_days(path)
    services.set_year(year=year, days=days, source=source, actor=ACTOR, at=clock.now())
    click.echo(f"{year}: {len(days)} days are on record.")


def read_days(path: Path) -> list[DecreedDay]:
    """Return the days of a CSV file.

    :raises Invalid: if it lacks a column, or a day is none.
    """
    from loket.organisation.services import DecreedDay

    with path.open(encoding="utf-8-sig", newline="") as lines:
        try:
            return [
                DecreedDay(datetime.fromisoformat(r["on"]).date(), r["kind"], r["name"].strip())
                for r in csv.DictReader(lines)
            ]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Invalid(f"{path} must have the columns on, kind, name: {error}.") from None


@calendar.command(name="set")
@click.argument("day", type=DAY)
@click.option("--kind", required=True, type=click.Choice(KINDS))
@click.option("--name", required=True, help="As the timeline of a case shows it.")
@of_unit
@source
def set_(day: datetime, kind: str, name: str, code: str, source: str) -> None:
    """Make one day a holiday or a working day."""
    from loket.organisation import services

    services.set_day(
        on=day.date(),
        kind=kind,
        name=name,
        source=source,
        unit=unit_of(code),
        actor=ACTOR,
        at=clock.now(),
    )
    click.echo(f"{day:%Y-%m-%d}: {kind} ({name}).")


@calendar.command()
@click.argument("day", type=DAY)
@of_unit
@source
def clear(day: datetime, code: str, source: str) -> None:
    """Take back what was set by hand for a day."""
    from loket.organisation import services

    services.clear_day(
        on=day.date(), source=source, unit=unit_of(code), actor=ACTOR, at=clock.now()
    )
    click.echo(f"{day:%Y-%m-%d}: as the decree and the week have it.")


@calendar.command()
@click.argument("code")
@click.option("--hours", "path", required=True, type=FILE, help="JSON: weekday to periods.")
def hours(code: str, path: Path) -> None:
    """Set the opening hours of an office, all week."""
    from loket.organisation import queries, services

    from . import trying

    services.set_hours(
        unit=queries.unit(code),
        hours=trying.read_object(path),
        actor=ACTOR,
        at=clock.now(),
    )
    click.echo(f"The hours of {code} are set.")


def register(cli: click.Group) -> None:
    cli.add_command(calendar)
