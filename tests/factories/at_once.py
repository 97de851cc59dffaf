"""Several acts in the same moment, each in a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from loket.kernel.errors import Refusal

DONE = "done"


def outcomes(*acts: Callable[[], object]) -> list[str]:
    """Return what became of each act: ``done``, or the name of the refusal."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        gate.wait()
        try:
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        else:
            return DONE
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
