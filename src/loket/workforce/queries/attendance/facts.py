"""What is known of people's days, read for many people and days at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Subquery

from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Position
from loket.workforce.models import Clocking, RosterDay, Ruling, Turn
from loket.workforce.queries.absences import kinds_on
from loket.workforce.rules.attendance import claims
from loket.workforce.rules.attendance.values import Clocked, DayFacts, Hours, Source, Where

from .lawful import Law, LawOfDay, timed

DAY = timedelta(days=1)
Key = tuple[int, date]


@dataclass(slots=True)
class Read:
    """Rows of the database, by person and day."""

    law: Law
    seats: dict[int, list[Position]]
    clocked: dict[Key, list[Clocking]]
    turns: dict[Key, Turn]
    rostered: set[tuple[int, date]]
    """Units and days for which a roster holds."""
    away: dict[Key, str]
    ruled: dict[Key, Ruling]
    kept_since: dict[int, date] = field(default_factory=dict)
    """Unit to the first day on which anybody clocked in there."""


def read(
    accounts: Collection[int], *, since: date, until: date, has_clockings: bool = True
) -> Read:
    """Read everything about some people in ``[since, until)``. Nine queries.

    Without the clockings, which are most of the rows, it is one less.
    """
    seats = _seats(accounts)
    units = {seat.unit_id for held in seats.values() for seat in held}
    days = {"on__gte": since, "on__lt": until}
    rows = Clocking.objects.filter(account_id__in=accounts, **days).order_by("counts_at", "id")
    clocked: defaultdict[Key, list[Clocking]] = defaultdict(list)
    for row in rows if has_clockings else ():
        clocked[row.account_id, row.on].append(row)
    standing = Turn.objects.filter(
        account_id__in=accounts, roster__days__on=F("on"), **days
    ).select_related("room")
    rostered = RosterDay.objects.filter(unit_id__in=units, **days)
    ruled = Ruling.objects.filter(account_id__in=accounts, state="granted", **days)
    return Read(
        law=Law(range(since.year, until.year + 1)),
        seats=seats,
        clocked=clocked,
        turns={(turn.account_id, turn.on): turn for turn in standing},
        rostered=set(rostered.values_list("unit_id", "on")),
        away=kinds_on(accounts, since=since, until=until),
        ruled={(row.account_id, row.on): row for row in ruled},
        kept_since=_kept_since(units),
    )


def _kept_since(units: Collection[int]) -> dict[int, date]:
    """Return the day of the first clocking of each unit that has any. One query."""
    # By unit the first of the index; a group would read all clockings there ever were.
    clocked = Clocking.objects.filter(unit=OuterRef("pk")).order_by("on").values("on")[:1]
    rows = Unit.objects.filter(pk__in=units).annotate(kept_since=Subquery(clocked))
    return dict(rows.exclude(kept_since=None).values_list("pk", "kept_since"))


def _seats(accounts: Collection[int]) -> dict[int, list[Position]]:
    held = Position.objects.filter(
        account_id__in=accounts, role__in=people.STAFF_ROLES, basis=Position.Basis.DEFINITIVE
    )
    found: defaultdict[int, list[Position]] = defaultdict(list)
    for seat in held.select_related("unit", "unit__office").order_by("starts_on", "id"):
        found[seat.account_id].append(seat)
    return found


def seat(found: Read, account: int, on: date) -> Unit | None:
    """Return the unit on whose staff somebody is on a day."""
    return next(
        (
            held.unit
            for held in found.seats.get(account, ())
            if held.starts_on <= on and (held.ends_on is None or on < held.ends_on)
        ),
        None,
    )


def facts(found: Read, account: int, on: date, *, today: date) -> DayFacts | None:
    """Return what is known of somebody's day; None if they are on no unit's staff then."""
    unit = seat(found, account, on)
    if unit is None:
        return None
    law = found.law.of(unit, on)
    zone = organisation.zone(unit)
    turn = found.turns.get((account, on))
    ruling = found.ruled.get((account, on))
    first = found.kept_since.get(unit.pk)
    where, source = _where(found, unit, law, account, on)
    hours = law.hours
    if turn is not None:
        hours = (turn_hours(turn, law, zone),)
    return DayFacts(
        on=on,
        hours=hours,
        where=where,
        source=source,
        holiday="" if turn else law.holiday,
        absence=found.away.get((account, on), ""),
        is_closed=law.is_closed,
        is_kept=on >= today or (first is not None and on >= first),
        reports_home=bool(law.reporting & {"photo", "twice_daily"}),
        wants_photo="photo" in law.reporting,
        clocked=tuple(_clocked(row, zone) for row in found.clocked.get((account, on), ())),
        ruling=ruling.counts_as if ruling else "",
        because=law.because,
    )


def turn_hours(turn: Turn, law: LawOfDay, zone: ZoneInfo) -> Hours:
    """Return the hours of a turn in the office's time."""
    since, until = turn.starts_at.astimezone(zone), turn.ends_at.astimezone(zone)
    return timed(since, until, turn.shift, law)


def _where(
    found: Read, unit: Unit, law: LawOfDay, account: int, on: date
) -> tuple[Where, Source]:
    """Return where somebody works: a closure first, then the turn, then the law."""
    has_turn = (account, on) in found.turns
    if law.is_closed:
        return "home", "turn" if has_turn else "ordinary"
    if has_turn:
        return "office", "turn"
    if (unit.pk, on) in found.rostered:
        return "home", "roster"
    if found.away.get((account, on)):
        return "home", "ordinary"
    return law.where, "ordinary"


def _clocked(row: Clocking, zone: ZoneInfo) -> Clocked:
    claimed = claimable(row)
    return Clocked(
        kind=row.kind,
        way=row.way,
        counts_at=row.counts_at.astimezone(zone),
        is_confirmed=bool(row.confirmed_by),
        flags=tuple(row.flags),
        claimed_at=claimed.astimezone(zone) if claimed else None,
    )


def claimable(row: Clocking) -> datetime | None:
    """Return the time that the superior may still confirm for a clocking, if there is one."""
    if not row.is_offline or row.confirmed_by:
        return None
    pressed = claims.pressed_at(row.claimed_at, row.skew_seconds, row.received_at)
    is_possible = claims.is_possible(
        pressed, contact_at=row.contact_at, received_at=row.received_at
    )
    return pressed if is_possible else None
