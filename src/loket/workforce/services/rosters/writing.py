"""Plans as rows: written in the transaction of whoever has decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.people.rules.refs import number_of
from loket.workforce.models import Counter, Roster, Turn
from loket.workforce.queries.rosters.standing import as_value, bare, standing_turns
from loket.workforce.rules import found as findings
from loket.workforce.rules import law
from loket.workforce.rules.problem import Plan, Problem, Span
from loket.workforce.rules.problem import Turn as Value

BATCH = 500
DRAFT = Roster.State.DRAFT


class Slots:
    """How turns of a unit become rows: its clocks, shifts, counters and rooms."""

    def __init__(self, unit: Unit, problem: Problem) -> None:
        members = problem.members
        self.zone = organisation.zone(unit)
        self.counters = {row.code: row for row in Counter.objects.filter(unit=unit)}
        codes = {member.room for member in members} - {""}
        rooms = dict(Room.objects.filter(code__in=codes).values_list("code", "pk"))
        self.seats = {member.key: rooms.get(member.room) for member in members}
        self.spans: dict[tuple[date, str], Span] = {
            (day.on, span.name): span for day in problem.days for span in day.shifts
        }

    def fields(self, turn: Value) -> dict[str, Any]:
        """Return when and where a turn is."""
        span, counter = self.spans[turn.on, turn.shift], self.counters.get(turn.counter)
        own = self.seats.get(turn.member)
        return {
            "shift": turn.shift,
            "starts_at": datetime.combine(turn.on, span.since, self.zone),
            "ends_at": law.ends_at(span, turn.on, self.zone),
            "counter": counter,
            "room_id": (counter.room_id if counter else None) or own,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A plan that is about to be written as the draft of a unit."""

    unit: Unit
    starts_on: date
    ends_on: date
    problem: Problem
    plan: Plan
    edition: int
    """Of the law, read before the problem was."""
    seen: Roster | None
    """The draft that it replaces."""
    cause: str = ""


def queue(unit: Unit) -> None:
    """Wait until nobody else is changing the rosters of a unit, and let nobody until we are done.

    On PostgreSQL they form a queue by the row of the unit; SQLite has one writer anyway.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)


def write(draft: Draft, *, actor: Actor, at: datetime) -> Roster:
    """Write a plan as a draft, in the place of the one that was seen.

    :raises Conflict: if that one was changed since, or somebody else began one.
    """
    given = {
        "ends_on": draft.ends_on,
        "cause": draft.cause,
        "edition": draft.edition,
        "teams": draft.problem.teams,
        "block": draft.problem.block,
        "found": findings.of_plan(draft.plan),
        "proof": draft.plan.certificate,
        "planned_at": at,
        "planned_by": actor.ref,
    }
    roster = _begun(draft, given) if draft.seen is None else _replaced(draft.seen, given)
    Turn.objects.bulk_create(_rows(roster, draft, at=at), batch_size=BATCH)
    return roster


def claim(roster: Roster, *, revision: int, states: Iterable[str]) -> Roster:
    """Take the next revision of a roster; from then on nobody else has this one.

    :raises Conflict: if it was changed since, published or discarded.
    """
    mine = Roster.objects.filter(pk=roster.pk, revision=revision, state__in=list(states))
    if not mine.update(revision=F("revision") + 1):
        raise Conflict(_("This roster was changed a moment ago. Look at it again."))
    return Roster.objects.select_related("unit__office").get(pk=roster.pk)


def _begun(draft: Draft, given: dict[str, Any]) -> Roster:
    try:
        with transaction.atomic():
            return Roster.objects.create(unit=draft.unit, starts_on=draft.starts_on, **given)
    except IntegrityError as error:
        sentence = _("Somebody began a draft for these days a moment ago. Look at it first.")
        raise Conflict(sentence) from error


def _replaced(seen: Roster, given: dict[str, Any]) -> Roster:
    roster = claim(seen, revision=seen.revision, states=[DRAFT])
    Turn.objects.filter(roster=roster).delete()
    for name, value in given.items():
        setattr(roster, name, value)
    roster.save(update_fields=list(given))
    return roster


def _rows(roster: Roster, draft: Draft, *, at: datetime) -> list[Turn]:
    slots = Slots(draft.unit, draft.problem)
    locked = {(lock.member, lock.on) for lock in draft.problem.locks if lock.is_in}
    stand = standing_turns(unit=draft.unit, since=draft.starts_on, until=draft.ends_on)
    told = {as_value(turn): turn for turn in bare(stand)}
    rows = []
    for turn in draft.plan.turns:
        fields, known = slots.fields(turn), told.get(turn)
        is_same = known is not None and all(
            getattr(known, name) == fields[name] for name in ("starts_at", "ends_at", "room_id")
        )
        rows.append(
            Turn(
                roster=roster,
                account_id=number_of(turn.member),
                on=turn.on,
                is_locked=(turn.member, turn.on) in locked,
                team=draft.plan.team_of.get(turn.member, 0),
                # A turn that people know already is no news to their calendars.
                changed_at=known.changed_at if known and is_same else at,
                **fields,
            )
        )
    return rows
