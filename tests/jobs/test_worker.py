"""Real workers in processes of their own, stopped, killed and racing."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest

from loket.jobs.models import Job

from . import sample_tasks as tasks
from .conftest import Starter, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def written(marks: Path) -> list[str]:
    return [line.split()[0] for line in marks.read_text().splitlines()]


def all_done() -> bool:
    return not Job.objects.exclude(state=Job.State.DONE).exists()


def test_killed_worker_loses_nothing(start_worker: Starter, marks: Path) -> None:
    job = tasks.dawdle.enqueue(60)
    first = start_worker(lease=2)
    wait_until(lambda: written(marks) == ["begin"])
    first.send_signal(signal.SIGKILL)
    first.wait()
    start_worker(lease=2)
    # Within the lease and a start; a busy machine takes many seconds for the start.
    wait_until(lambda: Job.objects.get(ref=job.id).state == Job.State.DONE, seconds=60)
    assert written(marks) == ["begin", "begin", "end"]
    assert Job.objects.get(ref=job.id).attempts == 2


def test_worker_told_to_stop_finishes_what_it_began(start_worker: Starter, marks: Path) -> None:
    tasks.nap.enqueue(4)
    tasks.nap.enqueue(4)
    process = start_worker()
    wait_until(lambda: written(marks) == ["begin"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert written(marks) == ["begin", "end"]
    states = list(Job.objects.filter(task__endswith=".nap").order_by("id"))
    assert [job.state for job in states] == [Job.State.DONE, Job.State.READY]


def test_two_workers_never_do_the_same_job_twice(start_worker: Starter, marks: Path) -> None:
    for n in range(60):
        tasks.meet.enqueue(f"n{n}")
    start_worker(lease=60, threads=2)
    start_worker(lease=60, threads=2)
    wait_until(all_done)
    assert Counter(written(marks)) == Counter(f"n{n}" for n in range(60))
    assert len({line.split()[1] for line in marks.read_text().splitlines()}) == 2


def test_heartbeat_keeps_a_long_job_alone(start_worker: Starter, marks: Path) -> None:
    tasks.nap.enqueue(7)
    start_worker(lease=3)
    start_worker(lease=3)
    wait_until(lambda: all_done() and written(marks)[-1:] == ["end"])
    assert written(marks) == ["begin", "end"]
    assert Job.objects.get(task__endswith=".nap").attempts == 1
