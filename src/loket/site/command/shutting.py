"""Commands that shut an office at once, write down what was done, and open it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from loket.kernel import clock
from loket.kernel.access import Actor

from . import moments, printing

ACTOR = Actor.system("command")
REASONS = ("positive_case", "flood", "fire", "blackout", "unrest", "other")
RECORDS = ("disinfection", "tracing", "safety_check")


@click.command()
@click.option("--unit", "units", multiple=True, help="Code of a unit; all below it too.")
@click.option("--place", default="", help="Code of a building; see `loket places list`.")
@click.option("--floor", default="", help="Only this floor or block of the building.")
@click.option("--room", default="", help="Code of a room.")
@click.option("--reason", required=True, type=click.Choice(REASONS))
@click.option("--basis", required=True, help="The rule that demands it, with its article.")
@click.option("--from", "since", type=moments.MOMENT, help="Default: now.")
@click.option("--words", help="Why, in one sentence for residents (Indonesian).")
@click.option("--words-en", help="The same in English.")
@click.option("--dry-run", is_flag=True, help="Only print what it would do, as JSON.")
def close(since: datetime | None, dry_run: bool, words: str | None, **given: Any) -> None:
    """Shut units, a building, a floor or a room, for at least what the reason demands."""
    from loket.kernel.errors import Invalid
    from loket.policies import services
    from loket.policies.rules.format import ClosureForm

    at = clock.now()
    english = given.pop("words_en")
    if words:
        given["words"] = {"id": words, "en": english or words}
    try:
        form = ClosureForm.model_validate({**given, "from": since or at})
    except ValueError as error:
        raise Invalid(complaint(error)) from None
    if dry_run:
        printing.data(services.preview_closure(form=form, actor=ACTOR, at=at))
        return
    closure = services.close(form=form, actor=ACTOR, at=at)
    click.echo(f"{closure} is shut; it may open again from {closure.earliest_at.isoformat()}.")
    if closure.required:
        click.echo(f"Before that, record with `loket record`: {', '.join(closure.required)}.")


def complaint(error: ValueError) -> str:
    """Return what is wrong with a form, one sentence a line."""
    problems: list[dict[str, Any]] = getattr(error, "errors", list)()
    return "\n".join(p["msg"].removeprefix("Value error, ") for p in problems) or str(error)


@click.command()
@click.argument("code")
@click.option("--kind", required=True, type=click.Choice(RECORDS))
@click.option("--at", "done_at", type=moments.MOMENT, help="When it was done. Default: now.")
@click.option("--words", required=True, help="Who did what.")
def record(code: str, kind: str, done_at: datetime | None, words: str) -> None:
    """Write down what was done in a shut office, such as disinfection."""
    from loket.policies import queries, services

    at = clock.now()
    closure = queries.closure(code)
    services.record(
        closure=closure, kind=kind, done_at=done_at or at, words=words, actor=ACTOR, at=at
    )
    missing = queries.missing_records(queries.closure(code))
    click.echo(
        f"{kind} is on record." + (f" Missing: {', '.join(missing)}." if missing else "")
    )


@click.command()
@click.argument("code")
@click.option("--at", "moment", type=moments.MOMENT, help="Default: as soon as it may.")
def reopen(code: str, moment: datetime | None) -> None:
    """Open a shut office again, once the minimum is over and the records are there."""
    from loket.policies import queries, services

    at = clock.now()
    closure = services.reopen(
        closure=queries.closure(code), at_moment=moment, actor=ACTOR, at=at
    )
    click.echo(f"{closure} ends at {moments.written(closure.reopened_at)}.")


@click.command()
@click.option("--open", "open_only", is_flag=True, help="Only those not reopened.")
@printing.as_json
def closures(open_only: bool, as_json: bool) -> None:
    """List shut offices, the latest first."""
    from loket.policies import queries

    rows = [
        {
            "code": row.code,
            "reason": row.reason,
            "what": " ".join(scoped(row.scope)),
            "from": moments.written(row.starts_at),
            "earliest": moments.written(row.earliest_at),
            "reopened": moments.written(row.reopened_at),
            "missing": ", ".join(queries.missing_records(row)),
        }
        for row in queries.closures(open_only=open_only)
    ]
    printing.table(rows, as_json=as_json)


def scoped(scope: dict[str, Any]) -> list[str]:
    """Return what a closure covers, as codes."""
    return [
        *scope.get("units", ()),
        *(scope[k] for k in ("place", "floor", "room") if k in scope),
    ]


def register(cli: click.Group) -> None:
    for command in (close, record, reopen, closures):
        cli.add_command(command)
