"""Days that are over are closed."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.workforce.services import attendance


@task()
def close_days() -> None:
    """End stays that were left open at the end of the shift, and forget old places."""
    actor, at = Actor.system("attendance"), clock.now()
    attendance.close_days(actor=actor, at=at)
    attendance.forget_points(actor=actor, at=at)
