from __future__ import annotations

from django_tasks import task

from loket.kernel import clock

from . import services


@task()
def purge() -> int:
    """Forget what is long done."""
    return services.purge(at=clock.now())
