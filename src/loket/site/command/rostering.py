"""Commands for rosters: plan one, check one from a file, explain days that cannot be staffed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from loket.kernel import clock

from . import printing

if TYPE_CHECKING:
    from loket.organisation.models import Unit
    from loket.workforce.queries.staff.naming import Naming
    from loket.workforce.rules.exchange import Exchanged
    from loket.workforce.rules.problem import Day, Plan, Problem, Turn

DAY = click.DateTime(["%Y-%m-%d"])
LONGEST = 92
"""Days of one roster."""
BLOCKS = click.Choice(["day", "week", "fortnight"])
UNIT = click.option(
    "--unit", "code", required=True, help="Code of the unit; see `loket units`."
)


@click.group()
def roster() -> None:
    """Plan who is in the office, check any roster, explain what is impossible."""


@roster.command()
@UNIT
@click.option("--from", "since", type=DAY, required=True, help="First day.")
@click.option("--to", "last", type=DAY, required=True, help="Last day.")
@click.option("--teams", type=click.IntRange(0, 20), default=0, help="Groups that take turns.")
@click.option("--block", type=BLOCKS, default="week", help="How long a group's turn lasts.")
@printing.as_json
def plan(
    code: str, since: datetime, last: datetime, teams: int, block: Any, as_json: bool
) -> None:
    """Plan a roster by the law in force, prove it and print it. Nothing is kept.

    With --json, what is printed is a file for `loket roster check`.
    """
    from loket.organisation import queries as organisation
    from loket.workforce import queries
    from loket.workforce.rules import checking, exchange, planning

    days = days_of(since, last)
    unit = organisation.unit(code)
    queries.require_calendar(unit=unit, since=days[0], until=days[1])
    problem = queries.problem_for(
        unit=unit, since=days[0], until=days[1], at=clock.now(), teams=teams, block=block
    )
    require_work(problem, unit)
    found = planning.plan(problem, is_repair=bool(problem.published))
    if as_json:
        printing.data(exchange.written(problem, found.turns, found))
        return
    printing.table(list(rows(problem, found.turns, unit)), as_json=False)
    click.echo()
    for sentence in why(problem, {shortage.on for shortage in found.shortages}, unit):
        click.echo(sentence)
    for line in proof(found, checking.verify(problem, found)):
        click.echo(line)


@roster.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--law", "by_law", is_flag=True, help="By the law and the staff of now.")
@printing.as_json
def check(path: Path, by_law: bool, as_json: bool) -> None:
    """Say every rule that the roster in a file breaks, and whether its proof holds.

    By the rules in the file, without the database; with --law, by what this installation
    knows of the unit now. Exit code 1 if anything is wrong.
    """
    from loket.workforce.rules import checking, exchange

    found = exchange.read(text(path))
    problem, naming = lawful(found) if by_law else (found.problem, None)
    broken = checking.check(problem, found.turns)
    sentences = naming.broken(broken) if naming else checking.sentences(broken, names={})
    wrong = [] if by_law or not found.plan else list(checking.verify(problem, found.plan))
    if as_json:
        rules = zip(broken, sentences, strict=True)
        listed = [{"on": b.on, "rule": b.rule, "sentence": words} for b, words in rules]
        printing.data(
            {"broken": listed, "proof": wrong, "proven": is_proven(found, by_law, wrong)}
        )
    else:
        for sentence in [*sentences, *wrong]:
            click.echo(sentence)
        if not broken and not wrong:
            click.echo("Every rule is kept.")
        if is_proven(found, by_law, wrong):
            click.echo("The proof holds: no better roster exists.")
    raise SystemExit(bool(broken or wrong))


@roster.command()
@UNIT
@click.option("--on", "on", type=DAY, help="One day.")
@click.option("--from", "since", type=DAY, help="First day.")
@click.option("--to", "last", type=DAY, help="Last day.")
@printing.as_json
def explain(
    code: str, on: datetime | None, since: datetime | None, last: datetime | None, as_json: bool
) -> None:
    """Say why days cannot be staffed whole, and what would help."""
    from loket.organisation import queries as organisation
    from loket.workforce import queries

    since, last = on or since, on or last
    if since is None or last is None:
        raise click.UsageError("Give --on DAY, or --from DAY and --to DAY.")
    first, until = days_of(since, last)
    unit = organisation.unit(code)
    queries.require_calendar(unit=unit, since=first, until=until)
    problem = queries.problem_for(unit=unit, since=first, until=until, at=clock.now())
    require_work(problem, unit)
    found = list(reasons(problem, unit))
    if as_json:
        printing.data(found)
        return
    for reason in found:
        click.echo(reason["sentence"])
        for way in reason["helps"]:
            click.echo(f"    {way}")
    if not found:
        click.echo("Every working day among these can be staffed.")


def days_of(since: datetime, last: datetime) -> tuple[date, date]:
    """Return the first day and the day after the last."""
    if last < since:
        raise click.UsageError("--to lies before --from.")
    if (last - since).days >= LONGEST:
        raise click.UsageError(f"A roster has {LONGEST} days at most.")
    return since.date(), last.date() + timedelta(days=1)


def require_work(problem: Problem, unit: Unit) -> None:
    """Stop if there is nobody, or no day, to plan.

    :raises Invalid: if so.
    """
    from loket.kernel.errors import Invalid

    if not problem.members:
        raise Invalid(f"{unit.name} has no staff in these days.")
    if not problem.days:
        raise Invalid(f"{unit.name} does not work on any of these days.")


def text(path: Path) -> str:
    """Return what a file says.

    :raises Invalid: if it is no text.
    """
    from loket.kernel.errors import Invalid

    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Invalid(f"{path} is no text in UTF-8.") from error


def lawful(found: Exchanged) -> tuple[Problem, Naming]:
    """Return the problem of the same unit and days as the law and the records have it now."""
    from loket.organisation import queries as organisation
    from loket.workforce import queries
    from loket.workforce.queries.staff.naming import naming

    unit = organisation.unit(found.problem.unit)
    days = [day.on for day in found.problem.days] + [turn.on for turn in found.turns]
    if not days:
        raise click.UsageError("The file has no days.")
    until = max(days) + timedelta(days=1)
    problem = queries.problem_for(
        unit=unit, since=min(days), until=until, at=clock.now(), published=frozenset()
    )
    return problem, naming(problem, unit=unit)


def is_proven(found: Exchanged, by_law: bool, wrong: list[str]) -> bool:
    return bool(found.plan and found.plan.is_proven and not by_law and not wrong)


def rows(problem: Problem, turns: tuple[Turn, ...], unit: Unit) -> Iterator[dict[str, str]]:
    """Yield a line for each day, shift and place, with who is there."""
    from loket.workforce.queries.staff.naming import naming

    called = naming(problem, unit=unit)
    for day in problem.days:
        for shift, counter in places(day):
            there = [
                called.names.get(turn.member, turn.member)
                for turn in turns
                if (turn.on, turn.shift, turn.counter) == (day.on, shift, counter)
            ]
            if there or counter:
                yield {
                    "day": f"{day.on:%a} {day.on}",
                    "shift": shift or "–",
                    "counter": called.counters.get(counter, counter) or "own desk",
                    "people": ", ".join(there) or "nobody",
                }


def places(day: Day) -> Iterator[tuple[str, str]]:
    for span in day.shifts:
        for need in day.needs:
            if need.shift == span.name:
                yield span.name, need.counter
        yield span.name, ""


def reasons(problem: Problem, unit: Unit) -> Iterator[dict[str, Any]]:
    """Yield why days cannot be staffed, with what would help."""
    from loket.workforce.queries.staff.naming import naming
    from loket.workforce.rules import explaining

    called = naming(problem, unit=unit)
    more = {"names": called.names, "counters": called.counters, "rooms": called.rooms}
    for day in problem.days:
        for reason in explaining.explain(problem, day.on):
            helps = explaining.ways_out(explaining.helps(problem, reason), **more)
            (sentence,) = called.reasons((reason,))
            yield {"on": day.on, "sentence": sentence, "helps": list(helps)}


def why(problem: Problem, days: set[date], unit: Unit) -> Iterator[str]:
    if days:
        for reason in reasons(problem, unit):
            if reason["on"] in days:
                yield reason["sentence"]


def proof(found: Plan, wrong: tuple[str, ...]) -> Iterator[str]:
    """Yield what is proven of a plan, after checking it."""
    aims = found.objective
    yield (
        f"{len(found.turns)} turns; uncovered {aims.uncovered}, posts missing {aims.pinned}, "
        f"changes {aims.changes}, sum of squared turns {aims.unfairness}."
    )
    if found.team_of:
        teams = len(set(found.team_of.values()))
        yield (
            f"{teams} groups; {found.off_team} turns outside the own block, "
            f"at most {found.gap:.0%} more than the least."
        )
    if wrong:
        yield from wrong
    elif found.is_proven:
        yield "Proven, and the proof checked: no better roster exists."
    else:
        yield "Not proven to be the best."


def register(cli: click.Group) -> None:
    cli.add_command(roster)
