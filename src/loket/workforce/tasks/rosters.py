"""Work on rosters that nobody waits for."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.workforce.models import Roster
from loket.workforce.services.rosters import replanning, telling


@task()
def tell_turns(roster: str, revision: int, accounts: list[int]) -> None:
    """Tell people of their turns; safe to run twice."""
    found = Roster.objects.select_related("unit__office").get(code=roster)
    telling.tell_turns(
        roster=found,
        revision=revision,
        accounts=accounts,
        actor=Actor.system("rosters"),
        at=clock.now(),
    )


@task()
def replan_touched(scopes: list[str], cause: str) -> None:
    """Queue the planning again of every unit below some paths; safe to run twice."""
    replanning.replan_touched(
        scopes=scopes, cause=cause, actor=Actor.system("rosters"), at=clock.now()
    )


@task()
def replan(unit: str, cause: str) -> None:
    """Plan a unit again because of something that happened; safe to run twice."""
    replanning.replan(
        unit=organisation.unit(unit),
        cause=cause,
        actor=Actor.system("rosters"),
        at=clock.now(),
    )
