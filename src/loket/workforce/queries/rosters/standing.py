"""Which turns hold: those of the published roster that stands for their unit on their day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from loket.organisation.models import Unit
from loket.people.models import Account, Position
from loket.people.rules.refs import ref_of
from loket.workforce.models import RosterDay, Turn
from loket.workforce.queries.absences import kinds_on
from loket.workforce.rules import problem as values

HEAVY = ("roster__found", "roster__proof", "roster__kept_home")
"""What a roster keeps of its plan: large, and the same for each of its turns."""


def standing() -> QuerySet[Turn]:
    """Return all turns that hold."""
    held = Turn.objects.filter(roster__days__on=F("on"))
    return held.select_related("account", "counter", "room").order_by("on", "starts_at", "id")


def bare(turns: QuerySet[Turn]) -> QuerySet[Turn]:
    """Return turns with their counters, without people and rooms: there may be ten thousand."""
    rows = turns.select_related(None).select_related("counter")
    times = ("on", "shift", "starts_at", "ends_at", "changed_at")
    return rows.only(
        "roster_id", "account_id", "room_id", "counter__code", "is_locked", "team", *times
    )


def standing_turns(*, unit: Unit, since: date, until: date) -> QuerySet[Turn]:
    """Return the turns of a unit that hold on the days ``[since, until)``."""
    return standing().filter(roster__unit=unit, on__gte=since, on__lt=until)


def turns_of(*, account: Account, since: date, until: date | None = None) -> list[Turn]:
    """Return somebody's turns that hold on the days ``[since, until)``, or on one day.

    Not those of days on which they are away or must not come: whoever plans has yet to move them.
    """
    last = until or since + timedelta(days=1)
    found = standing().filter(account=account, on__gte=since, on__lt=last)
    away = kinds_on([account.pk], since=since, until=last)
    turns = found.select_related("roster__unit", "counter", "room").defer(*HEAVY)
    return [turn for turn in turns if (account.pk, turn.on) not in away]


def as_value(turn: Turn) -> values.Turn:
    """Return a stored turn as planner and checker know it."""
    counter = turn.counter.code if turn.counter else ""
    return values.Turn(turn.on, turn.shift, counter, ref_of(turn.account_id))


def is_published(*, since: date, unit: str = "") -> bool:
    """Say whether a roster is published for days from some day on, of a unit or of any."""
    days = RosterDay.objects.filter(on__gte=since)
    return (days.filter(unit__code=unit) if unit else days).exists()


def units_with_turns_of(account: int, *, since: date, until: date) -> list[str]:
    """Return the units in which somebody has turns that hold on the days ``[since, until)``."""
    turns = Turn.objects.filter(roster__days__on=F("on"), account_id=account)
    found = turns.filter(on__gte=since, on__lt=until).order_by()
    return sorted(found.values_list("roster__unit__code", flat=True).distinct())


def units_published_of(account: int, *, since: date) -> list[str]:
    """Return the units of somebody's posts that have published days from some day on."""
    posts = Position.objects.filter(Q(ends_on=None) | Q(ends_on__gt=since), account_id=account)
    units = posts.order_by().values_list("unit__code", flat=True).distinct()
    return sorted(unit for unit in units if is_published(since=since, unit=unit))


def units_published_in(room: str, *, since: date) -> list[str]:
    """Return the units that use a room and have published days from some day on."""
    days = RosterDay.objects.filter(on__gte=since).order_by()
    seated = Position.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=since), account__desks__room__code=room
    )
    used = Q(unit__counters__room__code=room) | Q(unit__in=seated.values("unit_id"))
    return sorted(days.filter(used).values_list("unit__code", flat=True).distinct())
