"""Takes jobs and does them, until told to stop.

A job is not wrapped in a transaction: it would hold the write lock of SQLite for the job's
whole length and keep locks while talking to providers. Jobs may therefore run twice, after a
crash, and must be safe to run twice.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.utils import translation
from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from loket.kernel import clock

from . import leases, periodic
from .backend import insert, load, result_of
from .failures import describe, is_hopeless
from .models import Job

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.25
"""Looking at an empty queue is one indexed read (0.2 ms), so work can start at once."""

UPKEEP_SECONDS = 2.0
TROUBLE_SECONDS = 2.0
INSIST_TIMES = 10
LONGEST_JOB = timedelta(minutes=30)
"""A job that hangs longer is let go: its lease ends and another worker tries it."""


def run(
    *,
    queues: Collection[str] = ("default",),
    threads: int = 1,
    stop: Event,
    lease: timedelta = leases.LEASE,
) -> None:
    """Work until ``stop`` is set; then finish the jobs in hand and return."""
    name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(3)}"
    others = [
        Thread(target=_loop, args=(f"{name}:{n}", queues, stop, lease), name=f"worker-{n}")
        for n in range(1, threads)
    ]
    for thread in others:
        thread.start()
    _loop(f"{name}:0", queues, stop, lease)
    for thread in others:
        thread.join()


def stop_on_signals() -> Event:
    """Return an event that SIGTERM and SIGINT set, for :func:`run`."""
    stop = Event()

    def set_stop(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        stop.set()

    signal.signal(signal.SIGTERM, set_stop)
    signal.signal(signal.SIGINT, set_stop)
    return stop


def _loop(worker: str, queues: Collection[str], stop: Event, lease: timedelta) -> None:
    offered: set[str] = set()
    upkeep_due = 0.0
    try:
        while not stop.is_set():
            try:
                if time.monotonic() >= upkeep_due:
                    leases.recover(at=clock.now())
                    offered = offer_periodic(offered)
                    upkeep_due = time.monotonic() + UPKEEP_SECONDS
                job = leases.claim(worker=worker, queues=queues, at=clock.now(), lease=lease)
                if job is None:
                    stop.wait(IDLE_SECONDS)
                else:
                    perform(job, lease=lease)
            except (DatabaseError, InterfaceError) as error:
                # The database is away or busy: look again soon, with a fresh connection.
                log.warning("the queue cannot be read: %s", type(error).__name__)
                connections.close_all()
                stop.wait(TROUBLE_SECONDS)
    finally:
        connections.close_all()


def offer_periodic(offered: set[str]) -> set[str]:
    """Queue the jobs of this period that were not offered yet; return this period's keys."""
    at = clock.now()
    keys = {
        periodic.key(task, every=every, at=at): task
        for task, every in periodic.declared().items()
    }
    for key, path in keys.items():
        if key not in offered and not Job.objects.filter(dedupe=key).exists():
            task = replace(load(path), max_attempts=periodic.MAX_ATTEMPTS)
            insert(task, args=(), kwargs={}, at=at, key=key)
    return set(keys)


def perform(job: Job, *, lease: timedelta = leases.LEASE) -> bool:
    """Do a claimed job to its end; False if it failed or was lost to another worker."""
    log.info("job %s %s attempt %d", job.ref, job.task, job.attempts)
    done = Event()
    pulse = Thread(target=_keep, args=(job, lease, done), name="pulse", daemon=True)
    pulse.start()
    try:
        result = _call(job)
    except Exception as error:  # noqa: BLE001 -- whatever a job raises is written down
        text = describe(error)
        hopeless = is_hopeless(error)
        log.warning("job %s %s failed\n%s", job.ref, job.task, text)
        _insist(lambda: leases.fail(job, error=text, hopeless=hopeless, at=clock.now()), job)
        return False
    else:
        return _insist(lambda: leases.finish(job, result=result, at=clock.now()), job)
    finally:
        done.set()
        pulse.join()


def _call(job: Job) -> object:
    task = load(job.task)
    args, kwargs = job.arguments.get("args", []), job.arguments.get("kwargs", {})
    with translation.override(settings.LANGUAGE_CODE):
        if task.takes_context:
            args = [TaskContext(task_result=result_of(job, task)), *args]
        result: object = normalize_json(task.call(*args, **kwargs))
        return result


def _keep(job: Job, lease: timedelta, done: Event) -> None:
    """Renew the lease, from a thread of its own, for as long as the job runs."""
    ends = time.monotonic() + LONGEST_JOB.total_seconds()
    try:
        while not done.wait(lease.total_seconds() / 3):
            if time.monotonic() > ends:
                log.error("job %s %s hangs and is let go", job.ref, job.task)
                return
            try:
                if not leases.renew(job, at=clock.now(), lease=lease):
                    return
            except (DatabaseError, InterfaceError):
                log.warning("the lease of job %s was not renewed in time", job.ref)
                connections.close_all()
    finally:
        connections.close_all()


def _insist(write: Callable[[], bool], job: Job) -> bool:
    """Write down how a job ended, also through a short absence of the database."""
    for _ in range(INSIST_TIMES - 1):
        try:
            kept = write()
        except (DatabaseError, InterfaceError):
            connections.close_all()
            time.sleep(1)
        else:
            if not kept:
                log.warning("job %s %s was taken over by another worker", job.ref, job.task)
            return kept
    return write()
