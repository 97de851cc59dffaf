"""Why somebody is absent: kept apart, read on record, and forgotten on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.access import ANYWHERE, Actor, require
from loket.kernel.errors import Invalid, NotFound
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.workforce.access import READ_REASONS
from loket.workforce.events import ReasonRead
from loket.workforce.models import Absence, PrivateReason
from loket.workforce.rules import absences as rules
from loket.workforce.services.overseeing import require_where_home

BATCH = 200
OVER = "the absence is over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why somebody is absent."""

    reason: str
    words: str = ""
    proof: StoredFile | None = None


def read_reason(*, absence: Absence, actor: Actor, at: datetime) -> PrivateReason:
    """Return why somebody is absent; unless it is one's own, that one looked is on record.

    :raises NotAllowed: if the actor is neither the person nor may read reasons of the unit.
    :raises NotFound: if it was forgotten, its time being over.
    """
    is_own = absence.account.ref == actor.ref
    if not is_own:
        require_where_home(actor, (READ_REASONS,), absence.account, at=at)
    why = PrivateReason.objects.select_related("proof").filter(absence=absence).first()
    if why is None:
        raise NotFound(_("Why this was is no longer kept."))
    if not is_own:
        announce(ReasonRead(actor=actor, at=at, subject=absence.subject))
    return why


def keep_why(absence: Absence, why: Why, *, actor: Actor, at: datetime) -> None:
    """Write down why, for as long as it is needed; the proof becomes the absence's."""
    if why.proof is not None:
        files.hand_over(files=[why.proof], owner=absence.subject, actor=actor, at=at)
    PrivateReason.objects.create(
        absence=absence,
        reason=why.reason,
        words=why.words.strip()[:500],
        proof=why.proof,
        erase_on=rules.erase_on(absence.ends_on),
    )


def keep_why_until(absence: Absence, day: date) -> None:
    """Change the day on which the reason is forgotten."""
    PrivateReason.objects.filter(absence=absence).update(erase_on=day)


def forget_why(absence: Absence, *, actor: Actor, at: datetime) -> None:
    """Forget the reason of one absence now."""
    for why in PrivateReason.objects.select_related("proof").filter(absence=absence):
        _forget(why, actor=actor, at=at)


def erase_reasons(*, actor: Actor, at: datetime) -> int:
    """Forget every reason whose day has come, and return how many. Twice is no harm."""
    today = organisation.today(None, at=at)
    due = PrivateReason.objects.select_related("proof").filter(erase_on__lte=today)
    count = 0
    while batch := list(due.order_by("pk")[:BATCH]):
        with transaction.atomic():
            for why in batch:
                _forget(why, actor=actor, at=at)
        count += len(batch)
    return count


def forget_source(*, source: str, actor: Actor, at: datetime) -> int:
    """Cut what came of one cause loose from it, and forget why; return how many there were.

    :raises NotAllowed: if the actor may not read reasons everywhere.
    :raises Invalid: if no cause is named.
    """
    require(actor, READ_REASONS, scope=ANYWHERE)
    if not source:
        raise Invalid(_("Name the cause."))
    with transaction.atomic():
        rows = list(Absence.objects.select_for_update().filter(source=source))
        for absence in rows:
            forget_why(absence, actor=actor, at=at)
        Absence.objects.filter(source=source).update(source="")
    return len(rows)


def _forget(why: PrivateReason, *, actor: Actor, at: datetime) -> None:
    PrivateReason.objects.filter(pk=why.pk).delete()
    if why.proof is not None:
        files.remove(file=why.proof, actor=actor, at=at, because=OVER)
