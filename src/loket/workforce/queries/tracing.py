"""Who was in the same rooms as somebody, as clocked, met or at least planned.

The database finds who else was in a room by one covering index, of which room and day are
given; the times only sift. Joining the table with itself makes SQLite build an index of all
stays for every question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from loket.organisation import queries as organisation
from loket.organisation.models import Room
from loket.workforce.models import Clocking, Stay, Turn
from loket.workforce.rules import tracing as rules
from loket.workforce.rules.tracing import ContactFound, Stretch

from .absences import must_stay_out

PLANNED = "turn"
CLAIMED = "claim"


def contacts(
    account_id: int,
    *,
    since: date,
    until: date,
    at: datetime,
    whole_office: bool = False,
) -> list[ContactFound]:
    """Return whom somebody met on the days in ``[since, until)``, as far as is known at a moment.

    Who did not clock on a day counts as having been where their turn was planned; such
    occasions say so. ``whole_office``: being in any room of the same office was meeting.
    """
    return _met(_own(account_id, since=since, until=until, at=at), whole_office, at)


def met_in_room(
    room: Room,
    *,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    whole_office: bool = False,
) -> list[ContactFound]:
    """Return who of the staff was in a room while somebody else visited it."""
    on = organisation.today(room.unit, at=starts_at)
    visit = Stretch(0, room.pk, on, starts_at, min(ends_at, at), "visit")
    return _met([visit], whole_office, at)


def whereabouts(account_id: int, *, since: date, until: date, at: datetime) -> list[Stretch]:
    """Return the rooms in which somebody was on the days in ``[since, until)``, in order."""
    return _as_claimed(_own(account_id, since=since, until=until, at=at))


def _own(account_id: int, *, since: date, until: date, at: datetime) -> list[Stretch]:
    stays = Stay.objects.filter(account=account_id, on__gte=since, on__lt=until)
    found = _stretches(stays.values_list(*STAY), at)
    seen = {each.on for each in found}
    turns = _turns(Q(account=account_id, on__gte=since, on__lt=until), at)
    away = must_stay_out([account_id], since=since, until=until).get(account_id, frozenset())
    planned = [turn for turn in turns if turn.on not in seen | away]
    return sorted([*found, *planned], key=lambda each: (each.starts_at, each.room))


STAY = ("account_id", "room_id", "on", "starts_at", "ends_at", "source")


def _met(own: list[Stretch], whole_office: bool, at: datetime) -> list[ContactFound]:
    offices = _offices({each.room for each in own}) if whole_office else {}
    if not own:
        return []
    stays = Q(pk__in=[])
    for each in own:
        # Who is still there has no end yet.
        lasts = Q(ends_at__gt=each.starts_at) | Q(ends_at=None)
        stays |= _near(each, offices) & lasts & Q(starts_at__lt=each.ends_at)
    # Turns are few, one a day for each: they are sifted here.
    days = rules.days_around(each.on for each in own)
    rooms = offices or {each.room for each in own}
    turns = Q(room__in=list(rooms), on__in=sorted(days))
    there = _stretches(Stay.objects.filter(stays).values_list(*STAY), at)
    planned = _unclocked(_turns(turns, at))
    marked = _as_claimed([*own, *there])
    own, there = marked[: len(own)], marked[len(own) :]
    return rules.contacts(own, [*there, *planned], office_of=offices)


def _near(own: Stretch, offices: Mapping[int, int]) -> Q:
    """Return what finds others in the same room or office, around the same day."""
    office = offices.get(own.room)
    rooms = [room for room, other in offices.items() if other == office] or [own.room]
    days = rules.days_around([own.on])
    return Q(room__in=rooms, on__in=sorted(days))


def _offices(rooms: Collection[int]) -> dict[int, int]:
    """Return every room of the units to which these rooms belong, with its unit."""
    units = Room.objects.filter(pk__in=rooms).values("unit_id")
    return dict(Room.objects.filter(unit__in=units).values_list("pk", "unit_id"))


def _stretches(
    rows: Iterable[tuple[int, int, date, datetime, datetime | None, str]], at: datetime
) -> list[Stretch]:
    return [
        Stretch(account, room, on, starts_at, rules.end_of(starts_at, ends_at, at=at), source)
        for account, room, on, starts_at, ends_at, source in rows
        if starts_at < at
    ]


def _as_claimed(stays: list[Stretch]) -> list[Stretch]:
    """Mark the stays of which a phone alone says when they began or ended."""
    clocked = [each for each in stays if each.source == Stay.Source.CLOCK]
    if not clocked:
        return stays
    days = [each.on for each in clocked]
    late = Clocking.objects.filter(
        account__in={each.account for each in clocked},
        on__gte=min(days),
        on__lte=max(days),
        is_offline=True,
        confirmed_by="",
    )
    claimed = set(late.values_list("account_id", "on"))
    return [
        replace(each, source=CLAIMED)
        if each.source == Stay.Source.CLOCK and (each.account, each.on) in claimed
        else each
        for each in stays
    ]


def _turns(wanted: Q, at: datetime) -> list[Stretch]:
    """Return turns of rosters that hold on their day, as if everybody had come."""
    held = Turn.objects.filter(
        wanted, roster__days__on=F("on"), room__isnull=False, starts_at__lt=at
    )
    fields = ("account_id", "room_id", "on", "starts_at", "ends_at")
    return _stretches(((*row, PLANNED) for row in held.values_list(*fields)), at)


def _unclocked(turns: list[Stretch]) -> list[Stretch]:
    """Return the turns of those who clocked nowhere on that day and were not away."""
    if not turns:
        return []
    people, days = {turn.account for turn in turns}, {turn.on for turn in turns}
    clocked = set(
        Stay.objects.filter(account__in=people, on__in=days).values_list("account_id", "on")
    )
    away = must_stay_out(people, since=min(days), until=max(days) + timedelta(days=1))
    return [
        turn
        for turn in turns
        if (turn.account, turn.on) not in clocked
        and turn.on not in away.get(turn.account, frozenset())
    ]
