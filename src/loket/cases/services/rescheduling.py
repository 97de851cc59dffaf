"""Due dates that follow the law: when it changes, they move, and applicants are told.

While a clock stands still until further notice, nobody knows the date: it is carried along in
silence (:mod:`.drifting`), and the applicant hears of one move when the end is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Value
from django.db.models.functions import Coalesce

from loket.cases.events import DueDatesMoved
from loket.cases.models import Case, CaseQuerySet
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
from loket.policies.models import Change
from loket.policies.services import editions

TELL = "loket.cases.tasks.tell_due_moves"
COUNT_AGAIN = "loket.cases.tasks.count_again"

PATIENCE = timedelta(minutes=10)
"""Applicants are told this much later: what is taken back at once is told to nobody."""


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
    actor: Actor,
    at: datetime,
) -> Rescheduled:
    """Move the due dates of open cases to where the law of this edition puts them.

    ``scopes`` are the paths of the units whose cases may be touched, ``subject`` names what
    changed the law. Where a year's holidays are not on record the date stays, and the event
    says so: an office must be able to close even then.
    """
    with transaction.atomic():
        done = recounted(open_within(scopes), edition=edition, subject=subject, at=at)
        said(done, edition=edition, subject=subject, key="", actor=actor, at=at)
    return done


def count_again(*, code: str, edition: int, actor: Actor, at: datetime) -> Rescheduled:
    """Count a case again that was filed by the law of an edition while that was changing.

    Its transaction could not see the new law yet, and the change could not see the case. The
    law stands still meanwhile: whoever is changing it is waited for.
    """
    with transaction.atomic():
        editions.lock()
        change = Change.objects.filter(number__gt=edition).order_by("-number").first()
        if change is None:
            return Rescheduled()  # It was only simulated, or taken back.
        case = Case.objects.filter(code=code).open()
        about: dict[str, Any] = {"edition": change.number, "subject": change.subject}
        done = recounted(case, **about, at=at)
        said(done, **about, key=f":{code}", actor=actor, at=at)
    return done


def recounted(cases: CaseQuerySet, *, edition: int, subject: str, at: datetime) -> Rescheduled:
    """Move the due dates of some open cases to where the law as it stands puts them."""
    done = Rescheduled()
    since = oldest(cases)
    if since is None:
        return done
    recount = Recount(policies.book(), at, since)
    for batch in in_batches(cases):
        moves = moves_in(batch, recount, done, subject=subject)
        carry_along(moves.silent)
        put_back(moves.back)
        done.moved += move_all(moves.told, edition=edition, subject=subject, at=at)
    return done


def said(
    done: Rescheduled, *, edition: int, subject: str, key: str, actor: Actor, at: datetime
) -> None:
    """Announce what moved, and let applicants be told in a while."""
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
    if done.moved:
        jobs.enqueue(
            TELL,
            at=at,
            run_at=at + PATIENCE,
            key=f"cases.due_moves:{edition}{key}",
            edition=edition,
        )


ByDates = dict[tuple[date, date], list[int]]
"""Keys of cases by the date that was and the date that is now."""


@dataclass(slots=True)
class Moves:
    """Cases of a batch whose due date is another now."""

    told: ByDates = field(default_factory=lambda: defaultdict(list))
    """By the date that their applicants know."""
    silent: ByDates = field(default_factory=lambda: defaultdict(list))
    """Those whose clock stands still until further notice, as it did before."""
    back: dict[date, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Those whose applicants know the right date."""


def moves_in(batch: list[Open], recount: Recount, done: Rescheduled, *, subject: str) -> Moves:
    """Return the cases of a batch whose due date is another now that something changed."""
    moves = Moves()
    pauses = pauses_of(batch)
    for case in batch:
        try:
            due_on = recount.due_on(case, pauses.get(case.pk, ()))
        except CalendarMissing:
            done.uncounted += 1
            continue
        held_by = recount.stopped_without_end(case.unit_id, case.service)
        known = case.promised_on or case.due_on
        if held_by and (case.promised_on or subject not in held_by):
            if due_on != case.due_on:
                moves.silent[case.due_on, due_on].append(case.pk)
        elif due_on != known:
            moves.told[known, due_on].append(case.pk)
        elif case.promised_on:
            moves.back[due_on].append(case.pk)
    return moves


def carry_along(moves: ByDates) -> int:
    """Move due dates in silence, and keep the one that each applicant knows; return how many."""
    for (was, now), keys in moves.items():
        known = Coalesce("promised_on", Value(was))
        cases = Case.objects.among(keys).filter(due_on=was, closed_at=None)
        cases.update(due_on=now, promised_on=known)
    return sum(len(keys) for keys in moves.values())


def put_back(moves: dict[date, list[int]]) -> None:
    """Let the dates hold again that applicants know: nothing was lost after all."""
    for due_on, keys in moves.items():
        Case.objects.among(keys).filter(closed_at=None).update(due_on=due_on, promised_on=None)


def move_all(moves: ByDates, *, edition: int, subject: str, at: datetime) -> int:
    """Move due dates and write each move down; return how many."""
    for (_was, now), keys in moves.items():
        Case.objects.among(keys).filter(closed_at=None).update(due_on=now, promised_on=None)
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
"""Within one edition, all moves of a case are one.

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
