"""Claiming, releasing and taking over cases; notes among colleagues."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loket.cases.access import HANDLE, SIGN, TAKE_OVER
from loket.cases.events import CaseClaimed, CaseNoted, CaseReleased, CaseTakenOver
from loket.cases.models import Case, Note
from loket.cases.queries.drafts import account_id
from loket.cases.rules.leases import LEASE
from loket.cases.rules.transitions import required_words
from loket.kernel import events
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, NotAllowed
from loket.kernel.identifiers.masking import scrub
from loket.organisation import queries as organisation
from loket.workforce import queries as workforce

from .allowing import extend_lease, held_by_other


def claim(*, case: Case, actor: Actor, at: datetime) -> Case:
    """Take a case on, for a while. Claiming one's own again renews it.

    :raises NotAllowed: if the actor may neither handle nor sign cases of the unit, or is away.
    :raises Conflict: if a colleague holds it, or it is closed.
    """
    require_worker(case, actor)
    require_present(case, actor, at=at)
    account = account_id(actor)
    still = Case.objects.filter(pk=case.pk, closed_at=None)
    free = still.filter(Q(holder=None) | Q(held_until__lte=at))
    held = {"holder": account, "held_until": at + LEASE}
    with transaction.atomic():
        taken = free.update(**held)
        renewed = taken or still.filter(holder=account).update(**held)
        case.refresh_from_db(fields=["holder", "held_until", "state", "closed_at"])
        if not renewed:
            raise Conflict(refused_claim(case))
        if taken:
            announce(CaseClaimed, case, actor=actor, at=at)
    return case


def refused_claim(case: Case) -> str:
    """Return why a case could not be claimed."""
    return _("This application is closed.") if case.closed_at else held_by_other(case)


def require_worker(case: Case, actor: Actor) -> None:
    """Stop unless the actor works on cases of this unit.

    :raises NotAllowed: if not, or if no person acts.
    """
    if not actor.may(SIGN, scope=case.unit_path):
        require(actor, HANDLE, scope=case.unit_path)
    if not account_id(actor):
        raise NotAllowed(_("Only a person can hold an application."))


def require_present(case: Case, actor: Actor, *, at: datetime) -> None:
    """Stop whoever is on leave or on official travel today from taking on anything new.

    Who only must not be in the office goes on working from home.

    :raises NotAllowed: if the actor is away.
    """
    today = organisation.today(case.unit, at=at)
    if workforce.absent([account_id(actor)], on=today):
        raise NotAllowed(
            _(
                "You are on leave or on official travel today, so nothing new goes to you. "
                "If that is not so, ask your superior to end the absence."
            )
        )


def release(*, case: Case, actor: Actor, at: datetime) -> Case:
    """Give a case back so that colleagues can claim it.

    :raises Conflict: if the actor does not hold it.
    """
    with transaction.atomic():
        mine = Case.objects.filter(pk=case.pk, holder=account_id(actor), closed_at=None)
        if not mine.update(holder=None, held_until=None):
            raise Conflict(_("You do not hold this application."))
        case.holder, case.held_until = None, None
        announce(CaseReleased, case, actor=actor, at=at)
    return case


def take_over(*, case: Case, reason: str, actor: Actor, at: datetime) -> Case:
    """Take a case from the colleague who holds it.

    :raises NotAllowed: if the actor may not take over cases of the unit, or is away.
    :raises Invalid: if no reason is given.
    :raises Conflict: if the case is closed or changed hands meanwhile.
    """
    require(actor, TAKE_OVER, scope=case.unit_path)
    require_worker(case, actor)
    require_present(case, actor, at=at)
    sentence = _("Say why you take this application over.")
    reason = required_words(reason, field="reason", sentence=sentence)
    held_by = str(case.holder) if case.holder_id else ""
    with transaction.atomic():
        unchanged = Case.objects.filter(pk=case.pk, holder=case.holder_id, closed_at=None)
        if not unchanged.update(holder=account_id(actor), held_until=at + LEASE):
            raise Conflict(_("This application changed hands meanwhile. Look at it again."))
        case.refresh_from_db(fields=["holder", "held_until"])
        events.announce(
            CaseTakenOver(
                actor=actor,
                at=at,
                subject=case.subject,
                service=case.service_code,
                unit=case.unit_path,
                reason=scrub(reason),
                held_by=held_by,
            )
        )
    return case


def add_note(*, case: Case, words: str, actor: Actor, at: datetime) -> Note:
    """Write something for colleagues; residents never see it.

    :raises NotAllowed: if the actor does not work on cases of the unit.
    :raises Invalid: if nothing is written, or too much.
    """
    require_worker(case, actor)
    words = required_words(words, field="words", sentence=_("Write something first."))
    with transaction.atomic():
        note = Note.objects.create(
            case=case, author_id=account_id(actor), words=words, written_at=at
        )
        extend_lease(case, actor=actor, at=at)
        announce(CaseNoted, case, actor=actor, at=at)
    return note


def announce(
    event: type[CaseClaimed | CaseReleased | CaseNoted],
    case: Case,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Announce something that needs no further facts."""
    events.announce(
        event(
            actor=actor,
            at=at,
            subject=case.subject,
            service=case.service_code,
            unit=case.unit_path,
        )
    )
