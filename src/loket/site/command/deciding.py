"""Commands for circulars: what is in force, what one would do, and putting them in force."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from loket.kernel import clock
from loket.kernel.access import Actor

from . import moments, printing

ACTOR = Actor.system("command")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(name="in-force")
@click.option("--unit", required=True, help="Code of the unit; see `loket units`.")
@click.option(
    "--at",
    "at",
    type=moments.MOMENT,
    help="2020-03-20T10:00; without an offset in office time. A day alone means 10:00 on "
    "that day. Default: now.",
)
@click.option("--service", default="", help="Code of the service; see `loket catalogue list`.")
@click.option("--room", default="", help="Code of the room; see `loket rooms list`.")
@printing.as_json
def in_force(unit: str, at: datetime | None, service: str, room: str, as_json: bool) -> None:
    """Say what holds for a unit at a moment, and which circular decided it."""
    from loket.catalogue import queries as catalogue
    from loket.policies import queries

    if service:
        service = catalogue.get(service.upper()).code
    found = queries.in_force(unit=unit, service=service, room=room, at=at or clock.now())
    answer = queries.answer_json(found)
    if as_json:
        printing.data(answer)
        return
    click.echo(f"{answer['unit']} at {answer['at']}\n")
    printing.table(list(parts(answer)), as_json=False)
    for dispute in answer["disputes"]:
        click.echo(
            f"\nDispute about {dispute['part']}: {cited(dispute['holds'])} holds, "
            f"{cited(dispute['yields'])} yields ({dispute['rule']})."
        )


def parts(answer: dict[str, Any]) -> list[dict[str, str]]:
    """Return the parts of an answer that say something, each with what decided it."""
    rows = []
    for section, values in answer.items():
        if not isinstance(values, dict) or section == "because":
            continue
        for name, value in values.items():
            reasons = values["because"].get(name, [])
            if name != "because" and (reasons or value not in ("", None, [], False, 0)):
                because = "; ".join(cited(reason) for reason in reasons)
                part = f"{section}.{name}"
                rows.append({"part": part, "value": shown(value), "because": because})
    if answer["reopens_at"]:
        because = "; ".join(cited(reason) for reason in answer["because"]["reopens_at"])
        row = {"part": "reopens_at", "value": answer["reopens_at"], "because": because}
        rows.append(row)
    return rows


def cited(reason: dict[str, Any]) -> str:
    """Return a reason in one line: circular, article, period."""
    label = reason.get("circular") or f"closure {reason.get('closure')}"
    begins, ends = reason["period"]["from"], reason["period"]["to"]
    until = f"to {ends[:16]}" if ends else "until evaluated"
    return f"{label}, {reason['article']}, from {begins[:16]} {until}"


def shown(value: Any) -> str:
    """Return a value for people: hours, shifts and lists in words."""
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, dict):
        pause = f" (break {'-'.join(value['break'])})" if value["break"] else ""
        return f"{value['name']}: {value['from']}-{value['to']}{pause}"
    return str(value)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only print what it would do, as JSON.")
@click.option("--cases", type=FILE, help="With --dry-run: write every case that moves, as CSV.")
@click.option("--author", help="User name of who wrote it.")
@click.option("--by", help="User name of who enacts it: somebody else.")
@click.option("--reason", default="", help="Why it is enacted after it began.")
def enact(
    path: Path,
    dry_run: bool,
    cases: Path | None,
    author: str | None,
    by: str | None,
    reason: str,
) -> None:
    """Put the circular in a file in force, or only say what it would do.

    The dry run does everything and undoes it: afterwards the database is as before.
    """
    from loket.site import decreeing

    from . import listing

    at = clock.now()
    if dry_run:
        with printing.line_by_line():
            made = decreeing.try_out(path, at=at)
        if cases:
            listing.moved_cases(made, cases)
        printing.data(made.impact)
        return
    if cases:
        raise click.UsageError("--cases goes with --dry-run.")
    if not author or not by:
        raise click.UsageError("Give --author and --by: two people put a circular in force.")
    with printing.line_by_line():
        circular = decreeing.enact(
            path, author=staff(author, at=at), by=staff(by, at=at), reason=reason, at=at
        )
    click.echo(f"{circular} is enacted; its code is {circular.code}.")


def staff(username: str, *, at: datetime) -> Actor:
    """Return one of the staff, with what their posts allow.

    :raises NotFound: if there is nobody of that name.
    """
    from loket.people import queries as people

    from .staffing import account_of

    return people.actor_for(account_of(username), at=at)


@click.command()
@click.argument("timeline")
@click.option("--dry-run", is_flag=True, help="Only check it.")
@printing.as_json
def scenario(timeline: str, dry_run: bool, as_json: bool) -> None:
    """Load a timeline of circulars, closures and zones: a file, or jakarta-2020-2025.

    What is on record already is left as it is, so it can be repeated.
    """
    from loket.site import decreeing

    path = decreeing.timeline_path(timeline)
    with printing.line_by_line():
        if dry_run:
            found = decreeing.check(path)
            report = {
                "circulars": [circular.label for circular in found.circulars],
                "closures": [f"{c.reason} from {c.since}" for c in found.closures],
                "zones": [f"{z.region} {z.scheme} {z.value}" for z in found.zones],
            }
        else:
            loaded = decreeing.load(path, at=clock.now())
            report = {
                "circulars": list(loaded.circulars),
                "closures": list(loaded.closures),
                "zones": list(loaded.zones),
            }
    if as_json:
        printing.data(report)
        return
    for label in report["circulars"]:
        click.echo(label)
    done = "checked" if dry_run else "loaded"
    counts = ", ".join(f"{len(labels)} {kind}" for kind, labels in report.items())
    click.echo(f"{path.name}: {counts} {done}.")


@click.command()
@click.option("--state", type=click.Choice(["draft", "enacted"]), help="Only these.")
@printing.as_json
def circulars(state: str | None, as_json: bool) -> None:
    """List circulars, the latest first, with when each holds."""
    from loket.policies import queries

    ends = queries.effective_ends()
    rows = [
        {
            "code": row.code,
            "state": row.state,
            "issuer": row.issuer,
            "number": row.number,
            "date": row.date.isoformat(),
            "from": moments.written(row.starts_at),
            "to": moments.written(ends.get(row.code, row.ends_at)),
            "title": row.title_en,
        }
        for row in queries.circulars(actor=ACTOR, state=state or "")
    ]
    printing.table(rows, as_json=as_json)


@click.command(name="circular-schema")
@click.option("--timeline", is_flag=True, help="Of a whole timeline.")
def circular_schema(timeline: bool) -> None:
    """Print the JSON Schema of the circular format."""
    from loket.policies.rules import schema

    printing.data(schema.of_timeline() if timeline else schema.of_circular())


def register(cli: click.Group) -> None:
    for command in (in_force, enact, scenario, circulars, circular_schema):
        cli.add_command(command)
