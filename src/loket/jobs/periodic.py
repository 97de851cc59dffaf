"""Work that comes round. Each package declares its own in ``apps.py``::

    periodic = {"loket.files.tasks.expire": 3600}

Every worker offers each period's job under a key that names the task and the period; the
database lets one of them in. A period in which no worker ran is not made up for.
"""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.utils.module_loading import import_string
from django_tasks.base import Task

SHORTEST, LONGEST = 5, 86_400
"""Done jobs are kept for longer than a day, and with them the keys of their periods."""

MAX_ATTEMPTS = 3
"""The next period is the better retry."""


def declared() -> dict[str, int]:
    """Return every periodic task and its period in seconds."""
    found: dict[str, int] = {}
    for config in apps.get_app_configs():
        found.update(getattr(config, "periodic", {}))
    return found


def key(task: str, *, every: int, at: datetime) -> str:
    """Return the key of the period in which a moment lies."""
    return f"{task}@{int(at.timestamp()) // every * every}"


def problems() -> list[str]:
    """Return what is wrong with the declarations."""
    found = []
    for path, every in declared().items():
        if not SHORTEST <= every <= LONGEST:
            found.append(f"{path}: a period is {SHORTEST} to {LONGEST} seconds, not {every}.")
        try:
            if not isinstance(import_string(path), Task):
                found.append(f"{path} is not a task.")
        except ImportError:
            found.append(f"{path} cannot be imported.")
    return found
