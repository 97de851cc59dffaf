"""Work on people that nobody waits for."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor

from . import services


@task()
def purge() -> None:
    """Forget old sign-in codes and counts; safe to run twice."""
    services.purge(actor=Actor.system("people"), at=clock.now())
