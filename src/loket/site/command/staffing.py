"""Commands that only an operator may give: staff, their posts, and jobs that were given up."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

import click

from loket.kernel import clock
from loket.kernel.access import Actor

from . import printing

if TYPE_CHECKING:
    from loket.people.models import Account

ACTOR = Actor.system("command")
DAY = click.DateTime(["%Y-%m-%d"])
PASSWORD_BYTES = 12


@click.group()
def staff() -> None:
    """Open accounts for staff, appoint them, and help who lost a phone or a password."""


def account_of(username: str) -> Account:
    """Return an account of the staff.

    :raises NotFound: if there is none.
    """
    from loket.kernel.errors import NotFound
    from loket.people.models import Account

    found = Account.objects.filter(username=username, kind=Account.Kind.STAFF).first()
    if found is None:
        raise NotFound(f"There is nobody on the staff called {username}.")
    return found


def tell_password(username: str, password: str) -> None:
    """Print a password once; it is kept nowhere."""
    click.echo(f"{username} signs in with the password {password}")
    click.echo("and is asked to set up a second factor. Hand it over in person.")


@staff.command(name="list")
@printing.as_json
def list_(as_json: bool) -> None:
    """List everybody on the staff with their present posts."""
    from loket.organisation import queries as organisation
    from loket.people import queries
    from loket.people.models import Account

    today = organisation.today(None, at=clock.now())
    rows = [
        {
            "username": account.username,
            "name": account.full_name,
            "posts": ", ".join(
                f"{post.role} {post.unit.code}"
                for post in queries.positions_of(account, on=today)
            ),
            "second_factor": not queries.needs_second_factor(account),
        }
        for account in Account.objects.filter(kind=Account.Kind.STAFF).order_by("username")
    ]
    printing.table(rows, as_json=as_json)


@staff.command()
@click.argument("username")
@click.option("--name", required=True, help="Full name, as documents print it.")
@click.option("--email", default="", help="Must be the directory's, if staff sign in there.")
def add(username: str, name: str, email: str) -> None:
    """Open an account and print its first password."""
    from loket.people import services

    password = secrets.token_urlsafe(PASSWORD_BYTES)
    services.create_staff(
        username=username,
        full_name=name,
        email=email,
        password=password,
        actor=ACTOR,
        at=clock.now(),
    )
    tell_password(username, password)


@staff.command()
@click.argument("username")
@click.option("--unit", "code", required=True, help="Code of the unit; see `loket units`.")
@click.option("--role", required=True, help="Such as officer, head, personnel or tracer.")
@click.option("--title", required=True, help="As documents print it.")
@click.option("--level", default="", help="Structural level, such as IV.a; default: none.")
@click.option(
    "--basis",
    type=click.Choice(["definitive", "acting", "delegated"]),
    default="definitive",
    show_default=True,
    help="acting: Plt.; delegated: Plh., which needs --to.",
)
@click.option("--from", "starts", type=DAY, help="Default: today.")
@click.option("--to", "ends", type=DAY, help="First day without the post; default: open.")
def appoint(
    username: str,
    code: str,
    role: str,
    title: str,
    level: str,
    basis: str,
    starts: datetime | None,
    ends: datetime | None,
) -> None:
    """Give somebody a post in a unit."""
    from loket.organisation import queries as organisation
    from loket.people import services

    at = clock.now()
    position = services.appoint(
        account=account_of(username),
        unit=organisation.unit(code),
        role=role,
        title=title,
        level=level,
        basis=basis,
        starts_on=starts.date() if starts else organisation.today(None, at=at),
        ends_on=ends.date() if ends else None,
        actor=ACTOR,
        at=at,
    )
    click.echo(f"{username} is {position.role} of {position.unit.name}.")


@staff.command()
@click.argument("username")
@click.option("--unit", "code", required=True, help="Code of the unit.")
@click.option("--role", required=True, help="Such as officer, head, personnel or tracer.")
@click.option("--on", "day", type=DAY, help="First day without the post; default: today.")
def dismiss(username: str, code: str, role: str, day: datetime | None) -> None:
    """End somebody's post in a unit; from that day it gives nothing."""
    from loket.kernel.errors import NotFound
    from loket.organisation import queries as organisation
    from loket.people import queries, services

    at = clock.now()
    today = organisation.today(None, at=at)
    posts = queries.positions_of(account_of(username), on=today)
    post = posts.filter(unit__code=code, role=role).first()
    if post is None:
        raise NotFound(f"{username} is not {role} of {code} today.")
    last = day.date() if day else today
    services.end_position(position=post, on=last, actor=ACTOR, at=at)
    click.echo(f"{username} is {role} of {post.unit.name} until {last}, that day not included.")


@staff.command()
@click.argument("username")
def reset(username: str) -> None:
    """Give a new password and forget the second factor."""
    from loket.people import services

    password = secrets.token_urlsafe(PASSWORD_BYTES)
    account = account_of(username)
    services.reset_sign_in(account=account, password=password, actor=ACTOR, at=clock.now())
    tell_password(username, password)


@staff.command(name="enrol-signer")
@click.argument("username")
@click.option("--title", required=True, help="Printed above the office, such as Kepala.")
@click.password_option("--passphrase", help="Typed by the signer; kept nowhere.")
def enrol_signer(username: str, title: str, passphrase: str) -> None:
    """Give somebody a key of the local signer; an earlier one is revoked."""
    from loket.documents.signers import local

    account = account_of(username)
    identity = local.enrol(
        signer_ref=account.ref,
        name=account.full_name,
        title=title,
        passphrase=passphrase,
        at=clock.now(),
    )
    click.echo(f"{identity.name} can sign until {identity.not_after:%Y-%m-%d}.")


@click.group()
def jobs() -> None:
    """Look at background work that was given up."""


@jobs.command()
@printing.as_json
def dead(as_json: bool) -> None:
    """List the jobs that were given up, with their reason."""
    from loket.jobs import queries

    rows = [
        {
            "ref": job.ref,
            "task": job.task,
            "attempts": job.attempts,
            "ended_at": job.ended_at,
            "error": job.error.strip().splitlines()[-1] if job.error.strip() else "",
        }
        for job in queries.dead()[:200]
    ]
    printing.table(rows, as_json=as_json)


@jobs.command()
@click.argument("refs", nargs=-1, required=True)
def retry(refs: tuple[str, ...]) -> None:
    """Try jobs again that were given up."""
    from loket.jobs import services

    for ref in refs:
        services.retry(ref, actor=ACTOR, at=clock.now())
        click.echo(f"{ref} is tried again.")


def register(cli: click.Group) -> None:
    for command in (staff, jobs):
        cli.add_command(command)
