"""Days away decided, taken back, or ended earlier."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotAllowed
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.workforce.access import RECORD
from loket.workforce.events import AbsenceEnded, AbsenceGranted
from loket.workforce.models import Absence
from loket.workforce.rules import absences as rules
from loket.workforce.services.overseeing import require_over, require_superior, told, wrong
from loket.workforce.services.telling import tell_absence

from .reasons import forget_why, keep_why_until

State = Absence.State


def decide_absence(
    *, absence: Absence, is_granted: bool, remark: str = "", actor: Actor, at: datetime
) -> Absence:
    """Grant or refuse the days that somebody asked for, without knowing why they did.

    :raises NotAllowed: if the actor is not the superior, or it is their own.
    :raises Conflict: if it was decided or withdrawn already.
    """
    require_superior(actor, absence, at=at)
    state = State.GRANTED if is_granted else State.REFUSED
    with transaction.atomic():
        _change(
            absence,
            {State.ASKED},
            state=state,
            decided_at=at,
            decided_by=actor.ref,
            remark=remark.strip()[:300],
        )
        if is_granted:
            announce(told(AbsenceGranted, absence, actor=actor, at=at))
        else:
            keep_why_until(absence, min(rules.erase_on(absence.ends_on), _later(at)))
            announce(_ended(absence, "refused", absence.starts_on, actor=actor, at=at))
        tell_absence(absence, actor=actor, at=at)
    return absence


def withdraw_absence(*, absence: Absence, actor: Actor, at: datetime) -> Absence:
    """Take back one's own days away, before they begin; why is forgotten at once.

    :raises NotAllowed: if it is somebody else's.
    :raises Conflict: if it was refused or withdrawn, or has begun.
    """
    if absence.account.ref != actor.ref or absence.source:
        raise NotAllowed(_("You can only take back days away of your own."))
    is_due = absence.starts_on <= organisation.today(None, at=at)
    if absence.state == State.GRANTED and is_due:
        raise Conflict(_("It has begun. Say when you are back instead."))
    before: set[str] = {State.ASKED} if is_due else {State.ASKED, State.GRANTED}
    with transaction.atomic():
        _change(absence, before, state=State.WITHDRAWN, decided_at=at)
        forget_why(absence, actor=actor, at=at)
        announce(_ended(absence, "withdrawn", absence.starts_on, actor=actor, at=at))
    return absence


def end_absence(*, absence: Absence, ends_on: date, actor: Actor, at: datetime) -> Absence:
    """Let granted days away end earlier; ``ends_on`` is the first day back.

    :raises NotAllowed: if it is neither one's own nor of a unit whose absences one records,
        or it was set after a contact and the actor does not record absences.
    :raises Invalid: if the day is not within the absence.
    :raises Conflict: if it is not granted, or ends by then already.
    """
    if absence.account.ref != actor.ref or absence.source:
        require_over(actor, RECORD, absence.account, at=at)
    if ends_on <= absence.starts_on:
        raise wrong("ends_on", _("The first day back must come after the first day away."))
    with transaction.atomic():
        still = Absence.objects.filter(pk=absence.pk, state=State.GRANTED, ends_on__gt=ends_on)
        before = absence.ends_on
        if not still.update(ends_on=ends_on):
            raise Conflict(_("These days away have changed meanwhile. Please look again."))
        absence.ends_on = ends_on
        keep_why_until(absence, rules.erase_on(ends_on))
        announce(
            AbsenceEnded(
                actor=actor,
                at=at,
                subject=absence.subject,
                account=absence.account.ref,
                kind=absence.kind,
                starts_on=ends_on.isoformat(),
                ends_on=before.isoformat(),
                state="shortened",
            )
        )
    return absence


def _change(absence: Absence, before: set[str], **values: object) -> None:
    """Write values if the state is still one of those before.

    :raises Conflict: if it is not.
    """
    if not Absence.objects.filter(pk=absence.pk, state__in=before).update(**values):
        raise Conflict(_("These days away have changed meanwhile. Please look again."))
    for name, value in values.items():
        setattr(absence, name, value)


def _later(at: datetime) -> date:
    return rules.erase_on(organisation.today(None, at=at))


def _ended(
    absence: Absence, state: str, since: date, *, actor: Actor, at: datetime
) -> AbsenceEnded:
    return AbsenceEnded(
        actor=actor,
        at=at,
        subject=absence.subject,
        account=absence.account.ref,
        kind=absence.kind,
        starts_on=since.isoformat(),
        ends_on=absence.ends_on.isoformat(),
        state=state,
    )
