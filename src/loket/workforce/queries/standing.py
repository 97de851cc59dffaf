"""Which turns hold: those of the published roster that stands for their unit on their day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, QuerySet

from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce.models import Turn
from loket.workforce.rules import problem as values


def standing() -> QuerySet[Turn]:
    """Return all turns that hold."""
    held = Turn.objects.filter(roster__days__on=F("on"))
    return held.select_related("account", "counter", "room").order_by("on", "starts_at", "id")


def standing_turns(*, unit: Unit, since: date, until: date) -> QuerySet[Turn]:
    """Return the turns of a unit that hold on the days ``[since, until)``."""
    return standing().filter(roster__unit=unit, on__gte=since, on__lt=until)


def turns_of(*, account: Account, since: date, until: date | None = None) -> list[Turn]:
    """Return somebody's turns that hold on the days ``[since, until)``, or on one day."""
    last = until or since + timedelta(days=1)
    found = standing().filter(account=account, on__gte=since, on__lt=last)
    return list(found.select_related("roster__unit", "counter", "room"))


def as_value(turn: Turn) -> values.Turn:
    """Return a stored turn as planner and checker know it."""
    counter = turn.counter.code if turn.counter else ""
    return values.Turn(turn.on, turn.shift, counter, f"account:{turn.account_id}")
