"""Whom a positive case met."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loket.incidents.models import Contact, Incident
from loket.incidents.rules import windows
from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.workforce import queries as workforce
from loket.workforce.rules.tracing import ContactFound, Stretch


def contacts(incident: Incident) -> QuerySet[Contact]:
    """Return those whom a positive case met: the close ones first, then who was met longest.

    Who was set aside comes last.
    """
    rows = Contact.objects.filter(incident=incident).select_related("account", "incident")
    return rows.order_by(
        "-is_contact", "-is_close", "-minutes", "account__full_name", "visitor", "id"
    )


def contact(incident: Incident, *, ref: str) -> Contact:
    """Return one contact of an incident, by what a page calls it.

    :raises NotFound: if there is none.
    """
    kind, _colon, name = ref.partition(":")
    rows = contacts(incident)
    if kind == "visitor":
        found = rows.filter(account=None, visitor=name).first()
    else:
        found = next((row for row in rows if row.account_id and row.ref == ref), None)
    if found is None:
        raise NotFound(_("This contact is not on the list any more."))
    return found


def where(incident: Incident, *, at: datetime) -> list[Stretch]:
    """Return in which rooms a positive person on the staff was, as far as it is still known."""
    if incident.account_id is None:
        return []
    window = windows.listed(incident.onset_on, today=day_of(incident, at))
    return workforce.whereabouts(
        incident.account_id, since=window.since, until=window.until, at=at
    )


def found(incident: Incident, *, at: datetime) -> list[ContactFound]:
    """Look for everybody whom a positive case met; nothing is written."""
    is_wide = settings.CLOSE_CONTACT_MINUTES == 0
    if incident.account_id is not None:
        window = windows.listed(incident.onset_on, today=day_of(incident, at))
        return workforce.contacts(
            incident.account_id,
            since=window.since,
            until=window.until,
            at=at,
            whole_office=is_wide,
        )
    if not (incident.room and incident.visited_from and incident.visited_until):
        return []
    return workforce.met_in_room(
        incident.room,
        starts_at=incident.visited_from,
        ends_at=incident.visited_until,
        at=at,
        whole_office=is_wide,
    )


def is_close(incident: Incident, contact: ContactFound, *, at: datetime) -> bool:
    """Say whether a contact was close, on a day on which the positive case was infectious."""
    window = windows.infectious(incident.onset_on, today=day_of(incident, at))
    return contact.is_close(
        since=window.since, until=window.until, minutes=settings.CLOSE_CONTACT_MINUTES
    )


def day_of(incident: Incident, at: datetime) -> date:
    return organisation.today(incident.unit, at=at)
