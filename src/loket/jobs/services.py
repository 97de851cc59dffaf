"""Queue work, do it here and now, try the dead again, and forget what is long done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotFound
from loket.kernel.events import announce

from . import leases, worker
from .backend import insert, load
from .events import JobRetried
from .models import Job

KEEP_DONE = timedelta(days=7)
KEEP_DEAD = timedelta(days=90)
BATCH = 1000


def enqueue(
    task: str,
    *,
    at: datetime,
    key: str | None = None,
    run_at: datetime | None = None,
    priority: int | None = None,
    **arguments: Any,
) -> Job:
    """Queue the task at a dotted path, in the caller's transaction.

    A package's services sit below its tasks and so name them. ``key`` names the piece of
    work for good: a second call with the same key returns the job of the first, done or not.

    :raises ImportError: if there is no such task.
    """
    chosen = load(task).using(priority=priority, run_after=run_at)
    return insert(chosen, args=(), kwargs=arguments, at=at, key=key)


def work(*, at: datetime, queues: Collection[str] = ("default",), limit: int = 1000) -> int:
    """Do, in this thread, every job that is due, also those that they queue; count them.

    For ``loket worker --once`` and for tests.
    """
    count = 0
    while count < limit:
        job = leases.claim(worker="here", queues=queues, at=at)
        if job is None:
            break
        worker.perform(job)
        count += 1
    return count


def retry(ref: str, *, actor: Actor, at: datetime) -> Job:
    """Give a dead job a fresh set of attempts.

    :raises NotFound: if there is no such job.
    :raises Conflict: if it is not dead.
    """
    revived = Job.objects.filter(ref=ref, state=Job.State.DEAD).update(
        state=Job.State.READY, attempts=0, run_at=at, ended_at=None
    )
    job = Job.objects.filter(ref=ref).first()
    if job is None:
        raise NotFound(_("There is no such job."))
    if not revived:
        raise Conflict(_("This job is not dead; there is nothing to try again."))
    announce(JobRetried(actor=actor, at=at, subject=f"job:{ref}", task=job.task))
    return job


def purge(*, at: datetime) -> int:
    """Forget jobs done a week ago and jobs dead for three months; return how many."""
    count = 0
    for state, keep in ((Job.State.DONE, KEEP_DONE), (Job.State.DEAD, KEEP_DEAD)):
        old = Job.objects.filter(state=state, ended_at__lt=at - keep)
        # In batches: one long delete would hold the only write lock of SQLite.
        while keys := list(old.values_list("pk", flat=True)[:BATCH]):
            count += Job.objects.filter(pk__in=keys).delete()[0]
    return count
