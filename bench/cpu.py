"""CPU time of processes, exact to the nanosecond, as Linux's scheduler counted it.

A clock on the wall lies on a machine that others use too; this does not.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
Threads = dict[Path, int]
BLOCK = 20


class Meter:
    """Counts the CPU milliseconds of some processes between two moments."""

    def __init__(self, pids: Iterable[int]) -> None:
        self.pids = tuple(pids)
        self.before = self.read()

    def read(self) -> Threads:
        """Return the nanoseconds that every thread has run so far."""
        found: Threads = {}
        for pid in self.pids:
            for thread in Path(f"/proc/{pid}/task").iterdir():
                try:
                    text = (thread / "schedstat").read_text()
                except (FileNotFoundError, ProcessLookupError):  # It ended meanwhile.
                    continue
                found[thread] = int(text.split()[0])
        return found

    def start(self) -> None:
        self.before = self.read()

    def stop(self) -> float:
        """Return the milliseconds since the start."""
        ran = self.read()
        return sum(now - self.before.get(thread, 0) for thread, now in ran.items()) / 1e6


def in_blocks(meter: Meter, work: Callable[[T], object], things: Sequence[T]) -> float:
    """Do the same with every thing and return the milliseconds that one costs.

    Reading the counters costs, too: it is done once for a block, and the middle block is
    taken, so that a neighbour on the machine who empties the caches for a while does not
    count.
    """
    costs = []
    for start in range(0, len(things), BLOCK):
        block = things[start : start + BLOCK]
        meter.start()
        for thing in block:
            work(thing)
        costs.append(meter.stop() / len(block))
    return statistics.median(costs)


def tree(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for parent in found:
        for thread in Path(f"/proc/{parent}/task").iterdir():
            found += [int(child) for child in (thread / "children").read_text().split()]
    return found


def own_backend() -> int:
    """Return the database process that serves this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def backends(application: str) -> list[int]:
    """Return the database processes that serve an application."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [application]
        )
        return [int(pid) for (pid,) in cursor.fetchall()]


def in_process() -> Meter:
    """Return a meter of this process and its database process."""
    return Meter([os.getpid(), own_backend()])
