"""Whom a positive case met."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from loket.incidents.models import Contact, Incident
from loket.incidents.rules import windows
from loket.organisation import queries as organisation
from loket.workforce import queries as workforce
from loket.workforce.rules.tracing import ContactFound, Stretch


def contacts(incident: Incident) -> QuerySet[Contact]:
    """Return those whom a positive case met: the close ones first, then who was met longest."""
    rows = Contact.objects.filter(incident=incident).select_related("account")
    return rows.order_by("-is_close", "-minutes", "account__full_name", "id")


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
