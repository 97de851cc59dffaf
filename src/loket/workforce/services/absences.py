"""Days on which somebody must not be in the office, or does not work at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loket.files.models import StoredFile
from loket.kernel.access import Actor, Permission, require
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.access import RECORD, VALIDATE
from loket.workforce.events import AbsenceAsked, AbsenceEnded, AbsenceEvent, AbsenceGranted
from loket.workforce.models import Absence
from loket.workforce.rules import absences as rules

from .reasons import Why, forget_why, keep_why, keep_why_until

State = Absence.State
WORKFORCE = Actor.system("workforce")
"""Named in place of whoever traced a contact: who did it would say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    account: Account
    kind: str
    starts_on: date
    ends_on: date
    why: Why


def ask_absence(
    *,
    kind: str,
    starts_on: date,
    ends_on: date,
    reason: str,
    words: str = "",
    proof: StoredFile | None = None,
    actor: Actor,
    at: datetime,
) -> Absence:
    """Ask for days away for oneself; ``ends_on`` is the first day on which one is back.

    :raises NotAllowed: if the actor is nobody on the staff.
    :raises Invalid: if the kind, the reason or the days cannot be.
    :raises Conflict: if the days lie over those of another absence.
    """
    account = people.account_of(actor)
    if account.kind != Account.Kind.STAFF:
        raise NotAllowed(_("Only staff can ask for days away."))
    today = organisation.today(None, at=at)
    if not today - rules.BACK <= starts_on <= today + rules.AHEAD:
        raise _wrong("starts_on", _("Choose a first day between a month ago and a year ahead."))
    why = Why(reason=reason, words=words, proof=proof)
    wanted = _Wanted(account=account, kind=kind, starts_on=starts_on, ends_on=ends_on, why=why)
    return _write(wanted, state=State.ASKED, actor=actor, at=at)


def record_absence(
    *,
    account: Account,
    kind: str,
    starts_on: date,
    ends_on: date,
    reason: str,
    words: str = "",
    proof: StoredFile | None = None,
    actor: Actor,
    at: datetime,
) -> Absence:
    """Write down somebody else's days away, as personnel does; they count at once.

    :raises NotAllowed: if the actor may not record absences of the person's unit, or it is
        their own.
    :raises Invalid: if the kind, the reason or the days cannot be.
    :raises Conflict: if the days lie over those of another absence.
    """
    _require_over(actor, RECORD, account, at=at)
    why = Why(reason=reason, words=words, proof=proof)
    wanted = _Wanted(account=account, kind=kind, starts_on=starts_on, ends_on=ends_on, why=why)
    return _write(wanted, state=State.GRANTED, actor=actor, at=at)


def set_under_monitoring(
    *,
    account: Account,
    starts_on: date,
    ends_on: date,
    source: str,
    actor: Actor,
    at: datetime,
) -> Absence:
    """Keep somebody away from the office after a contact. Again for the same source, the days
    of both are joined. It may lie over any other absence.

    :raises NotAllowed: if the actor may not record absences of the person's unit.
    :raises Invalid: if it does not end after it begins, or has no source.
    """
    for path in people.home_paths(account, on=organisation.today(None, at=at)) or [""]:
        require(actor, RECORD, scope=path)
    if not source or ends_on <= starts_on:
        raise Invalid(_("An absence must end after it begins."))
    with transaction.atomic():
        _lock(account)
        known = Absence.objects.filter(
            account=account, source=source, state=State.GRANTED
        ).first()
        if known is not None:
            return _join(known, starts_on, ends_on, at=at)
        absence = Absence.objects.create(
            account=account,
            kind=rules.HOME,
            starts_on=starts_on,
            ends_on=ends_on,
            state=State.GRANTED,
            source=source,
            asked_at=at,
            asked_by=WORKFORCE.ref,
            decided_at=at,
            decided_by=WORKFORCE.ref,
        )
        keep_why(absence, Why(reason=rules.MONITORING), actor=WORKFORCE, at=at)
        announce(_event(AbsenceGranted, absence, actor=WORKFORCE, at=at))
    return absence


def decide_absence(
    *, absence: Absence, is_granted: bool, remark: str = "", actor: Actor, at: datetime
) -> Absence:
    """Grant or refuse the days that somebody asked for, without knowing why they did.

    :raises NotAllowed: if the actor is not above the person, or it is their own.
    :raises Conflict: if it was decided or withdrawn already.
    """
    _require_over(actor, VALIDATE, absence.account, at=at)
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
            announce(_event(AbsenceGranted, absence, actor=actor, at=at))
        else:
            keep_why_until(absence, min(rules.erase_on(absence.ends_on), _later(at)))
            announce(_ended(absence, "refused", absence.starts_on, actor=actor, at=at))
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
        _require_over(actor, RECORD, absence.account, at=at)
    if ends_on <= absence.starts_on:
        raise _wrong("ends_on", _("The first day back must come after the first day away."))
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


def _write(wanted: _Wanted, *, state: str, actor: Actor, at: datetime) -> Absence:
    _require_sound(wanted)
    is_granted = state == State.GRANTED
    with transaction.atomic():
        _lock(wanted.account)
        _require_free(wanted)
        absence = Absence.objects.create(
            account=wanted.account,
            kind=wanted.kind,
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
            state=state,
            asked_at=at,
            asked_by=actor.ref,
            decided_at=at if is_granted else None,
            decided_by=actor.ref if is_granted else "",
        )
        keep_why(absence, wanted.why, actor=actor, at=at)
        event = AbsenceGranted if is_granted else AbsenceAsked
        announce(_event(event, absence, actor=actor, at=at))
    return absence


def _require_sound(wanted: _Wanted) -> None:
    if wanted.kind not in rules.KINDS:
        raise _wrong("kind", _("Choose what kind of absence it is."))
    if wanted.why.reason not in rules.REASONS[wanted.kind]:
        raise _wrong("reason", _("Choose a reason that belongs to this kind of absence."))
    length = (wanted.ends_on - wanted.starts_on).days
    if length < 1:
        raise _wrong("ends_on", _("An absence must end after it begins."))
    if length > rules.LONGEST[wanted.kind]:
        sentence = _("At most %(days)s days can be written down at once.")
        raise _wrong("ends_on", sentence % {"days": rules.LONGEST[wanted.kind]})


def _require_free(wanted: _Wanted) -> None:
    asked = rules.Period(wanted.kind, wanted.starts_on, wanted.ends_on)
    rows = Absence.objects.filter(
        account=wanted.account,
        state__in=[State.ASKED, State.GRANTED],
        ends_on__gt=wanted.starts_on,
        starts_on__lt=wanted.ends_on,
    ).values_list("kind", "starts_on", "ends_on")
    other = rules.clash(asked, (rules.Period(*row) for row in rows))
    if other is not None:
        raise Conflict(
            _("There is an absence from %(since)s to %(last)s already: %(kind)s.")
            % {
                "since": f"{other.starts_on:%d/%m/%Y}",
                "last": f"{other.ends_on - timedelta(days=1):%d/%m/%Y}",
                "kind": rules.KINDS[other.kind],
            }
        )


def _require_over(
    actor: Actor, permission: Permission, account: Account, *, at: datetime
) -> None:
    if account.ref == actor.ref:
        raise NotAllowed(_("Somebody else must do this for you."))
    paths = people.home_paths(account, on=organisation.today(None, at=at)) or [""]
    if not any(actor.may(permission, scope=path) for path in paths):
        require(actor, permission, scope=paths[0])


def _join(known: Absence, starts_on: date, ends_on: date, *, at: datetime) -> Absence:
    first, last = min(known.starts_on, starts_on), max(known.ends_on, ends_on)
    if (first, last) == (known.starts_on, known.ends_on):
        return known
    Absence.objects.filter(pk=known.pk).update(starts_on=first, ends_on=last)
    known.starts_on, known.ends_on = first, last
    keep_why_until(known, rules.erase_on(last))
    announce(_event(AbsenceGranted, known, actor=WORKFORCE, at=at))
    return known


def _change(absence: Absence, before: set[str], **values: object) -> None:
    """Write values if the state is still one of those before.

    :raises Conflict: if it is not.
    """
    if not Absence.objects.filter(pk=absence.pk, state__in=before).update(**values):
        raise Conflict(_("These days away have changed meanwhile. Please look again."))
    for name, value in values.items():
        setattr(absence, name, value)


def _lock(account: Account) -> None:
    """Make two absences of one person wait for each other."""
    Account.objects.select_for_update().get(pk=account.pk)


def _later(at: datetime) -> date:
    return rules.erase_on(organisation.today(None, at=at))


def _event(
    event: type[AbsenceAsked | AbsenceGranted], absence: Absence, *, actor: Actor, at: datetime
) -> AbsenceEvent:
    return event(
        actor=actor,
        at=at,
        subject=absence.subject,
        account=absence.account.ref,
        kind=absence.kind,
        starts_on=absence.starts_on.isoformat(),
        ends_on=absence.ends_on.isoformat(),
    )


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


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
