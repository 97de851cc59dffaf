"""Work that is done by itself."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor

from . import services


@task()
def erase_expired() -> None:
    """Erase who was positive and whom they met, when the time is over."""
    services.erase_expired(actor=Actor.system("retention"), at=clock.now())
