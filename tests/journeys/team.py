"""Dewi's team on record under a cap of a half, ready to be planned for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from loket.demo import circulars, situation, team
from loket.demo.team.people import employ, open_counters
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account

UNIT = team.UNIT
HEAD, ASKER, OTHER = "dewi", "budi", "rina"


def assemble(at: datetime) -> dict[str, Account]:
    """Employ the team, open its counters, and enact the circular of the haze."""
    accounts = employ(at=at)
    open_counters(Unit.objects.get(code=UNIT), at=at)
    today = organisation.today(None, at=at)
    since = situation.flexible_since(at)
    situation.enact(circulars.flexible(today), at=since - timedelta(days=1))
    return accounts


def monday_after(at: datetime) -> date:
    """Return the first Monday that is still to come."""
    today = organisation.today(None, at=at)
    return today + timedelta(days=7 - today.weekday())
