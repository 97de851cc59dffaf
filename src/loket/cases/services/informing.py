"""Telling applicants that a due date moved: batch by batch, each move once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from loket.cases.models import DueMove
from loket.cases.queries.causes import Cause, causes
from loket.cases.queries.drafts import DEFINITION
from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.policies.models import Change

from .notices import tell
from .rescheduling import TELL, reschedule

BATCH = 100
"""Messages queued in one transaction: some tenths of a second of the only writer."""

OVERLAP = timedelta(minutes=10)
"""Longer than any transaction: what was filed by the old law while the new one came."""

EVERYWHERE = ("/",)


@dataclass(frozen=True, slots=True)
class News:
    """A case whose applicant is told: the date they last heard of, and all moves since."""

    move: DueMove
    was: date
    moves: tuple[int, ...]


def tell_due_moves(*, edition: int, after: int = 0, actor: Actor, at: datetime) -> int:
    """Tell a batch of applicants that an edition of the law moved their date, and queue the
    next batch. Return how many were told.

    Who was moved again since is told then, and hears of one move: from the date that they
    knew to the one that holds.
    """
    cause = causes([edition]).get(edition)
    if cause is None:
        return 0
    if not after:
        catch_up(edition, cause, actor=actor, at=at)
    with transaction.atomic():
        moves = list(
            DueMove.objects.filter(edition=edition, told_at=None, pk__gt=after)
            .select_related("case__service_version", "case__unit__office")
            .defer(f"case__{DEFINITION}")
            .order_by("pk")[:BATCH]
        )
        told = [n for n in news(moves) if tell_one(n, cause, actor=actor, at=at)]
        if moves:
            last = moves[-1].pk
            key = f"cases.due_moves:{edition}:{last}"
            jobs.enqueue(TELL, at=at, key=key, edition=edition, after=last)
    return len(told)


def catch_up(edition: int, cause: Cause, *, actor: Actor, at: datetime) -> None:
    """Count again what was filed or sent again while the law changed.

    Its transaction could not see the new law yet, and the change could not see the case.
    """
    changed_at = Change.objects.values_list("at", flat=True).get(number=edition)
    reschedule(
        edition=edition,
        scopes=EVERYWHERE,
        subject=cause.subject,
        changed_since=changed_at - OVERLAP,
        actor=actor,
        at=at,
    )


def news(moves: Iterable[DueMove]) -> list[News]:
    """Return what is still news: of open cases that no later edition moved again."""
    by_case = {m.case_id: m for m in moves if m.case.closed_at is None}
    others = DueMove.objects.filter(case_id__in=by_case, told_at=None).order_by("edition")
    known: dict[int, list[DueMove]] = {}
    for move in others:
        known.setdefault(move.case_id, []).append(move)
    found = []
    for pk, move in by_case.items():
        untold = known.get(pk, [])
        if untold and untold[-1].edition == move.edition:
            found.append(News(move, untold[0].was, tuple(m.pk for m in untold)))
    return found


def tell_one(found: News, cause: Cause, *, actor: Actor, at: datetime) -> bool:
    """Tell one applicant, unless it was done meanwhile or the old date holds again."""
    mine = DueMove.objects.filter(pk__in=found.moves, told_at=None)
    if not mine.update(told_at=at) or found.was == found.move.now:
        return False
    case = found.move.case
    language = case.contact.get("language", "id")
    with override(language):
        because = cause.clause
    tell(
        case=case,
        notice="due_moved",
        key=f"{found.move.edition}:{found.move.now.isoformat()}",
        facts={
            "was_on": found.was.isoformat(),
            "now_on": found.move.now.isoformat(),
            "because": because,
            "why_url": f"{settings.PUBLIC_URL}{cause.address}" if cause.address else "",
        },
        actor=actor,
        at=at,
    )
    return True
