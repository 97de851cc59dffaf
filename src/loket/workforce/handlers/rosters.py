"""What published rosters do about the news: they are planned again, later, by a job."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from loket.jobs import services as jobs
from loket.kernel.events import on
from loket.organisation import queries as organisation
from loket.organisation.events import OfficeChanged, RoomChanged
from loket.people.events import PersonAppointed, PositionEnded
from loket.people.rules.refs import number_of
from loket.policies.events import PolicyChanged
from loket.policies.services import impact
from loket.workforce.events import (
    AbsenceEnded,
    AbsenceGranted,
    CounterChanged,
    DesksChanged,
    SkillsChanged,
)
from loket.workforce.queries.rosters import standing
from loket.workforce.queries.staff import staffing

REPLAN = "loket.workforce.tasks.rosters.replan"
REPLAN_TOUCHED = "loket.workforce.tasks.rosters.replan_touched"


@on(PolicyChanged)
def replan_what_the_law_touches(event: PolicyChanged) -> None:
    """Queue one job for all units that a change of the law or of the holidays touches."""
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
    _replan_home(event.account, "absence", at=event.at)


@on(PersonAppointed)
def replan_with_who_comes(event: PersonAppointed) -> None:
    """Queue the planning again of a unit that somebody joins."""
    _replan_staff(event)


@on(PositionEnded)
def replan_without_who_leaves(event: PositionEnded) -> None:
    """Queue the planning again of a unit that somebody leaves."""
    _replan_staff(event)


@on(SkillsChanged)
def replan_by_skills(event: SkillsChanged) -> None:
    """Queue the planning again of the unit of somebody who can do more now, or less."""
    _replan_home(event.subject, "skills", at=event.at)


@on(DesksChanged)
def replan_by_desks(event: DesksChanged) -> None:
    """Queue the planning again of the unit of somebody who sits elsewhere now."""
    _replan_home(event.subject, "desks", at=event.at)


@on(CounterChanged)
def replan_by_counters(event: CounterChanged) -> None:
    """Queue the planning again of a unit whose counters need something else now."""
    _replan_published(event.subject, "counter", at=event.at)


@on(OfficeChanged)
def replan_by_hours(event: OfficeChanged) -> None:
    """Queue the planning again of a unit whose office is open at other hours now."""
    _replan_published(event.subject, "office", at=event.at)


@on(RoomChanged)
def replan_by_rooms(event: RoomChanged) -> None:
    """Queue the planning again of the units in a room that holds more people now, or fewer."""
    if event.before.get("capacity") != event.after.get("capacity"):
        since = organisation.today(None, at=event.at)
        room = event.subject.partition(":")[2]
        for unit in standing.units_published_in(room, since=since):
            _replan(unit, "room", at=event.at)


@impact.reports("rosters")
def report_rosters(edition: int, at: datetime) -> dict[str, Any]:
    """Report which units cannot be staffed under the law as it stands after a change."""
    return staffing.unstaffed(edition=edition, at=at)


def _replan(unit: str, cause: str, *, at: datetime) -> None:
    # Many may join or fall away at one moment: the unit is planned once.
    key = f"workforce.replan:{unit}:{cause}:{at.isoformat()}"
    jobs.enqueue(REPLAN, at=at, key=key, unit=unit, cause=cause)


def _replan_home(account: str, cause: str, *, at: datetime) -> None:
    """Queue the units of somebody's posts that have published days to come."""
    today = organisation.today(None, at=at)
    for unit in standing.units_published_of(number_of(account), since=today):
        _replan(unit, cause, at=at)


def _replan_published(subject: str, cause: str, *, at: datetime) -> None:
    """Queue a unit, if it has published days to come."""
    unit = subject.partition(":")[2]
    if standing.is_published(since=organisation.today(None, at=at), unit=unit):
        _replan(unit, cause, at=at)


def _replan_staff(event: PersonAppointed | PositionEnded) -> None:
    _replan_published(f"unit:{event.unit}", "staff", at=event.at)
