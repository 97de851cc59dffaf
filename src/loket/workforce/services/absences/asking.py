"""Days on which somebody must not be in the office, or does not work at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.files.models import StoredFile
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.access import RECORD
from loket.workforce.events import AbsenceAsked, AbsenceGranted
from loket.workforce.models import Absence
from loket.workforce.rules import absences as rules
from loket.workforce.services.overseeing import require_over, told, wrong

from .reasons import Why, keep_why, keep_why_until

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
        raise wrong("starts_on", _("Choose a first day between a month ago and a year ahead."))
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
    require_over(actor, RECORD, account, at=at)
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
        announce(told(AbsenceGranted, absence, actor=WORKFORCE, at=at))
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
        announce(told(event, absence, actor=actor, at=at))
    return absence


def _require_sound(wanted: _Wanted) -> None:
    if wanted.kind not in rules.KINDS:
        raise wrong("kind", _("Choose what kind of absence it is."))
    if wanted.why.reason not in rules.REASONS[wanted.kind]:
        raise wrong("reason", _("Choose a reason that belongs to this kind of absence."))
    length = (wanted.ends_on - wanted.starts_on).days
    if length < 1:
        raise wrong("ends_on", _("An absence must end after it begins."))
    if length > rules.LONGEST[wanted.kind]:
        sentence = _("At most %(days)s days can be written down at once.")
        raise wrong("ends_on", sentence % {"days": rules.LONGEST[wanted.kind]})


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
                "since": date_format(other.starts_on, "j F Y"),
                "last": date_format(other.ends_on - timedelta(days=1), "j F Y"),
                "kind": rules.KINDS[other.kind],
            }
        )


def _join(known: Absence, starts_on: date, ends_on: date, *, at: datetime) -> Absence:
    first, last = min(known.starts_on, starts_on), max(known.ends_on, ends_on)
    if (first, last) == (known.starts_on, known.ends_on):
        return known
    Absence.objects.filter(pk=known.pk).update(starts_on=first, ends_on=last)
    known.starts_on, known.ends_on = first, last
    keep_why_until(known, rules.erase_on(last))
    announce(told(AbsenceGranted, known, actor=WORKFORCE, at=at))
    return known


def _lock(account: Account) -> None:
    """Make two absences of one person wait for each other."""
    Account.objects.select_for_update().get(pk=account.pk)
