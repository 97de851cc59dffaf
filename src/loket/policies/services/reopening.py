"""Offices that open again: not before their minimum, and not without the required records."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies.access import CLOSE
from loket.policies.events import ClosureOverran, OfficeReopened
from loket.policies.models import Closure

from .carrying import Step, carry_out
from .closing import label_of
from .editions import bump, lock
from .scopes import require_all


def reopen(
    *, closure: Closure, at_moment: datetime | None = None, actor: Actor, at: datetime
) -> Closure:
    """Open again what was shut, from a moment on; else as soon as it may, or now.

    :raises NotAllowed: if the actor may not reopen it.
    :raises Invalid: if the moment is before the minimum, with the moment from which it may.
    :raises Conflict: if a required record is missing, or it was reopened meanwhile.
    """
    require_all(actor, CLOSE, [closure.unit_path])
    moment = at_moment or max(at, closure.earliest_at)
    _require_due(closure, moment)
    carry_out(_reopening(closure, moment, actor=actor, at=at), actor=actor, at=at)
    closure.refresh_from_db()
    return closure


def reopen_history(
    *, closure: Closure, at_moment: datetime, actor: Actor, at: datetime
) -> Closure:
    """Open again what a loaded timeline says was reopened: nobody is told.

    :raises NotAllowed: if the actor may not reopen it.
    :raises Invalid: if the moment is before the minimum.
    :raises Conflict: if a required record is missing, or it was reopened meanwhile.
    """
    require_all(actor, CLOSE, [closure.unit_path])
    _require_due(closure, at_moment)
    step = _reopening(closure, at_moment, actor=actor, at=at)
    carry_out(step, is_history=True, actor=actor, at=at)
    closure.refresh_from_db()
    return closure


def note_overruns(*, actor: Actor, at: datetime) -> int:
    """Announce, once a day each, the closures that outlast their minimum; return how many."""
    today = organisation.today(None, at=at)
    due = Closure.objects.filter(reopened_at=None, earliest_at__lte=at).exclude(
        overran_on__gte=today
    )
    return sum(_note_overrun(row, actor=actor, at=at) for row in due.order_by("id"))


def _note_overrun(closure: Closure, *, actor: Actor, at: datetime) -> bool:
    today = organisation.today(None, at=at)
    label = label_of(closure, _units(closure))
    with transaction.atomic():
        lock()
        unsaid = Closure.objects.filter(pk=closure.pk, reopened_at=None)
        if not unsaid.exclude(overran_on__gte=today).update(overran_on=today):
            return False
        change = bump(
            kind="overran",
            subject=closure.subject,
            label=label,
            scopes=closure.scopes,
            actor=actor,
            at=at,
        )
        announce(
            ClosureOverran(
                actor=actor,
                at=at,
                subject=closure.subject,
                label=label,
                scopes=tuple(closure.scopes),
                touches_clocks=False,
                edition=change.number,
                on=today.isoformat(),
            )
        )
    return True


def _require_due(closure: Closure, moment: datetime) -> None:
    if moment < closure.earliest_at:
        sentence = _("It may not be reopened before %(moment)s (%(basis)s).") % {
            "moment": _written(closure.earliest_at),
            "basis": closure.basis,
        }
        raise Invalid(sentence, fields={"at_moment": [sentence]})
    fresh = queries.closure(closure.code)
    if missing := queries.missing_records(fresh):
        names = [str(queries.RECORDS[kind]) for kind in missing]
        raise Conflict(
            _(
                "Before it can reopen, record that this was done: %(missing)s. "
                "It may then open from %(moment)s."
            )
            % {"missing": ", ".join(names), "moment": _written(closure.earliest_at)}
        )
    required = [record for record in fresh.records.all() if record.kind in closure.required]
    if any(record.done_at > moment for record in required):
        sentence = _("It cannot have been open before the required work was done.")
        raise Invalid(sentence, fields={"at_moment": [sentence]})


def _written(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment, organisation.zone(None)), "j F Y H.i")


def _units(closure: Closure) -> list[Unit]:
    return list(Unit.objects.filter(path__in=closure.scopes).order_by("path"))


def _reopening(closure: Closure, moment: datetime, *, actor: Actor, at: datetime) -> Step:
    label = label_of(closure, _units(closure))

    def write() -> None:
        shut = Closure.objects.filter(pk=closure.pk, reopened_at=None)
        if not shut.update(reopened_at=moment, reopened_by_name=actor.name[:120]):
            raise Conflict(_("This was reopened already."))

    def event(edition: int) -> OfficeReopened:
        return OfficeReopened(
            actor=actor,
            at=at,
            subject=closure.subject,
            label=label,
            scopes=tuple(closure.scopes),
            touches_clocks=True,
            edition=edition,
            reopened_at=moment.isoformat(),
        )

    return Step(
        kind="reopened",
        subject=closure.subject,
        label=label,
        scopes=tuple(closure.scopes),
        starts_at=moment,
        ends_at=None,
        shows_until=None,
        write=write,
        event=event,
        notice="office_reopened",
    )
