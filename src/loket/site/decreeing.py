"""Circulars and timelines in files: read, checked line by line, tried out, put in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction

from loket import policies as package
from loket.catalogue.rules import document
from loket.catalogue.rules.problems import dotted
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid
from loket.policies import services
from loket.policies.models import Circular, Simulation
from loket.policies.rules import format as form
from loket.policies.rules import parse
from loket.policies.services import recorded, timelines

from . import defining

SHIPPED = Path(package.__file__).with_name("data")
HISTORY = "jakarta-2020-2025"
"""The timeline that comes with Loket."""

WRITER = Actor.system("command")
_STEP = re.compile(r"[^.\[\]]+")


def timeline_path(given: str) -> Path:
    """Return the file that is meant: a path, or the name of a timeline that comes along."""
    shipped = SHIPPED / f"{given}.yaml"
    return shipped if shipped.is_file() else Path(given)


def read_circular(path: Path) -> form.Circular:
    """Return the circular in a file.

    :raises NotFound: if there is no such file.
    :raises CircularErrors: if it cannot be used; lists every problem with its line.
    """
    return parse.load_circular(defining.read(path), name=str(path))


def read_timeline(path: Path) -> form.Timeline:
    """Return the timeline in a file.

    :raises NotFound: if there is no such file.
    :raises CircularErrors: if it cannot be used; lists every problem with its line.
    """
    return parse.load_timeline(defining.read(path), name=str(path))


def try_out(path: Path, *, author: Actor = WRITER, at: datetime) -> Simulation:
    """Return what the circular in a file would do; nothing of it stays on record.

    :raises CircularErrors: if it cannot be used; lists every problem with its line.
    :raises Conflict: if it is on record already.
    """
    circular = read_circular(path)
    with _at_its_line(path), transaction.atomic():
        draft = services.draft(circular=circular, actor=author, at=at)
        made = services.simulate(circular=draft, actor=author, at=at)
        transaction.set_rollback(True)
    return made


def enact(path: Path, *, author: Actor, by: Actor, reason: str, at: datetime) -> Circular:
    """Put the circular in a file in force, written by one and enacted by another, or nothing.

    :raises CircularErrors: if it cannot be used; lists every problem with its line.
    :raises NotAllowed: if one of them may not, or both are the same.
    :raises Invalid: if it began already and no reason is given.
    :raises Conflict: if it is on record already.
    """
    circular = read_circular(path)
    with _at_its_line(path), transaction.atomic():
        draft = services.draft(circular=circular, actor=author, at=at)
        simulation = services.simulate(circular=draft, actor=by, at=at)
        return services.enact(
            circular=draft, simulation=simulation, retroactive_reason=reason, actor=by, at=at
        )


def load(path: Path, *, at: datetime) -> services.Loaded:
    """Load the timeline in a file; what is there already is left as it is.

    :raises CircularErrors: if any part of it is wrong, before any of it is loaded.
    """
    timeline = read_timeline(path)
    with _at_its_line(path):
        return services.load_timeline(timeline=timeline, actor=WRITER, at=at)


def differs(path: Path) -> bool:
    """Say whether any part of a timeline in a file is on record with other content.

    :raises CircularErrors: if the file cannot be used; lists every problem with its line.
    """
    return any(recorded.other_content(read_timeline(path)))


def check(path: Path) -> form.Timeline:
    """Return the timeline in a file, checked against the units and services that there are.

    :raises CircularErrors: if any part of it is wrong.
    """
    timeline = read_timeline(path)
    with _at_its_line(path):
        timelines.check_timeline(timeline=timeline)
    return timeline


@contextmanager
def _at_its_line(path: Path) -> Iterator[None]:
    """Give each problem of a circular that was refused its line in the file."""
    try:
        yield
    except parse.CircularErrors:
        raise
    except Invalid as refusal:
        told = [(_steps(name), all_) for name, all_ in refusal.fields.items()]
        if not any(len(steps) > 1 for steps, _all in told):
            raise
        read = document.read(defining.read(path))
        raise parse.CircularErrors(
            parse.Problem(str(path), read.line(steps), dotted(steps), reason)
            for steps, reasons in told
            for reason in reasons
        ) from refusal


def _steps(name: str) -> tuple[str | int, ...]:
    steps = _STEP.findall(name)
    return tuple(int(step) if step.isdigit() else step for step in steps)
