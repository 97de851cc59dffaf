"""Enact a circular in processes that are killed ever later, until one gets through.

Arguments: name of the database, code of the circular, reference of who enacts, the moment,
statements between one kill and the next. Prints what a reader finds after each: the law is
before or after, never between.
"""

import json
import os
import signal
import sys
from datetime import datetime
from itertools import count

import django
from django.conf import settings


def enact(code: str, ref: str, at: datetime, last: int) -> None:
    """Enact, and die at a statement of the transaction or right after it."""
    from django.db import connection

    from loket.kernel.access import Actor
    from loket.policies import queries
    from loket.policies import services as policies

    actor = Actor(ref=ref, name="Gita Permata", grants=frozenset({("*", "")}))
    circular = queries.get(code=code, actor=actor)
    simulation = queries.simulation(circular)
    numbers = count(1)

    def die(execute, sql, params, many, context):
        if next(numbers) == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        policies.enact(circular=circular, simulation=simulation, actor=actor, at=at)


def look() -> None:
    from django.apps import apps

    counts = {m._meta.label: m._default_manager.count() for m in apps.get_models()}
    circular = apps.get_model("policies", "Circular").objects.get()
    edition = apps.get_model("policies", "Edition").objects.get()
    dues = list(apps.get_model("cases", "Case").objects.values_list("due_on", flat=True))
    found = [circular.state, edition.number, edition.token, counts, sorted(map(str, dues))]
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def apart(act) -> int:
    """Do something in a process of its own, which has its own connection."""
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        act()
    except BaseException:  # noqa: BLE001 -- a child must never run on as its parent
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    name, code, ref, moment, step = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = name
    django.setup()
    at = datetime.fromisoformat(moment)
    apart(look)
    for last in count(1, int(step)):
        ended = apart(lambda: enact(code, ref, at, last))  # noqa: B023 -- called at once
        apart(look)
        if ended != -signal.SIGKILL:
            sys.exit(ended)
