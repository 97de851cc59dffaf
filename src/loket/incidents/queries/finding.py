"""Which incidents there are. Only who handles incidents of the unit may know of one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from loket.incidents.access import HANDLE
from loket.incidents.models import Incident, Task
from loket.journal import queries as journal
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.people.models import Account
from loket.policies import queries as policies
from loket.policies.models import Closure

REASON = "positive_case"


def visible_to(actor: Actor) -> QuerySet[Incident]:
    """Return the incidents that an actor handles, those still open first, then the latest."""
    within = Q(pk__in=[])
    for scope in actor.scopes(HANDLE):
        within |= Q(unit_path__startswith=scope)
    rows = Incident.objects.filter(within).select_related("unit__office", "closure", "room")
    is_over = Case(When(state=Incident.State.OPEN, then=0), default=1)
    return rows.order_by(is_over, "-reported_at", "-id")


def get(*, code: str, actor: Actor) -> Incident:
    """Return an incident with its unit, room, closure and person.

    :raises NotFound: if there is none, or the actor does not handle it.
    """
    found = visible_to(actor).select_related("account").filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no incident “%(code)s”.") % {"code": code})
    return found


def open_about(account: Account) -> Incident | None:
    """Return the open incident about somebody on the staff, if there is one."""
    return Incident.objects.filter(account=account, state=Incident.State.OPEN).first()


def tasks(incident: Incident) -> list[Task]:
    """Return what must be done, in the order in which it is listed."""
    return list(Task.objects.filter(incident=incident).order_by("kind"))


def undone(incident: Incident) -> list[Task]:
    """Return what is still to be done before the office may reopen."""
    return [task for task in tasks(incident) if task.done_at is None]


def sharing(closure: Closure, *, besides: Incident | None = None) -> QuerySet[Incident]:
    """Return the open incidents for which something is closed."""
    rows = Incident.objects.filter(closure=closure, state=Incident.State.OPEN)
    return rows.exclude(pk=besides.pk) if besides else rows


def may_reopen(incident: Incident, *, at: datetime) -> bool:
    """Say whether nothing but a decision is missing: the work is done, the minimum over."""
    closure = incident.closure
    return not undone(incident) and (closure is None or closure.earliest_at <= at)


def closure_over(unit: Unit, room: Room | None) -> Closure | None:
    """Return what shuts a unit, or one of its rooms, for a positive case already."""
    for closure in policies.closures(open_only=True):
        if closure.reason != REASON:
            continue
        if _shuts(closure, unit) or (room and closure.scope.get("room") == room.code):
            return closure
    return None


def _shuts(closure: Closure, unit: Unit) -> bool:
    scope, office = closure.scope, organisation.office_of(unit)
    if place := scope.get("place"):
        if office is None or office.place is None or office.place.code != place:
            return False
        return bool(scope.get("floor", office.floor) == office.floor)
    within = set(unit.path.strip("/").split("/"))
    spared = {code for each in closure.stays_open for code in each.get("units", ())}
    return bool(within & set(scope.get("units", ()))) and not within & spared


def history(incident: Incident) -> QuerySet[Entry]:
    """Return what happened to an incident, who looked at it included, oldest first."""
    return journal.about(incident.subject)
