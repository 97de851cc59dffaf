"""Tasks for the tests of the queue; a folder named by the environment takes their marks."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import TaskContext, task

from loket.kernel.errors import TransportError


def mark(name: str) -> None:
    """Add a line to the file of marks: appends of one line do not mix."""
    with Path(os.environ["LOKET_TEST_MARKS"]).open("a") as file:
        file.write(f"{name} {os.getpid()}\n")


def marks() -> list[str]:
    return Path(os.environ["LOKET_TEST_MARKS"]).read_text().splitlines()


@task()
def add(left: int, right: int) -> int:
    return left + right


@task(takes_context=True)
def attempt(context: TaskContext) -> int:
    return context.attempt


@task(max_attempts=3)
def stumble(person_id: int) -> None:
    secret = "3171234567890001"
    raise ValueError(f"{secret} of {person_id}")


@task()
def bounce() -> None:
    raise TransportError("no such number", permanent=True)


@task()
def note(name: str) -> None:
    mark(name)


@task()
def meet(name: str) -> None:
    """Leave a mark, and let nobody go on before another process has left one too."""
    mark(name)
    ends = time.monotonic() + 60
    while len({line.split()[1] for line in marks()}) == 1 and time.monotonic() < ends:
        time.sleep(0.02)


@task(takes_context=True)
def dawdle(context: TaskContext, seconds: float) -> None:
    """Begin, take long, end; only the first attempt takes long."""
    mark("begin")
    if context.attempt == 1:
        time.sleep(seconds)
    mark("end")


@task()
def nap(seconds: float) -> None:
    mark("begin")
    time.sleep(seconds)
    mark("end")
