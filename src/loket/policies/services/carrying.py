"""How the law changes: one way for all of it, done for good or done and undone.

A simulation is the change itself, carried out in a transaction that is rolled back; so
what it shows is what will happen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.kernel.events import announce
from loket.policies import queries
from loket.policies.events import PolicyChanged
from loket.policies.models import Change

from . import impact
from .editions import bump, lock

TELL = "loket.policies.tasks.tell_heads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of the law, not done yet."""

    kind: str
    """As in ``Change.kind``."""
    subject: str
    label: str
    scopes: tuple[str, ...]
    starts_at: datetime
    """From when it shows."""
    ends_at: datetime | None
    shows_until: datetime | None
    """Until when it makes a difference; longer than it holds, if it ends something else."""
    write: Callable[[], None]
    """Write the rows, by conditional updates."""
    event: Callable[[int], PolicyChanged]
    """Return what to announce, for the number of the new edition."""
    notice: str = ""
    """What heads of the touched units are told, if anything."""


def carry_out(
    step: Step,
    *,
    seen: int | None = None,
    is_history: bool = False,
    actor: Actor,
    at: datetime,
) -> Change:
    """Change the law, and let every package put right what follows from it, all or nothing.

    History is neither weighed nor told to anybody.

    :raises Conflict: if the law is not at the number that was seen any more.
    """
    with transaction.atomic():
        lock()
        before = None if is_history else queries.book()
        change = bump(
            kind=step.kind,
            subject=step.subject,
            label=step.label,
            scopes=step.scopes,
            seen=seen,
            actor=actor,
            at=at,
        )
        step.write()
        announce(step.event(change.number))
        if before is not None:
            change.impact = impact.gather(step, before, number=change.number, at=at)
            change.cases_gz = impact.listed("cases", number=change.number)
            change.save(update_fields=["impact", "cases_gz"])
            _tell(step, change, at=at)
    return change


def try_out(step: Step, *, seen: int | None = None, actor: Actor, at: datetime) -> Change:
    """Carry a change out, undo all of it, and return what it was.

    :raises Conflict: if the law is not at the number that was seen any more.
    """
    with transaction.atomic():
        change = carry_out(step, seen=seen, actor=actor, at=at)
        transaction.set_rollback(True)
    return change


def _tell(step: Step, change: Change, *, at: datetime) -> None:
    if step.notice:
        jobs.enqueue(
            TELL,
            at=at,
            key=f"policies.tell:{change.number}",
            number=change.number,
            notice=step.notice,
        )
