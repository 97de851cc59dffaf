"""Due dates that follow the law: when it changes, they move, and applicants are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from loket.cases.events import DueDatesMoved
from loket.cases.models import Case
from loket.cases.queries.recounting import (
    Open,
    Recount,
    in_batches,
    oldest,
    open_within,
    pauses_of,
)
from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.kernel.events import announce
from loket.organisation.rules.calendar import CalendarMissing
from loket.policies import queries as policies

TELL = "loket.cases.tasks.tell_due_moves"


@dataclass
class Rescheduled:
    """How many due dates moved, and how many nobody could count."""

    moved: int = 0
    uncounted: int = 0


def reschedule(
    *,
    edition: int,
    scopes: Collection[str],
    subject: str,
    changed_since: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Rescheduled:
    """Move the due dates of open cases to where the law of this edition puts them.

    ``scopes`` are the paths of the units whose cases may be touched, ``subject`` names what
    changed the law. With ``changed_since``, only cases filed or moved since then are looked
    at. Where a year's holidays are not on record the date stays, and the event says so: an
    office must be able to close even then.
    """
    done = Rescheduled()
    with transaction.atomic():
        cases = open_within(scopes, changed_since=changed_since)
        since = oldest(cases)
        if since is None:
            return done
        recount = Recount(policies.book(), at, since)
        for batch in in_batches(cases):
            moves = moves_in(batch, recount, done)
            done.moved += move_all(moves, edition=edition, subject=subject, at=at)
        if done.moved or done.uncounted:
            announce(
                DueDatesMoved(
                    actor=actor,
                    at=at,
                    subject=subject,
                    edition=edition,
                    moved=done.moved,
                    uncounted=done.uncounted,
                )
            )
        if done.moved and changed_since is None:
            jobs.enqueue(TELL, at=at, key=f"cases.due_moves:{edition}", edition=edition)
    return done


Moves = dict[tuple[date, date], list[int]]
"""Keys of cases by the date that was and the date that is now."""


def moves_in(batch: list[Open], recount: Recount, done: Rescheduled) -> Moves:
    """Return the cases of a batch whose due date is another now."""
    moves: Moves = defaultdict(list)
    pauses = pauses_of(batch)
    for case in batch:
        try:
            due_on = recount.due_on(case, pauses.get(case.pk, ()))
        except CalendarMissing:
            done.uncounted += 1
            continue
        if due_on != case.due_on:
            moves[case.due_on, due_on].append(case.pk)
    return moves


def move_all(moves: Moves, *, edition: int, subject: str, at: datetime) -> int:
    """Move due dates and write each move down; return how many."""
    for (was, now), keys in moves.items():
        Case.objects.filter(pk__in=keys, due_on=was, closed_at=None).update(due_on=now)
    with connection.cursor() as cursor:
        for (was, now), keys in moves.items():
            write_down(cursor, keys, was, now, (edition, subject, at))
    return sum(len(keys) for keys in moves.values())


WRITE_DOWN = """
    INSERT INTO cases_duemove (case_id, edition, subject, was, now, moved_at)
    SELECT id, %s, %s, %s, %s, %s FROM cases_case WHERE id IN ({keys})
    ON CONFLICT (case_id, edition) DO UPDATE
    SET now = excluded.now, moved_at = excluded.moved_at, told_at = NULL
"""
"""A closure that is overdue may move a date again; within one edition that is one move.

By the ORM's ``bulk_create``, 100,000 rows cost 7 seconds of processor time; this is 1.
"""


def write_down(
    cursor: CursorWrapper, keys: list[int], was: date, now: date, by: tuple[int, str, datetime]
) -> None:
    """Write down that the due dates of some cases moved, and which edition did it."""
    edition, subject, at = by
    ops = connection.ops
    cursor.execute(
        WRITE_DOWN.format(keys=",".join(str(key) for key in keys)),
        [
            edition,
            subject,
            ops.adapt_datefield_value(was),
            ops.adapt_datefield_value(now),
            ops.adapt_datetimefield_value(at),
        ],
    )
