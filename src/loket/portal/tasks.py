"""Work that is done by itself."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from loket.kernel import clock

from .offices import snapshot


@task()
def write_snapshot() -> None:
    """Write the board as files, for when the application is down."""
    snapshot.write(settings.SNAPSHOT_ROOT, at=clock.now())
