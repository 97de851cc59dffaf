from __future__ import annotations

from django_tasks import task

from loket.kernel import clock
from loket.kernel.access import Actor

from . import services


@task()
def expire() -> int:
    """Delete the files whose time is over."""
    return services.expire(actor=Actor.system("files"), at=clock.now())


@task()
def sweep() -> int:
    """Delete bytes that no row names."""
    return services.sweep(actor=Actor.system("files"), at=clock.now())
