"""Contacts found by mistake: they count for nothing, and nobody stays at home for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loket.incidents.access import HANDLE
from loket.incidents.events import ContactRestored, ContactSetAside
from loket.incidents.models import Contact, Incident
from loket.incidents.queries import met
from loket.incidents.rules.contacts import wrong_with
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.people.models import Account
from loket.workforce import queries as absences
from loket.workforce import services as workforce
from loket.workforce.models import Absence

from . import telling
from .tracing import ROUTING, _count, _hold_open, _watch

MOST = 300


def set_aside(*, contact: Contact, words: str, actor: Actor, at: datetime) -> Contact:
    """Say that somebody was no contact, and why; they may come back unless others hold them.

    Of an incident that is over as well, as long as names are kept.

    :raises NotAllowed: if the actor does not handle incidents of the unit, or was the contact.
    :raises Invalid: if nothing is said, or nothing that can be shown.
    :raises Conflict: if it was set aside already, or is erased.
    """
    incident = contact.incident
    require(actor, HANDLE, scope=incident.unit_path)
    if contact.ref == actor.ref:
        raise NotAllowed(_("Somebody else on the team must say that you were no contact."))
    said = words.strip()[:MOST]
    if sentence := wrong_with(said) if said else _("Say why this was no contact."):
        raise Invalid(sentence, fields={"words": [sentence]})
    with transaction.atomic():
        _lock(incident)
        account, absence = _kept_home(contact)
        counted = Contact.objects.filter(pk=contact.pk, is_contact=True)
        if not counted.update(
            is_contact=False,
            set_aside_at=at,
            set_aside_words=said,
            monitored_until=None,
            absence="",
        ):
            raise Conflict(_("This contact has changed meanwhile. Please look again."))
        if account is not None and absence:
            _let_return(account, absence, incident, at=at)
        _count(incident)
        announce(
            ContactSetAside(
                actor=actor, at=at, subject=incident.subject, unit=incident.unit_path
            )
        )
    contact.refresh_from_db()
    return contact


def restore(*, contact: Contact, actor: Actor, at: datetime) -> Contact:
    """Count somebody as a contact again who was set aside; the close ones stay at home again.

    :raises NotAllowed: if the actor does not handle incidents of the unit.
    :raises Conflict: if it counts already, or the incident is over.
    """
    incident = contact.incident
    require(actor, HANDLE, scope=incident.unit_path)
    with transaction.atomic():
        _hold_open(incident)
        aside = Contact.objects.filter(pk=contact.pk, is_contact=False)
        if not aside.update(is_contact=True, set_aside_at=None, set_aside_words=""):
            raise Conflict(_("This contact has changed meanwhile. Please look again."))
        contact.refresh_from_db()
        if contact.is_close:
            _watch(contact, incident, at=at)
        _count(incident)
        announce(
            ContactRestored(
                actor=actor, at=at, subject=incident.subject, unit=incident.unit_path
            )
        )
    return contact


def _lock(incident: Incident) -> None:
    """Make tracing and erasing wait.

    :raises Conflict: if the names are erased.
    """
    kept = Incident.objects.select_for_update().filter(pk=incident.pk)
    if not kept.exclude(state=Incident.State.ERASED).exists():
        raise Conflict(_("This incident is over."))


def _kept_home(contact: Contact) -> tuple[Account | None, str]:
    """Return who it is and the code of the absence, as somebody may just have written it."""
    row = Contact.objects.select_related("account").filter(pk=contact.pk).first()
    return (row.account, row.absence) if row else (None, "")


def _let_return(account: Account, code: str, incident: Incident, *, at: datetime) -> None:
    """End the days at home that came of a contact; tell whoever may really come back."""
    rows = absences.absences_of(account).filter(state=Absence.State.GRANTED)
    absence = rows.filter(code=code).first()
    if absence is None:
        return
    # Whoever stays at home from today on is back tomorrow: the day has begun.
    first = absence.starts_on + timedelta(days=1)
    back_on = max(met.day_of(incident, at), first)
    if absence.ends_on <= back_on:
        return
    workforce.end_absence(absence=absence, ends_on=back_on, actor=ROUTING, at=at)
    others = rows.filter(ends_on__gt=back_on).exclude(source="").exclude(code=code)
    if not others.exists():
        telling.tell_may_return(absence, back_on=back_on, actor=ROUTING, at=at)
