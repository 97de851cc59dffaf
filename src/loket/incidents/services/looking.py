"""Looks at who was positive and whom people met. Each one is told to the journal."""

from __future__ import annotations

from datetime import date, datetime

from loket.incidents.access import HANDLE
from loket.incidents.events import IncidentViewed, PersonTraced
from loket.incidents.models import Incident
from loket.kernel.access import Actor, require
from loket.kernel.events import announce
from loket.people.models import Account
from loket.workforce import queries as workforce
from loket.workforce.rules.tracing import ContactFound


def look(*, incident: Incident, actor: Actor, at: datetime) -> None:
    """Write down that somebody of the team opens an incident.

    :raises NotAllowed: if the actor does not handle incidents of the unit.
    """
    require(actor, HANDLE, scope=incident.unit_path)
    announce(
        IncidentViewed(actor=actor, at=at, subject=incident.subject, unit=incident.unit_path)
    )


def look_up_contacts(
    *,
    account: Account,
    since: date,
    until: date,
    known_at: datetime,
    actor: Actor,
    at: datetime,
) -> list[ContactFound]:
    """Return whom somebody met on the days in ``[since, until)``, and write down who asked.

    :raises NotAllowed: if the actor does not handle incidents everywhere.
    """
    require(actor, HANDLE, scope="")
    announce(
        PersonTraced(
            actor=actor,
            at=at,
            subject=account.ref,
            since=since.isoformat(),
            until=until.isoformat(),
        )
    )
    return workforce.contacts(account.pk, since=since, until=until, at=known_at)
