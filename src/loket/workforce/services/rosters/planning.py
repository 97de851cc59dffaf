"""Planning who is in the office, and giving a plan up."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.kernel.access import Actor, require
from loket.kernel.errors import Invalid
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies import queries as policies
from loket.workforce.access import PLAN
from loket.workforce.events import RosterDiscarded, RosterPlanned
from loket.workforce.models import Roster
from loket.workforce.queries.rosters.problems import problem_for, require_calendar
from loket.workforce.queries.rosters.reading import locks_of
from loket.workforce.rules import checking, planning
from loket.workforce.rules.building import BLOCKS, Block
from loket.workforce.rules.problem import Plan, Problem

from .writing import DRAFT, Draft, claim, queue, write

log = logging.getLogger(__name__)

HORIZON = 92
"""Days that one roster may cover."""

TEAMS = 6


def plan(
    *,
    unit: Unit,
    starts_on: date,
    ends_on: date,
    teams: int = 0,
    block: Block = "week",
    actor: Actor,
    at: datetime,
) -> Roster:
    """Plan a unit for the days ``[starts_on, ends_on)`` as a draft.

    Planning again from the same day replaces the draft, and keeps what was decided by hand.

    :raises NotAllowed: if the actor may not plan the unit.
    :raises Invalid: if the days are past, too many, without work or overlap another draft,
        nobody is on the staff, or the holidays are not on record.
    :raises Conflict: if the draft was changed meanwhile.
    """
    require(actor, PLAN, scope=unit.path)
    _require_period(unit, starts_on, ends_on, at=at)
    require_calendar(unit=unit, since=starts_on, until=ends_on)
    _require_teams(teams, block)
    seen = _draft(unit, starts_on)
    _require_free(unit, starts_on, ends_on)
    edition = policies.edition()
    locks = tuple(lock for lock in locks_of(seen) if lock.on < ends_on) if seen else ()
    problem = problem_for(
        unit=unit, since=starts_on, until=ends_on, at=at, teams=teams, block=block, locks=locks
    )
    _require_work(unit, problem)
    made = proven_plan(problem)
    draft = Draft(
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        problem=problem,
        plan=made,
        edition=edition,
        seen=seen,
    )
    with transaction.atomic():
        queue(unit)
        _require_free(unit, starts_on, ends_on)
        roster = write(draft, actor=actor, at=at)
        announce_planned(roster, turns=len(made.turns), actor=actor, at=at)
    return roster


def discard(*, roster: Roster, revision: int, actor: Actor, at: datetime) -> Roster:
    """Give a draft up.

    :raises NotAllowed: if the actor may not plan the unit.
    :raises Conflict: if it was changed meanwhile, published or discarded.
    """
    require(actor, PLAN, scope=roster.unit.path)
    with transaction.atomic():
        mine = claim(roster, revision=revision, states=[DRAFT])
        mine.state = Roster.State.DISCARDED
        mine.save(update_fields=["state"])
        announce(
            RosterDiscarded(
                actor=actor,
                at=at,
                subject=mine.subject,
                unit=mine.unit.path,
                starts_on=mine.starts_on.isoformat(),
                ends_on=mine.ends_on.isoformat(),
            )
        )
    return mine


def proven_plan(problem: Problem, *, is_repair: bool = False) -> Plan:
    """Plan, and call the plan proven only if the checker, which shares no code, agrees."""
    made = planning.plan(problem, is_repair=is_repair)
    if wrong := checking.verify(problem, made):
        log.error("plan of %s is not proven: %s", problem.unit, " ".join(wrong))
        return replace(made, is_proven=False)
    return made


def announce_planned(roster: Roster, *, turns: int, actor: Actor, at: datetime) -> None:
    """Tell that there is a draft."""
    announce(
        RosterPlanned(
            actor=actor,
            at=at,
            subject=roster.subject,
            unit=roster.unit.path,
            starts_on=roster.starts_on.isoformat(),
            ends_on=roster.ends_on.isoformat(),
            turns=turns,
            shortages=len(roster.found["shortages"]),
        )
    )


def _draft(unit: Unit, starts_on: date) -> Roster | None:
    return Roster.objects.filter(unit=unit, starts_on=starts_on, state=DRAFT).first()


def _require_period(unit: Unit, starts_on: date, ends_on: date, *, at: datetime) -> None:
    if ends_on <= starts_on:
        raise Invalid(_("A roster must end after it begins."))
    if starts_on < organisation.today(unit, at=at):
        raise Invalid(_("A roster cannot begin before today."))
    if ends_on - starts_on > timedelta(days=HORIZON):
        sentence = ngettext(
            "A roster covers at most %(days)s day.",
            "A roster covers at most %(days)s days.",
            HORIZON,
        )
        raise Invalid(sentence % {"days": HORIZON})


def _require_teams(teams: int, block: str) -> None:
    if not 0 <= teams <= TEAMS or block not in BLOCKS:
        raise Invalid(
            _("At most %(teams)s groups take turns, by day, week or fortnight.")
            % {"teams": TEAMS}
        )


def _require_free(unit: Unit, starts_on: date, ends_on: date) -> None:
    """Stop if another draft covers some of the days: nobody would know which one counts."""
    others = Roster.objects.filter(
        unit=unit, state=DRAFT, starts_on__lt=ends_on, ends_on__gt=starts_on
    ).exclude(starts_on=starts_on)
    if other := others.order_by("starts_on").first():
        sentence = _(
            "There is another draft from %(starts)s until %(ends)s that covers some of these "
            "days. Publish or discard it first."
        )
        last = other.ends_on - timedelta(days=1)
        raise Invalid(
            sentence
            % {
                "starts": date_format(other.starts_on, "j F Y"),
                "ends": date_format(last, "j F Y"),
            }
        )


def _require_work(unit: Unit, problem: Problem) -> None:
    if not problem.members:
        raise Invalid(_("%(unit)s has no staff in these days.") % {"unit": unit.name})
    if not problem.days:
        raise Invalid(_("%(unit)s does not work on any of these days.") % {"unit": unit.name})
