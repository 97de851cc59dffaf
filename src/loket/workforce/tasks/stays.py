"""Where people were is known as long as tracing needs it, and no longer."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.workforce.services import stays


@task()
def keep_stays_short() -> None:
    """End stays that were left open, and delete those past the days of tracing."""
    actor, at = Actor.system("tracing"), clock.now()
    stays.end_open_stays(actor=actor, at=at)
    stays.purge_stays(actor=actor, at=at)
