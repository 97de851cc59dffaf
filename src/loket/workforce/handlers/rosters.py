"""What published rosters do about the news: they are planned again, later, by a job."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from loket.jobs import services as jobs
from loket.kernel.events import on
from loket.organisation import queries as organisation
from loket.people.events import PersonAppointed, PositionEnded
from loket.people.rules.refs import number_of
from loket.policies.events import PolicyChanged
from loket.policies.services import impact
from loket.workforce.events import AbsenceEnded, AbsenceGranted
from loket.workforce.queries.rosters import standing
from loket.workforce.queries.staff import staffing

REPLAN = "loket.workforce.tasks.rosters.replan"
REPLAN_TOUCHED = "loket.workforce.tasks.rosters.replan_touched"


@on(PolicyChanged)
def replan_what_the_law_touches(event: PolicyChanged) -> None:
    """Queue one job for all units that a change of the law touches."""
    if standing.is_published(since=organisation.today(None, at=event.at)):
        jobs.enqueue(
            REPLAN_TOUCHED, at=event.at, scopes=list(event.scopes), cause=event.subject
        )


@on(AbsenceGranted)
def replan_without_them(event: AbsenceGranted) -> None:
    """Queue the planning again of the units in which somebody has turns while away."""
    since = max(date.fromisoformat(event.starts_on), organisation.today(None, at=event.at))
    until = date.fromisoformat(event.ends_on)
    number = number_of(event.account)
    for unit in standing.units_with_turns_of(number, since=since, until=until):
        _replan(unit, "absence", at=event.at)


@on(AbsenceEnded)
def replan_with_them(event: AbsenceEnded) -> None:
    """Queue the planning again of the unit of somebody who may come after all."""
    today = organisation.today(None, at=event.at)
    for unit in standing.units_published_of(number_of(event.account), since=today):
        _replan(unit, "absence", at=event.at)


@on(PersonAppointed)
def replan_with_who_comes(event: PersonAppointed) -> None:
    """Queue the planning again of a unit that somebody joins."""
    _replan_staff(event)


@on(PositionEnded)
def replan_without_who_leaves(event: PositionEnded) -> None:
    """Queue the planning again of a unit that somebody leaves."""
    _replan_staff(event)


@impact.reports("rosters")
def report_rosters(edition: int, at: datetime) -> dict[str, Any]:
    """Report which units cannot be staffed under the law as it stands after a change."""
    return staffing.unstaffed(edition=edition, at=at)


def _replan(unit: str, cause: str, *, at: datetime) -> None:
    # Many may join or fall away at one moment: the unit is planned once.
    key = f"workforce.replan:{unit}:{cause}:{at.isoformat()}"
    jobs.enqueue(REPLAN, at=at, key=key, unit=unit, cause=cause)


def _replan_staff(event: PersonAppointed | PositionEnded) -> None:
    today = organisation.today(None, at=event.at)
    if standing.is_published(since=today, unit=event.unit):
        _replan(event.unit, "staff", at=event.at)
