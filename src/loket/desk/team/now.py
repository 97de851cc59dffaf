"""Who is in, who should be, and which counters and rooms want attention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies import queries as policies
from loket.policies.rules.resolving import Book
from loket.policies.rules.shares import at_most
from loket.policies.rules.values import InForce, Part
from loket.workforce import queries
from loket.workforce.queries import Presence, RoomNow, Teammate

from .waiting import decisions

RECEIVES = {"open", "limited"}
OPENS = time(7, 30)
"""When ordinary days begin (Perpres 21/2023), where an office has no hours of its own."""
GROUPS = {
    "office": _("In the office"),
    "home": _("At home"),
    "away": _("Away"),
    "free": _("Free today"),
}
AWAY = {"leave": _("on leave"), "travel": _("on official travel")}


@dataclass(frozen=True)
class Row:
    """One of the staff as the page shows them."""

    mate: Teammate
    group: str
    label: str
    tag: str


def holding(team: Iterable[Teammate], law: InForce) -> list[Teammate]:
    """Return the staff where they are by what holds now, whatever was planned before.

    Who clocked in and has not gone is where they clocked in; and nobody is expected in an
    office that is shut, or to which the law lets nobody come.
    """
    return [replace(mate, where=_where(mate, law)) for mate in team]


def _where(mate: Teammate, law: InForce) -> Presence:
    where = mate.where
    if mate.is_in and where.way == "home":
        return replace(where, state="home", turn=None)
    if mate.is_in:
        return replace(where, state="office")
    is_sent_home = queries.shut_by(law) if where.turn else queries.placed_by(law)[0] == "home"
    if where.state == "office" and is_sent_home:
        return replace(where, state="home", turn=None, is_late=False)
    return where


def rows(team: Iterable[Teammate], *, is_clocked: bool) -> dict[str, list[Row]]:
    """Return the staff by where they are; groups without anybody are left out."""
    found: dict[str, list[Row]] = {group: [] for group in GROUPS}
    for mate in team:
        state = mate.where.state
        group = "away" if state in AWAY else state
        found[group].append(Row(mate, group, *told(mate, is_clocked=is_clocked)))
    return {group: people for group, people in found.items() if people}


def told(mate: Teammate, *, is_clocked: bool) -> tuple[str, str]:
    """Return what is said of one of the staff, and in which colour."""
    where = mate.where
    if where.state in AWAY:
        return str(AWAY[where.state]), "quiet"
    if where.clocked_out_at:
        return str(_("gone")), "quiet"
    if where.clocked_in_at:
        return (str(_("in, late")), "warning") if where.is_late else (str(_("in")), "good")
    if where.state == "free" or not is_clocked:
        return "", ""
    return str(_("not clocked in")), "warning"


def to_call(team: Iterable[Teammate], unit: Unit, *, at: datetime) -> list[Teammate]:
    """Return who should be in the office by now and has not clocked in."""
    local = at.astimezone(organisation.zone(unit))
    return [
        mate
        for mate in team
        if mate.where.state == "office"
        and mate.where.clocked_in_at is None
        and (
            at >= mate.where.turn.starts_at
            if mate.where.turn
            else local.time() >= opening(unit, local)
        )
    ]


def opening(unit: Unit, local: datetime) -> time:
    """Return when a unit's office opens on a day, as it usually does."""
    office = organisation.office_of(unit)
    spans = (office.hours if office else {}).get(str(local.weekday())) or []
    return min((time.fromisoformat(span[0]) for span in spans), default=OPENS)


def present(team: Iterable[Teammate]) -> int:
    """Return how many are in the office now: clocked in there, and not out again."""
    return sum(mate.is_in and mate.where.way != "home" for mate in team)


def cap(law: InForce, staff: int) -> tuple[int | None, Part[Any]]:
    """Return how many of the staff may be in the office at once, and what says so."""
    parts = (law.attendance.max_share_concurrent, law.attendance.max_share)
    shares = [part for part in parts if part.value is not None]
    if not shares:
        return None, Part(None)
    strictest = min(shares, key=lambda part: part.value or 0)
    return at_most(strictest.value, staff) if strictest.value is not None else None, strictest


def rooms(found: Iterable[RoomNow], unit: Unit, book: Book, *, at: datetime) -> Iterator[Any]:
    """Yield each room with how many are in it, how many may be, and why."""
    for room in found:
        law = policies.in_force(unit=unit.code, room=room.code, at=at, book=book)
        limit = law.rooms.max_people
        most = room.capacity if limit.value is None else limit.value
        yield {
            "room": room,
            "most": most,
            "part": limit,
            "is_full": room.people > most,
        }


def uncovered(
    unit: Unit, team: Iterable[Teammate], law: InForce, *, on: date
) -> Iterator[dict[str, Any]]:
    """Yield the counters for which too few are put in a shift of today.

    Nothing is said of an office that is shut, nor where nobody is put anywhere: then there
    is no roster to speak of.
    """
    shut = bool(queries.shut_by(law))
    turns = [mate.where.turn for mate in team if mate.where.turn and not shut]
    receives = law.counters.state.value in RECEIVES and bool(law.counters.hours.value)
    for counter in queries.counters(unit, on=on) if turns else ():
        if counter.is_public and not receives:
            continue
        for shift in sorted({turn.shift for turn in turns}):
            put = sum(turn.counter_id == counter.pk and turn.shift == shift for turn in turns)
            if put < counter.people:
                yield {"counter": counter, "shift": shift, "missing": counter.people - put}


def left(unit: Unit, *, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Return what waits for personnel because nobody heads there; None if nothing does."""
    waits = queries.waits(unit=unit, actor=actor, on=organisation.today(unit, at=at))
    waiting = [row for row in decisions(waits, unit, actor) if row["count"]]
    return {"unit": unit, "waiting": waiting} if waiting else None


def panel(unit: Unit, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return the head's figures of today in short, for the first page of the desk."""
    on = organisation.today(unit, at=at)
    waits = queries.waits(unit=unit, actor=actor, on=on)
    law = policies.in_force(unit=unit.code, at=at)
    team = holding(queries.team(unit=unit, on=on, at=at), law)
    grouped = rows(team, is_clocked=waits.is_clocked)
    shown = ("free",) if set(grouped) == {"free"} else ("office", "home", "away")
    return {
        "unit": unit,
        "counts": [(GROUPS[group], len(grouped.get(group, ()))) for group in shown],
        "waits": waits.total,
        "waiting": [row for row in decisions(waits, unit, actor) if row["count"]],
        "call": len(to_call(team, unit, at=at)) if waits.is_clocked else 0,
    }
