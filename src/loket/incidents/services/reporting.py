"""A positive case is reported, and everything that follows from it happens at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.incidents.access import HANDLE, REPORT
from loket.incidents.events import IncidentReported
from loket.incidents.models import Incident, Task
from loket.incidents.queries import finding
from loket.incidents.rules import reports, windows
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.policies.access import CLOSE
from loket.policies.models import Closure

from . import telling
from .shutting import _close, _shut_for
from .tracing import _follow_contacts, _isolate

SELF = Actor.system("self_report")
"""In place of who reports themself: the journal keeps names, and this is health data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A positive case: somebody on the staff, or a visitor with room and times."""

    unit: Unit
    onset_on: date | None
    account: Account | None = None
    visitor: str = ""
    room: Room | None = None
    """Where a visitor was."""
    visited_from: datetime | None = None
    visited_until: datetime | None = None
    words: str = ""
    shuts_room: Room | None = None
    """Only this room is to be closed; None: the whole unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a report would do."""

    contacts: int
    close: int
    cases: int
    """Applications that go to others."""
    closure: Closure | None
    """What is shut; None: closing is proposed to the head."""
    is_joined: bool
    """Whether it is shut already."""


def report_incident(*, report: Report, actor: Actor, at: datetime) -> Incident:
    """Open an incident: shut the place, find and tell contacts, set tasks; all or nothing.

    If the actor may not close the unit, its head is asked to. Who does not handle incidents is
    not told that a colleague's is open already: what is still to be shut is shut for it.

    :raises NotAllowed: if the actor may not report positive cases of the unit.
    :raises Invalid: if what is told cannot be, with what to mend.
    :raises Conflict: if there is an open incident about the same person or visit.
    """
    require(actor, REPORT, scope=report.unit.path)
    try:
        incident, _seen = _open(report, actor=actor, at=at)
    except Conflict:
        known = _unseen(report, actor)
        if known is None:
            raise
        return _shut_for(known, report.unit, report.shuts_room, actor=actor, at=at)
    return incident


def preview_report(*, report: Report, actor: Actor, at: datetime) -> Preview:
    """Return what a report would do, by doing and undoing it; refuses as reporting would.

    Who does not handle incidents sees the same whether a colleague's is open already or not.

    :raises NotAllowed: if the actor may not report positive cases of the unit.
    :raises Invalid: if what is told cannot be, with what to mend.
    :raises Conflict: if there is an open incident about the same person or visit.
    """
    require(actor, REPORT, scope=report.unit.path)
    with transaction.atomic():
        if (known := _unseen(report, actor)) is not None:
            # Set aside until all of this is undone.
            Incident.objects.filter(pk=known.pk).update(state=Incident.State.CLEARED)
        _incident, seen = _open(report, actor=actor, at=at)
        transaction.set_rollback(True)
    return seen


def report_self(
    *, onset_on: date | None, words: str = "", actor: Actor, at: datetime
) -> Incident:
    """Report one's own positive test. Closing the unit is proposed to its head.

    :raises NotAllowed: if the actor has no post in any unit.
    :raises Invalid: if the day cannot be.
    :raises Conflict: if it is reported already.
    """
    account = people.account_of(actor)
    posts = people.homes(account, on=organisation.today(None, at=at))
    if not posts:
        raise NotAllowed(_("Only members of the staff can report their own test here."))
    report = Report(unit=posts[0].unit, onset_on=onset_on, account=account, words=words)
    incident, _seen = _open(report, actor=replace(SELF, grants=frozenset()), at=at)
    return incident


def _unseen(report: Report, actor: Actor) -> Incident | None:
    """Return the open incident about the same person, if the actor must not know of it."""
    known = finding.open_about(report.account) if report.account else None
    return known if known and not actor.may(HANDLE, scope=known.unit_path) else None


def _open(report: Report, *, actor: Actor, at: datetime) -> tuple[Incident, Preview]:
    onset_on = _require_sound(report, at=at)
    with transaction.atomic():
        incident = _create(report, onset_on, actor=actor, at=at)
        _set_tasks(incident, at=at)
        existing = closure = finding.closure_over(report.unit, report.shuts_room)
        if existing is None and actor.may(CLOSE, scope=report.unit.path):
            closure = _close(report.unit, report.shuts_room, actor=actor, at=at)
        if closure is None:
            telling.propose_closure(incident, actor=actor, at=at)
        else:
            incident.closure = closure
            incident.save(update_fields=["closure"])
        moved = _isolate(incident, report.account, at=at) if report.account else 0
        moved += _follow_contacts(incident, at=at)
        telling.tell_team(incident, actor=actor, at=at)
        announce(
            IncidentReported(
                actor=actor,
                at=at,
                subject=incident.subject,
                unit=incident.unit_path,
                contacts=incident.contacts_found,
            )
        )
    return incident, Preview(
        contacts=incident.contacts_found,
        close=incident.close_found,
        cases=moved,
        closure=closure,
        is_joined=existing is not None,
    )


def _create(report: Report, onset_on: date, *, actor: Actor, at: datetime) -> Incident:
    today = organisation.today(report.unit, at=at)
    try:
        with transaction.atomic():
            return Incident.objects.create(
                unit=report.unit,
                unit_path=report.unit.path,
                account=report.account,
                visitor=report.visitor.strip(),
                room=report.room,
                onset_on=onset_on,
                visited_from=report.visited_from,
                visited_until=report.visited_until,
                words=report.words.strip(),
                reported_at=at,
                reported_by=actor.ref,
                erase_on=today + timedelta(days=settings.INCIDENT_DAYS),
            )
    except IntegrityError:
        raise Conflict(_("This case is reported already, and is being handled.")) from None


def _set_tasks(incident: Incident, *, at: datetime) -> None:
    for kind in Task.Kind.values:
        Task.objects.create(incident=incident, kind=kind, due_at=windows.due_at(at))


def _require_sound(report: Report, *, at: datetime) -> date:
    """Return the day of onset; stop at a report that cannot be true.

    :raises Invalid: with what to mend.
    """
    told = reports.Told(
        is_visitor=report.account is None,
        onset_on=report.onset_on,
        visitor=report.visitor,
        has_room=report.room is not None,
        visited_from=report.visited_from,
        visited_until=report.visited_until,
        words=report.words,
    )
    today = organisation.today(report.unit, at=at)
    wrong = reports.problems(told, today=today, at=at)
    if report.account and not _works_in(report.account, report.unit, today):
        wrong["account"] = [_("Choose somebody who works in this unit.")]
    rooms = (("room", report.room), ("shuts_room", report.shuts_room))
    for name, room in rooms:
        if room is not None and room.unit_id != report.unit.pk:
            wrong[name] = [_("Choose a room of this unit.")]
    if report.onset_on is None or wrong:
        first = next(iter(wrong.values()))[0]
        raise Invalid(
            first if len(wrong) == 1 else _("Please mend what is marked."), fields=wrong
        )
    return report.onset_on


def _works_in(account: Account, unit: Unit, today: date) -> bool:
    return people.positions_of(account, on=today).filter(unit=unit).exists()
