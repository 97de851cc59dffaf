"""Work on messages that nobody waits for."""

from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor

from . import services


@task(max_attempts=12)
def deliver(message_id: int) -> None:
    """Deliver one message; a provider that is away makes the job try again."""
    services.deliver(message_id=message_id, actor=Actor.system("messaging"), at=clock.now())
