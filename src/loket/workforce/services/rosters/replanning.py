"""Planning again what was published, when the law or an absence breaks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from loket.jobs import services as jobs
from loket.kernel.access import Actor, require
from loket.messaging import services as messaging
from loket.messaging.queries import page_address, recipients
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies import queries as policies
from loket.workforce.access import PLAN
from loket.workforce.models import Roster, RosterDay, Turn
from loket.workforce.queries.rosters.problems import problem_for
from loket.workforce.queries.rosters.reading import block_of, holds_on
from loket.workforce.queries.rosters.standing import as_value, bare, standing_turns
from loket.workforce.rules.building import BLOCKS
from loket.workforce.rules.problem import Plan, Problem
from loket.workforce.rules.problem import Turn as Value

from .planning import announce_planned, proven_plan
from .telling import planners
from .writing import DRAFT, Draft, Slots, queue, write

REPLAN = "loket.workforce.tasks.rosters.replan"
ONE_DAY = timedelta(days=1)
Timed = set[tuple[Value, datetime, datetime]]


def replan(*, unit: Unit, cause: str, actor: Actor, at: datetime) -> list[Roster]:
    """Make drafts that mend what is published, with the fewest changes, and tell the heads.

    One for each stretch of published days. ``cause`` says why: ``circular:CODE``,
    ``closure:CODE``, ``absence``, ``staff``. None where nothing would change; safe to do twice.

    :raises NotAllowed: if the actor may not plan the unit.
    :raises Conflict: if a draft was changed meanwhile.
    """
    require(actor, PLAN, scope=unit.path)
    found = [
        _mend(unit, since, until, cause=cause, actor=actor, at=at)
        for since, until in _left(unit, at=at)
    ]
    return [roster for roster in found if roster]


def _mend(
    unit: Unit, since: date, until: date, *, cause: str, actor: Actor, at: datetime
) -> Roster | None:
    edition = policies.edition()
    seen = Roster.objects.filter(unit=unit, starts_on=since, state=DRAFT).first()
    stands = holds_on(unit=unit, on=since)
    teams, block = (stands.teams, block_of(stands)) if stands else (0, BLOCKS[0])
    problem = problem_for(unit=unit, since=since, until=until, at=at, teams=teams, block=block)
    if not problem.members or not problem.days:
        return None
    made = proven_plan(problem, is_repair=True)
    slots = _slots(unit, problem, made)
    if slots in (_standing(unit, since, until), _drafted(seen)):
        return None
    if seen is not None and not _is_ours(seen):
        with transaction.atomic():
            _tell(seen, cause=cause, actor=actor, at=at)
        return seen
    draft = Draft(
        unit=unit,
        starts_on=since,
        ends_on=until,
        problem=problem,
        plan=made,
        edition=edition,
        seen=seen,
        cause=cause,
    )
    return _write(draft, actor=actor, at=at)


def replan_touched(*, scopes: Iterable[str], cause: str, actor: Actor, at: datetime) -> int:
    """Queue the planning again of each unit below some paths that has published days to come.

    :raises NotAllowed: if the actor may not plan there.
    """
    paths = tuple(scopes)
    for path in paths:
        require(actor, PLAN, scope=path)
    units = [(code, path) for code, path in _published(at=at) if path.startswith(paths)]
    for code, _path in units:
        jobs.enqueue(REPLAN, at=at, unit=code, cause=cause)
    return len(units)


def _published(*, at: datetime) -> list[tuple[str, str]]:
    today = organisation.today(None, at=at)
    rows = RosterDay.objects.filter(on__gte=today).order_by()
    return sorted(rows.values_list("unit__code", "unit__path").distinct())


def _left(unit: Unit, *, at: datetime) -> list[tuple[date, date]]:
    """Return the stretches of days that can still be changed.

    Those to come, and today as long as nobody's turn has begun.
    """
    today = organisation.today(unit, at=at)
    begun = standing_turns(unit=unit, since=today, until=today + ONE_DAY)
    since = today + ONE_DAY if begun.filter(starts_at__lte=at).exists() else today
    days = RosterDay.objects.filter(unit=unit, on__gte=since).order_by("on")
    found: list[tuple[date, date]] = []
    for on in days.values_list("on", flat=True):
        if found and found[-1][1] == on:
            found[-1] = (found[-1][0], on + ONE_DAY)
        else:
            found.append((on, on + ONE_DAY))
    return found


def _standing(unit: Unit, since: date, until: date) -> Timed:
    return _as_slots(bare(standing_turns(unit=unit, since=since, until=until)))


def _drafted(seen: Roster | None) -> Timed | None:
    return _as_slots(bare(Turn.objects.filter(roster=seen))) if seen else None


def _as_slots(turns: Iterable[Turn]) -> Timed:
    return {(as_value(turn), turn.starts_at, turn.ends_at) for turn in turns}


def _slots(unit: Unit, problem: Problem, made: Plan) -> Timed:
    """Return the turns of a plan with their hours: the law may change only those."""
    slots = Slots(unit, problem)
    found = ((turn, slots.fields(turn)) for turn in made.turns)
    return {(turn, fields["starts_at"], fields["ends_at"]) for turn, fields in found}


def _is_ours(roster: Roster) -> bool:
    """Say whether a draft was made by itself, and nobody has worked on it."""
    return bool(roster.cause) and not roster.found.get("is_by_hand")


def _write(draft: Draft, *, actor: Actor, at: datetime) -> Roster:
    with transaction.atomic():
        queue(draft.unit)
        _supersede(draft)
        roster = write(draft, actor=actor, at=at)
        announce_planned(roster, turns=len(draft.plan.turns), actor=actor, at=at)
        _tell(roster, cause=draft.cause, actor=actor, at=at)
    return roster


def _supersede(draft: Draft) -> None:
    """Give up earlier drafts of this kind: they mend what is mended better now."""
    ours = Roster.objects.filter(
        unit=draft.unit, state=DRAFT, starts_on__lt=draft.ends_on, ends_on__gt=draft.starts_on
    ).exclude(starts_on=draft.starts_on)
    for roster in ours.exclude(cause=""):
        if _is_ours(roster):
            Roster.objects.filter(pk=roster.pk, revision=roster.revision).update(
                state=Roster.State.DISCARDED
            )


def _tell(roster: Roster, *, cause: str, actor: Actor, at: datetime) -> None:
    for number, head in recipients(planners(roster.unit, at=at)).items():
        messaging.send(
            notice="roster_replanned",
            to=head,
            subject=roster.subject,
            key=f"{roster.subject}:replanned:{roster.revision}:{cause}:{number}",
            facts={
                "unit": roster.unit.name,
                "starts_on": roster.starts_on.isoformat(),
                "ends_on": (roster.ends_on - ONE_DAY).isoformat(),
                "cause": cause.partition(":")[0],
                "label": _label(cause),
                "shortages": str(len(roster.found["shortages"])),
                "url": page_address(f"/desk/rosters/{roster.code}/"),
            },
            actor=actor,
            at=at,
        )


def _label(cause: str) -> str:
    kind, _colon, code = cause.partition(":")
    return policies.citations([code]).get(code, "") if kind == "circular" else ""
