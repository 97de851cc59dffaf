"""Contacts: they are found, told, kept at home, and their work goes on with others."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.cases import services as cases
from loket.incidents.access import HANDLE
from loket.incidents.events import IncidentTraced
from loket.incidents.models import Contact, Incident
from loket.incidents.queries import met
from loket.incidents.rules import contacts as rules
from loket.incidents.rules import windows
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.organisation.models import Room
from loket.people.models import Account
from loket.workforce import services as workforce
from loket.workforce.models import Absence
from loket.workforce.rules.tracing import ContactFound

from . import telling

ROUTING = Actor.system("routing")
"""On whose behalf people are kept at home and their cases go to others, as they do each morning
for whoever is away: who did it, or a name of its own, would say why."""


@transaction.atomic
def trace(*, incident: Incident, actor: Actor, at: datetime) -> int:
    """Look for contacts again; what is new is added and told. Return how many are new.

    :raises NotAllowed: if the actor does not handle incidents of the unit.
    :raises Conflict: if it is over.
    """
    require(actor, HANDLE, scope=incident.unit_path)
    before = incident.contacts_found
    _follow_contacts(incident, at=at)
    announce(
        IncidentTraced(
            actor=actor,
            at=at,
            subject=incident.subject,
            unit=incident.unit_path,
            contacts=incident.contacts_found,
        )
    )
    return incident.contacts_found - before


def _follow_contacts(incident: Incident, *, at: datetime) -> int:
    """Write down whom the positive case met, and keep the close ones at home.

    Whoever is listed stays listed, if it is known less well by now. Return how many cases
    were handed over.
    """
    _hold_open(incident)
    rows = Contact.objects.filter(incident=incident, account__isnull=False)
    known = {row.account_id: row for row in rows.select_related("account")}
    found = met.found(incident, at=at)
    names = dict(
        Room.objects.filter(
            pk__in={each.room for contact in found for each in contact.occasions}
        ).values_list("pk", "code")
    )
    for contact in found:
        row = known.get(contact.account)
        known[contact.account] = _listed(incident, row, contact, names, at=at)
    close = [row for row in known.values() if row.is_close and row.is_contact]
    moved = sum(_watch(row, incident, at=at) for row in close)
    incident.traced_at = at
    incident.save(update_fields=["traced_at"])
    _count(incident)
    return moved


def _hold_open(incident: Incident) -> None:
    """Make two who work on the contacts of an incident wait for each other.

    :raises Conflict: if it is over.
    """
    still = Incident.objects.select_for_update().filter(
        pk=incident.pk, state=Incident.State.OPEN
    )
    if not still.exists():
        raise Conflict(_("This incident is over."))


def _count(incident: Incident) -> None:
    """Write down how many contacts there are now, without those set aside."""
    counted = Contact.objects.filter(incident=incident, is_contact=True)
    incident.contacts_found = counted.count()
    incident.close_found = counted.filter(is_close=True).count()
    incident.save(update_fields=["contacts_found", "close_found"])


def _listed(
    incident: Incident,
    row: Contact | None,
    contact: ContactFound,
    names: dict[int, str],
    *,
    at: datetime,
) -> Contact:
    if row is not None and row.set_aside_at is not None:
        return row
    times = [
        {
            "room": names[each.room],
            "starts": each.starts_at.isoformat(),
            "ends": each.ends_at.isoformat(),
            "source": each.source,
        }
        for each in contact.occasions
    ]
    if row is not None and (told := rules.told_of(row.occasions)):
        times = rules.in_order([*times, *told])
        zone = organisation.zone(incident.unit)
        contact = rules.figures(contact.account, times, zone=zone)
    is_close = met.is_close(incident, contact, at=at)
    seen = {
        "last_on": contact.last_on,
        "minutes": contact.minutes,
        "occasions": times,
        "is_close": is_close,
    }
    if row is None:
        return Contact.objects.create(incident=incident, account_id=contact.account, **seen)
    if contact.minutes < row.minutes or (row.is_close and not is_close):
        return row
    for name, value in seen.items():
        setattr(row, name, value)
    row.save(update_fields=list(seen))
    return row


def _watch(row: Contact, incident: Incident, *, at: datetime) -> int:
    """Set a close contact under monitoring; again only if it lasts longer now.

    Visitors are told by the team. Return how many cases were handed over.
    """
    until = windows.watched_until(row.last_on)
    today = met.day_of(incident, at)
    if until < today or (row.monitored_until and row.monitored_until >= until):
        return 0
    if row.account is None:
        row.monitored_until = until
        row.save(update_fields=["monitored_until"])
        return 0
    absence, moved = _keep_home(row.account, incident, today=today, until=until, at=at)
    telling.tell_contact(absence, last_on=until, actor=ROUTING, at=at)
    row.monitored_until, row.absence, row.told_at = until, absence.code, at
    row.save(update_fields=["monitored_until", "absence", "told_at"])
    return moved


def _isolate(incident: Incident, account: Account, *, at: datetime) -> int:
    """Keep whoever is positive out of the office; return how many cases were handed over."""
    until = windows.isolated_until(incident.onset_on)
    today = met.day_of(incident, at)
    absence, moved = _keep_home(account, incident, today=today, until=until, at=at)
    telling.tell_positive(absence, last_on=until, actor=ROUTING, at=at)
    incident.absence = absence.code
    incident.save(update_fields=["absence"])
    return moved


def _keep_home(
    account: Account, incident: Incident, *, today: date, until: date, at: datetime
) -> tuple[Absence, int]:
    absence = workforce.set_under_monitoring(
        account=account,
        starts_on=today,
        ends_on=telling.first_day_back(until),
        source=incident.subject,
        actor=ROUTING,
        at=at,
    )
    moved = cases.hand_over(account_id=account.pk, actor=ROUTING, at=at)
    return absence, moved
