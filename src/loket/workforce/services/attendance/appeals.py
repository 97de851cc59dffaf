"""Appeal against what a day came to, and decide that."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce.events import AppealAsked, AppealDecided
from loket.workforce.models import Ruling
from loket.workforce.rules.attendance.values import GRANTED
from loket.workforce.services.overseeing import require_superior
from loket.workforce.services.telling import tell_appeal

LONGEST = 500
LONGEST_REMARK = 300
PROOF_DAYS = 400
"""A proof outlasts the year in which days are counted, and no more."""


def appeal_day(
    *,
    on: date,
    words: str,
    proof: bytes = b"",
    proof_name: str = "",
    actor: Actor,
    at: datetime,
) -> Ruling:
    """Ask the superior to let another result count for one of one's own days.

    Call it outside transactions: a proof is inspected.

    :raises Invalid: if there are no words, the day is to come, or the proof is not accepted.
    :raises NotAllowed: if the actor was on no unit's staff on that day.
    :raises Conflict: if an appeal waits or was granted.
    """
    account = people.account_of(actor)
    said = words.strip()[:LONGEST]
    if not said:
        sentence = _("Say what really was.")
        raise Invalid(sentence, fields={"words": [sentence]})
    unit = queries.seat_of(account=account, on=on)
    if unit is None:
        raise NotAllowed(_("You were not on the staff of an office on this day."))
    if on > organisation.today(unit, at=at):
        raise Invalid(_("This day is still to come."))
    file = _kept(proof, proof_name, actor=actor, at=at)
    row = Ruling(account=account, unit=unit, on=on, words=said, proof=file, asked_at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _tell_asked(row, actor=actor, at=at)
    except IntegrityError:
        if file is not None:
            files.remove(file=file, actor=actor, at=at, because="asked twice")
        raise Conflict(_("You already appealed for this day.")) from None
    return row


def decide_appeal(
    *,
    ruling: Ruling,
    is_granted: bool,
    counts_as: str = "present",
    remark: str = "",
    actor: Actor,
    at: datetime,
) -> Ruling:
    """Grant an appeal with the result that holds instead, or refuse it with a reason.

    :raises NotAllowed: if the actor is not the superior, or it is their own.
    :raises Invalid: if the result cannot be granted, or a refusal says no reason.
    :raises Conflict: if it was decided already.
    """
    require_superior(actor, ruling, at=at)
    said = remark.strip()[:LONGEST_REMARK]
    if is_granted and counts_as not in GRANTED:
        raise Invalid(_("Choose what the day counts as."))
    if not is_granted and not said:
        raise Invalid(_("Say why you refuse; the person reads it."))
    state = Ruling.State.GRANTED if is_granted else Ruling.State.REFUSED
    decided = {
        "state": state,
        "counts_as": counts_as if is_granted else "",
        "remark": said,
        "decided_at": at,
        "decided_by": actor.ref,
    }
    with transaction.atomic():
        waiting = Ruling.objects.filter(pk=ruling.pk, state=Ruling.State.ASKED)
        if not waiting.update(**decided):
            raise Conflict(_("This appeal was already decided."))
        _tell_decided(ruling, state, actor=actor, at=at)
        tell_appeal(ruling, state, actor=actor, at=at)
    ruling.refresh_from_db()
    return ruling


def _kept(proof: bytes, name: str, *, actor: Actor, at: datetime) -> StoredFile | None:
    if not proof:
        return None
    try:
        return files.store(
            data=proof,
            name=name or "proof",
            owner=f"appeal:{actor.ref}",
            actor=actor,
            at=at,
            expires_at=at + timedelta(days=PROOF_DAYS),
        )
    except Invalid as refusal:
        raise Invalid(str(refusal), fields={"proof": [str(refusal)]}) from refusal


def _tell_asked(row: Ruling, *, actor: Actor, at: datetime) -> None:
    announce(
        AppealAsked(
            actor=actor,
            at=at,
            subject=row.account.ref,
            unit=row.unit.path,
            on=row.on.isoformat(),
        )
    )


def _tell_decided(row: Ruling, state: str, *, actor: Actor, at: datetime) -> None:
    announce(
        AppealDecided(
            actor=actor,
            at=at,
            subject=row.account.ref,
            unit=row.unit.path,
            on=row.on.isoformat(),
            state=state,
        )
    )
