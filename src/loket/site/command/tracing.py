"""The command that says whom somebody met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from loket.kernel import clock
from loket.kernel.access import Actor

from . import moments, printing

if TYPE_CHECKING:
    from loket.people.models import Account
    from loket.workforce.rules.tracing import ContactFound

ACTOR = Actor.system("command")
DAYS = click.IntRange(1, 28)


@click.command()
@click.option(
    "--position",
    required=True,
    help="Number of a post, `account:` and the number of an account, or a user name.",
)
@click.option(
    "--at", "moment", required=True, type=moments.MOMENT, help="Contacts until this moment."
)
@click.option("--days", type=DAYS, default=14, show_default=True, help="So many days before.")
@printing.as_json
def trace(position: str, moment: datetime, days: int, as_json: bool) -> None:
    """List who was in the same rooms as somebody. Each look is written into the journal."""
    from django.conf import settings

    from loket.incidents import services
    from loket.organisation import queries as organisation

    today = organisation.today(None, at=moment)
    since, until = today - timedelta(days=days), today + timedelta(days=1)
    found = services.look_up_contacts(
        account=whom(position),
        since=since,
        until=until,
        known_at=moment,
        actor=ACTOR,
        at=clock.now(),
    )
    names = called(found)
    rows = [
        {
            "name": names[0][contact.account],
            "close": contact.is_close(
                since=since, until=until, minutes=settings.CLOSE_CONTACT_MINUTES
            ),
            "minutes": contact.minutes,
            "last": contact.last_on.isoformat(),
            "rooms": ", ".join(
                dict.fromkeys(names[1][each.room] for each in contact.occasions)
            ),
        }
        | ({"occasions": occasions(contact, names[1])} if as_json else {})
        for contact in found
    ]
    if not rows and not as_json:
        click.echo("Nobody is known to have been in the same rooms.")
        return
    printing.table(rows, as_json=as_json)


def whom(position: str) -> Account:
    """Return who holds a post, or has an account.

    :raises NotFound: if there is none on the staff.
    """
    from loket.kernel.errors import NotFound
    from loket.people.models import Account

    staff = Account.objects.filter(kind=Account.Kind.STAFF)
    kind, sign, number = position.partition(":")
    if sign and kind == "account" and is_key(number):
        found = staff.filter(pk=int(number)).first()
    elif is_key(position):
        found = staff.filter(positions=int(position)).first()
    else:
        found = staff.filter(username=position).first()
    if found is None:
        raise NotFound(f"There is no post and nobody on the staff by “{position}”.")
    return found


def is_key(text: str) -> bool:
    """Say whether a text can be the number of a row."""
    most = 18
    return text.isascii() and text.isdecimal() and len(text) <= most


def called(found: Iterable[ContactFound]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the names of the people and of the rooms of contacts."""
    from loket.organisation.models import Room
    from loket.people.models import Account

    rooms = {each.room for contact in found for each in contact.occasions}
    people = Account.objects.filter(pk__in=[contact.account for contact in found])
    return (
        {account.pk: str(account) for account in people},
        dict(Room.objects.filter(pk__in=rooms).values_list("pk", "name")),
    )


def occasions(contact: ContactFound, rooms: dict[int, str]) -> list[dict[str, Any]]:
    """Return each time of a contact, in office time."""
    return [
        {
            "room": rooms[each.room],
            "from": moments.written(each.starts_at),
            "to": moments.written(each.ends_at),
            "minutes": each.minutes,
            "source": each.source,
        }
        for each in contact.occasions
    ]


def register(cli: click.Group) -> None:
    cli.add_command(trace)
