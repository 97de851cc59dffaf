"""Who of some units is where on a day: in the office, at home, away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q

from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Position
from loket.policies.rules.facts import week
from loket.workforce.models import Clocking, RosterDay, Turn
from loket.workforce.queries.absences import kinds_on
from loket.workforce.queries.rosters.problems import ROLES, working_days
from loket.workforce.queries.rosters.standing import standing
from loket.workforce.rules import absences as rules

ONE_DAY = timedelta(days=1)
State = Literal["office", "home", "leave", "travel", "free"]


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is on a day by plan, and when they clocked in and out."""

    state: State
    """``free``: nobody of the unit works on that day. Of who must not be in the office: ``home``."""
    turn: Turn | None = None
    way: str = ""
    """How they clocked in first: ``place``, ``code``, ``home``; empty if they did not."""
    clocked_in_at: datetime | None = None
    clocked_out_at: datetime | None = None
    is_late: bool = False
    """They clocked in after their turn began, or it has begun and they have not."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the staff of a unit on a day, as the record of positions has them."""

    account_id: int
    unit: str
    is_planned: bool
    """Whether a roster is published for their unit and that day."""
    name: str
    title: str
    phone: str | None
    """Of the record of employment."""


def presence(*, units: Collection[str], on: date, at: datetime) -> dict[int, Presence]:
    """Return where each of the staff of some units is on a day, by account.

    On a working day for which no roster is published everybody comes.
    """
    rows = list(Unit.objects.select_related("office").filter(code__in=list(units)))
    return placed(seats(rows, on=on), units=rows, on=on, at=at)


def seats(units: Collection[Unit], *, on: date) -> list[Seat]:
    """Return the staff of some units; of who is in two of them, the first seat. One query."""
    planned = RosterDay.objects.filter(unit=OuterRef("unit"), on=on)
    rows = Position.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        starts_on__lte=on,
        unit__in=list(units),
        role__in=ROLES,
        basis=Position.Basis.DEFINITIVE,
        account__is_active=True,
    )
    codes = {unit.pk: unit.code for unit in units}
    found: dict[int, Seat] = {}
    for number, unit, *rest in rows.order_by("id").values_list(
        "account_id", "unit_id", Exists(planned),
        "account__full_name", "title", "account__employment__phone",
    ):  # fmt: skip
        found.setdefault(number, Seat(number, codes[unit], *rest))
    return list(found.values())


def placed(
    staff: Collection[Seat], *, units: Collection[Unit], on: date, at: datetime
) -> dict[int, Presence]:
    """Return where people are on a day, by account. Four queries."""
    rows = {unit.code: unit for unit in units}
    numbers = [seat.account_id for seat in staff]
    kinds = kinds_on(numbers, since=on, until=on + ONE_DAY)
    turns = {turn.account_id: turn for turn in _turns(units, on)}
    clocked = _clocked(numbers, on)
    working = _working(units, on)
    found = {}
    for seat in staff:
        number, unit = seat.account_id, rows[seat.unit]
        turn = turns.get(number)
        kind = kinds.get((number, on), "")
        state = _state(kind, turn, works=seat.unit in working, is_planned=seat.is_planned)
        is_due = state == "office" and on <= organisation.today(unit, at=at)
        found[number] = _present(state, turn, clocked.get(number, []), at, is_due=is_due)
    return found


def _state(kind: str, turn: Turn | None, *, works: bool, is_planned: bool) -> State:
    if kind and kind != rules.HOME:
        return "leave" if kind == "leave" else "travel"
    if turn is not None and not kind:
        return "office"
    if not works:
        return "free"
    return "home" if kind or is_planned else "office"


def _present(
    state: State,
    turn: Turn | None,
    clockings: list[Clocking],
    at: datetime,
    *,
    is_due: bool,
) -> Presence:
    came = [row for row in clockings if row.kind == Clocking.Kind.IN]
    left = [row for row in clockings if row.kind == Clocking.Kind.OUT]
    first = came[0].counts_at if came else None
    return Presence(
        state,
        turn if state == "office" else None,
        came[0].way if came else "",
        first,
        left[-1].counts_at if left else None,
        bool(is_due and turn and (first or at) > turn.starts_at),
    )


def _turns(units: Collection[Unit], on: date) -> Iterable[Turn]:
    return standing().filter(roster__unit__in=list(units), on=on)


def _clocked(staff: Collection[int], on: date) -> dict[int, list[Clocking]]:
    found: dict[int, list[Clocking]] = {}
    rows = Clocking.objects.filter(on=on, account__in=list(staff))
    for row in rows.order_by("counts_at", "id"):
        found.setdefault(row.account_id, []).append(row)
    return found


def _working(units: Iterable[Unit], on: date) -> frozenset[str]:
    calendars = organisation.calendars({on.year})
    return frozenset(
        unit.code
        for unit in units
        if working_days(
            on,
            on + ONE_DAY,
            calendars.of(unit.path),
            week(office.hours) if (office := organisation.office_of(unit)) else (),
        )
    )
