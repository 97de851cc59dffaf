"""Reasons of absences whose day has come."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.workforce import services


@task()
def erase_reasons() -> None:
    """Forget why people were absent, 90 days after they were back; safe to run twice."""
    services.erase_reasons(actor=Actor.system("retention"), at=clock.now())
