"""Work on circulars and closures that nobody waits for."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor

from . import services


@task()
def tell_heads(number: int, notice: str) -> None:
    """Tell the heads of the units that a change touches; safe to run twice."""
    services.tell_heads(
        number=number, notice=notice, actor=Actor.system("policies"), at=clock.now()
    )


@task()
def watch_closures() -> None:
    """Say once a day which closures outlast their minimum; safe to run twice."""
    services.note_overruns(actor=Actor.system("closures"), at=clock.now())
