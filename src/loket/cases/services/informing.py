"""Telling applicants that a due date moved: batch by batch, each move once.

Nobody gets two letters about one application on one day, however often the law changes: what
moves after the letter of today is told tomorrow, if it is still news then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import override

from loket.cases.models import DueMove
from loket.cases.queries.causes import Cause, causes
from loket.cases.queries.drafts import DEFINITION
from loket.jobs import services as jobs
from loket.kernel.access import Actor
from loket.messaging.models import Message
from loket.messaging.queries import page_address
from loket.organisation import queries as organisation

from .notices import tell
from .rescheduling import TELL

NOTICE = "due_moved"

MORNING = time(7)
"""When letters that had to wait for the next day go out."""

BATCH = 100
"""Messages queued in one transaction: some tenths of a second of the only writer."""


@dataclass(frozen=True, slots=True)
class News:
    """A case whose applicant is told: the date they last heard of, and all moves since."""

    move: DueMove
    was: date
    moves: tuple[int, ...]


def tell_due_moves(
    *, edition: int, after: int = 0, again: bool = False, actor: Actor, at: datetime
) -> int:
    """Tell a batch of applicants that an edition of the law moved their date, and queue the
    next batch. Return how many were told.

    Who was moved again since is told then, and hears of one move: from the date that they
    knew to the one that holds. ``again`` is the next day, for those who had a letter already.
    """
    cause = causes([edition]).get(edition)
    if cause is None:
        return 0
    with transaction.atomic():
        moves = list(
            DueMove.objects.filter(edition=edition, told_at=None, pk__gt=after)
            .select_related("case__service_version", "case__unit__office")
            .defer(f"case__{DEFINITION}")
            .order_by("pk")[:BATCH]
        )
        found = news(moves)
        waiting = told_today(found, at)
        now = [n for n in found if n.move.case.subject not in waiting]
        told = [n for n in now if tell_one(n, cause, actor=actor, at=at)]
        if waiting:
            tell_tomorrow(edition, at)
        if moves:
            tell_rest(edition, moves[-1].pk, again=again, at=at)
    return len(told)


def tell_rest(edition: int, last: int, *, again: bool, at: datetime) -> None:
    """Queue the batch after a move."""
    day = f"{organisation.today(None, at=at)}:" if again else ""
    key = f"cases.due_moves:{edition}:{day}{last}"
    jobs.enqueue(TELL, at=at, key=key, edition=edition, after=last, again=again)


def tell_tomorrow(edition: int, at: datetime) -> None:
    """Queue the letters of those who had one today for the next morning, once."""
    tomorrow = organisation.today(None, at=at) + timedelta(days=1)
    run_at = datetime.combine(tomorrow, MORNING, organisation.zone(None))
    key = f"cases.due_moves:{edition}:{tomorrow}"
    jobs.enqueue(TELL, at=at, run_at=run_at, key=key, edition=edition, again=True)


def told_today(found: Iterable[News], at: datetime) -> set[str]:
    """Return the subjects of the cases about which a letter went out today."""
    midnight = datetime.combine(
        organisation.today(None, at=at), time.min, organisation.zone(None)
    )
    letters = Message.objects.filter(
        notice=NOTICE,
        subject__in=[news.move.case.subject for news in found],
        queued_at__gte=midnight,
    )
    return set(letters.values_list("subject", flat=True))


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
            found.append(News(move, known_before(untold), tuple(m.pk for m in untold)))
    return found


def known_before(untold: list[DueMove]) -> date:
    """Return the date from which moves lead to the last one, without a break.

    Who sent a case again in between was told a date of its own.
    """
    *earlier, last = untold
    known = last.was
    for move in reversed(earlier):
        if move.now != known:
            break
        known = move.was
    return known


def tell_one(found: News, cause: Cause, *, actor: Actor, at: datetime) -> bool:
    """Tell one applicant, unless it was done meanwhile or they know the date that holds."""
    case = found.move.case
    mine = DueMove.objects.filter(pk__in=found.moves, told_at=None)
    is_news = found.was != found.move.now == (case.promised_on or case.due_on)
    if not mine.update(told_at=at) or not is_news:
        return False
    language = case.contact.get("language", "id")
    with override(language):
        because = cause.clause
    tell(
        case=case,
        notice=NOTICE,
        key=f"{found.move.edition}:{found.move.now.isoformat()}",
        facts={
            "was_on": found.was.isoformat(),
            "now_on": found.move.now.isoformat(),
            "because": because,
            "why_url": page_address(cause.address) if cause.address else "",
        },
        actor=actor,
        at=at,
    )
    return True
