"""Who works on which job. Every step is one conditional write, so nobody works on another's.

A worker holds a job by ``worker`` and ``attempts`` together: the number of the attempt is a
fence, so that a worker which slept through its lease cannot end the attempt of another, not
even its own later one. Moments come from the workers' clocks; they may differ by some
seconds, which a lease of a minute forgives.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from .failures import pause
from .models import Job

LEASE = timedelta(seconds=60)
TRIES_PER_CLAIM = 5


def claim(
    *, worker: str, queues: Collection[str], at: datetime, lease: timedelta = LEASE
) -> Job | None:
    """Take the next ready job for this worker, or return None."""
    ready = Job.objects.filter(queue__in=queues, state=Job.State.READY, run_at__lte=at)
    ready = ready.order_by("-priority", "run_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        with transaction.atomic():
            job = ready.select_for_update(skip_locked=True).first()
            return job if job and _take(job, worker=worker, at=at, lease=lease) else None
    # SQLite: looking takes no lock, and only a worker that found something writes.
    for _ in range(TRIES_PER_CLAIM):
        job = ready.first()
        if job is None or _take(job, worker=worker, at=at, lease=lease):
            return job
    return None


def _take(job: Job, *, worker: str, at: datetime, lease: timedelta) -> bool:
    taken = Job.objects.filter(pk=job.pk, state=Job.State.READY, attempts=job.attempts).update(
        state=Job.State.RUNNING,
        worker=worker,
        started_at=at,
        lease_until=at + lease,
        attempts=F("attempts") + 1,
    )
    if taken:
        job.refresh_from_db()
    return bool(taken)


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, worker=job.worker, attempts=job.attempts
    )


def renew(job: Job, *, at: datetime, lease: timedelta = LEASE) -> bool:
    """Hold the job for longer; False if it is no longer held."""
    return bool(_held(job).update(lease_until=at + lease))


def finish(job: Job, *, result: Any, at: datetime) -> bool:
    """End the job well; False if it is no longer held."""
    return bool(
        _held(job).update(
            state=Job.State.DONE, result=result, error="", ended_at=at, lease_until=None
        )
    )


def fail(job: Job, *, error: str, hopeless: bool, at: datetime) -> bool:
    """Put the job back for a later try, or end it as dead; False if it is no longer held."""
    if hopeless or job.attempts >= job.max_attempts:
        return bool(
            _held(job).update(state=Job.State.DEAD, error=error, ended_at=at, lease_until=None)
        )
    return bool(
        _held(job).update(
            state=Job.State.READY,
            error=error,
            run_at=at + pause(job.attempts),
            lease_until=None,
        )
    )


def recover(*, at: datetime) -> int:
    """Free the jobs whose worker fell silent, and return how many.

    The silent attempt counts: a job that kills its worker must end, not go round for ever.
    """
    silent = Q(state=Job.State.RUNNING, lease_until__lte=at)
    if not Job.objects.filter(silent).exists():
        return 0
    error = "The worker fell silent."
    dead = Job.objects.filter(silent, attempts__gte=F("max_attempts")).update(
        state=Job.State.DEAD, error=error, ended_at=at, lease_until=None
    )
    freed = Job.objects.filter(silent).update(
        state=Job.State.READY, error=error, run_at=at, lease_until=None
    )
    return dead + freed
