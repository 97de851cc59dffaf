"""The story of Dewi's team: rosters, days gone by, what waits for her and what is planned.

Everything is reckoned from the day on which the demo is filled, and done by the people of
the play through the same functions as on the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.test import override_settings

from loket.demo import cast, situation
from loket.demo.history.telling import ALL, NOWHERE
from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Roster

from . import days, waiting
from .people import UNIT, employ, open_counters

WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
TEAMS = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to see of the team."""

    rosters: int
    clockings: int


def arise(*, at: datetime) -> Shown:
    """Let the team's story come about; what is there already stays as it is.

    :raises NotAllowed: if this is no demo.
    """
    cast.require_demo()
    unit = organisation.unit(UNIT)
    if Roster.objects.filter(unit=unit).exists():
        return Shown(rosters=Roster.objects.filter(unit=unit).count(), clockings=0)
    began = situation.flexible_since(at)
    team = employ(at=began)
    open_counters(unit, at=began)
    monday = coming_monday(organisation.today(unit, at=at))
    stay_away(team, monday, at=began)
    with override_settings(EMAIL_BACKEND=NOWHERE):  # What was sent then must not arrive now.
        for first in (monday - FORTNIGHT, monday):
            planned = plan(unit, first, at=friday_before(first, unit))
            publish(planned, at=friday_before(first, unit) + timedelta(minutes=20))
        clockings = days.live(unit, team.values(), since=monday - FORTNIGHT, at=at)
        report(unit, team, since=monday - WEEK, at=at)
        waiting.meeting(team, unit, monday, at=at)
        jobs.work(at=at, limit=ALL)
    plan(unit, monday + FORTNIGHT, at=at)
    waiting.leave(team, monday, at=at)
    waiting.swap(team, unit, at=at)
    waiting.mend(team, unit, at=at)
    past = organisation.today(unit, at=at)
    waiting.appeal(team, since=past - FORTNIGHT, until=past, at=at)
    return Shown(rosters=3, clockings=clockings)


def coming_monday(today: date) -> date:
    """Return the Monday of this week, or of the next one at its end."""
    monday = today - timedelta(days=today.weekday())
    return monday if today.weekday() < 5 else monday + WEEK  # noqa: PLR2004 -- Saturday


def friday_before(monday: date, unit: Unit) -> datetime:
    """Return the afternoon on which two weeks are planned."""
    friday = monday - timedelta(days=3)
    return datetime.combine(friday, time(14), organisation.zone(unit))


def plan(unit: Unit, monday: date, *, at: datetime) -> Roster:
    """Let Dewi plan two weeks, in two groups."""
    return workforce.plan(
        unit=unit,
        starts_on=monday,
        ends_on=monday + timedelta(days=12),
        teams=TEAMS,
        actor=named("dewi", at=at),
        at=at,
    )


def publish(roster: Roster, *, at: datetime) -> None:
    """Let Dewi publish what she planned."""
    workforce.publish(
        roster=roster, revision=roster.revision, actor=named("dewi", at=at), at=at
    )


@dataclass(frozen=True, slots=True)
class Away:
    """Days from the first Monday on which somebody is away, and why: only personnel can tell."""

    username: str
    kind: str
    reason: str
    since: int
    until: int


AWAY = (
    Away("lina", "home", "pregnancy", -14, 90),
    Away("agung", "leave", "annual", 3, 7),
    Away("hendro", "travel", "training", 8, 10),
)


def stay_away(team: dict[str, Account], monday: date, *, at: datetime) -> None:
    """Record who must not come for months, who is on leave, and who travels."""
    for one in AWAY:
        workforce.record_absence(
            account=team[one.username],
            kind=one.kind,
            starts_on=monday + timedelta(days=one.since),
            ends_on=monday + timedelta(days=one.until),
            reason=one.reason,
            actor=cast.SYSTEM,
            at=at,
        )


def report(unit: Unit, team: dict[str, Account], *, since: date, at: datetime) -> None:
    """Let days be handed in; Dewi has validated all but those of the last one."""
    zone, today = organisation.zone(unit), organisation.today(unit, at=at)
    past = list(days.working_days(unit, since, today - days.DAY))
    others = [account for name, account in team.items() if name != "dewi"]
    for on in past:
        evening = datetime.combine(on, time(16, 45), zone)
        days.hand_in(others, on=on, at=evening)
        if on != past[-1]:
            dewi = named("dewi", at=evening)
            waiting = queries.waiting_reports(unit=unit, actor=dewi, today=on)
            workforce.validate_reports(
                reports=[(row, row.revision) for row in waiting],
                actor=dewi,
                at=evening + timedelta(minutes=30),
            )


def named(username: str, *, at: datetime) -> Actor:
    """Return somebody of the play as who acts."""
    return people.actor_for(Account.objects.get(username=username), at=at)
