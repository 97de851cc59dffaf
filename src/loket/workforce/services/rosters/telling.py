"""People are told of their turns, heads of what needs them: by jobs, so that nobody waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.messaging import services as messaging
from loket.messaging.queries import page_address, recipients
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.models import Roster, Turn
from loket.workforce.queries.rosters.standing import standing_turns

TELL = "loket.workforce.tasks.rosters.tell_turns"
BATCH = 100
"""People in one job: it holds the write lock of SQLite only for a moment."""

SHOWN = 31
"""Turns that a notice lists."""


def enqueue_told(roster: Roster, accounts: Iterable[int], *, at: datetime) -> int:
    """Queue the notices to people whose turns changed; return how many people."""
    wanted = sorted(set(accounts))
    for first in range(0, len(wanted), BATCH):
        jobs.enqueue(
            TELL,
            at=at,
            roster=roster.code,
            revision=roster.revision,
            accounts=wanted[first : first + BATCH],
        )
    return len(wanted)


def tell_turns(
    *, roster: Roster, revision: int, accounts: Iterable[int], actor: Actor, at: datetime
) -> int:
    """Queue a notice to each of these people about their turns as they are; twice is once.

    Return how many can be told.
    """
    wanted = list(accounts)
    since = max(roster.starts_on, organisation.today(roster.unit, at=at))
    if since >= roster.ends_on:
        return 0
    turns: dict[int, list[Turn]] = {number: [] for number in wanted}
    stand = standing_turns(unit=roster.unit, since=since, until=roster.ends_on)
    for turn in stand.filter(account_id__in=wanted):
        turns[turn.account_id].append(turn)
    told = 0
    everybody = list(Account.objects.filter(pk__in=wanted).order_by("pk"))
    reached = recipients(everybody)
    with transaction.atomic():
        for person in everybody:
            message = messaging.send(
                notice="roster_published",
                to=reached[person.pk],
                subject=roster.subject,
                key=f"{roster.subject}:{revision}:{person.pk}",
                facts=_about(roster, since, turns[person.pk], person),
                actor=actor,
                at=at,
            )
            told += message is not None
    return told


def planners(unit: Unit, *, of: Collection[Account] = (), at: datetime) -> list[Account]:
    """Return who plans a unit: its heads, or else those of the nearest unit above.

    Where it is about turns ``of`` some people, a unit that one of them heads is passed over.
    """
    today = organisation.today(unit, at=at)
    return people.nearest_heads(unit.path, on=today, besides={each.pk for each in of})


def day_words(on: date) -> str:
    """Return a day as it is written in the language in use."""
    return str(written(on, "l, j F Y"))


def turn_words(turn: Turn, unit: Unit) -> str:
    """Return a turn in one line: day, hours, counter and room."""
    zone = organisation.zone(unit)
    since, until = (moment.astimezone(zone) for moment in (turn.starts_at, turn.ends_at))
    where = [turn.counter.title if turn.counter else "", turn.room.name if turn.room else ""]
    parts = [f"{since:%H.%M}-{until:%H.%M}", *(part for part in where if part)]
    return f"{day_words(turn.on)}: {', '.join(parts)}"


def _about(roster: Roster, since: date, turns: list[Turn], person: Account) -> dict[str, str]:
    with override(person.language):
        lines = [f"- {turn_words(turn, roster.unit)}" for turn in turns[:SHOWN]]
        if len(turns) > SHOWN:
            lines.append(_("… and %(count)s more") % {"count": len(turns) - SHOWN})
        last = date.fromordinal(roster.ends_on.toordinal() - 1)
        return {
            "unit": roster.unit.name,
            "starts_on": since.isoformat(),
            "ends_on": last.isoformat(),
            "turns": "\n".join(lines),
            "count": str(len(turns)),
            "url": page_address("/desk/turns/"),
        }
