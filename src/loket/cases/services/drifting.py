"""Due dates of cases whose clock stands still until further notice.

A circular may hold until it is evaluated, and an office may stay shut for longer than it had
to. As long as that stops a clock, every working day that goes by moves the date on. Nobody is
told each time: the date is carried along, and once the end is decided the applicant hears of
one move.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from loket.cases.models import Case
from loket.cases.queries.recounting import Open, Recount, in_batches, oldest, pauses_of
from loket.cases.rules.law import STOPPERS
from loket.kernel.access import Actor
from loket.organisation.rules.calendar import CalendarMissing
from loket.policies import queries as policies

from .rescheduling import ByDates, carry_along


def carry_due_dates(*, actor: Actor, at: datetime) -> int:
    """Move on the due dates of open cases whose clock stands still until further notice.

    Return how many moved. Safe to repeat; nobody is told, and nothing is noted. Each batch
    is a transaction of its own, and only what moves is locked: where the law changes
    meanwhile, the rest is left to that change, and to the next time.
    """
    del actor  # Nothing is announced on anybody's behalf.
    # In this order: a change in between is then seen as one, and ends this round.
    edition = policies.edition()
    book = policies.book()
    if not any(e.ends_at is None and e.kind in STOPPERS for e in book.effects):
        return 0
    since = oldest(Case.objects.all().open())
    if since is None:
        return 0
    recount, moved = Recount(book, at, since), 0
    cases = Case.objects.all().open().filter(unit_id__in=held_up(recount))
    for batch in in_batches(cases, is_locked=False):
        if found := drifted(batch, recount):
            with transaction.atomic():
                lock(found)
                if policies.edition() != edition:
                    break
                moved += carry_along(found)
    return moved


def held_up(recount: Recount) -> set[int]:
    """Return the keys of the units at which some clock stands still until further notice."""
    pairs = Case.objects.all().open().order_by().values_list("unit_id", "service_code")
    return {unit for unit, code in pairs.distinct() if recount.stopped_without_end(unit, code)}


def lock(found: ByDates) -> None:
    """Wait for whoever has these cases in hand; a change of the law that did is known then."""
    keys = [key for some in found.values() for key in some]
    rows = Case.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def drifted(batch: list[Open], recount: Recount) -> ByDates:
    """Return the cases of a batch that are due later than is written down."""
    found: ByDates = {}
    pauses = pauses_of(batch)
    for case in batch:
        if not recount.stopped_without_end(case.unit_id, case.service):
            continue
        try:
            due_on = recount.due_on(case, pauses.get(case.pk, ()))
        except CalendarMissing:
            continue
        if due_on != case.due_on:
            found.setdefault((case.due_on, due_on), []).append(case.pk)
    return found
