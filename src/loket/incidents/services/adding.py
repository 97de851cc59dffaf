"""Contacts that no room or clock knows, as the team is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.incidents.access import HANDLE
from loket.incidents.events import ContactAdded
from loket.incidents.models import Contact, Incident
from loket.incidents.queries import met
from loket.incidents.rules import contacts as rules
from loket.incidents.rules import windows
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.people.models import Account

from .tracing import _count, _hold_open, _watch


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTold:
    """Whom a positive case met, when, for how long, and where in words."""

    starts_at: datetime | None
    minutes: int | None
    where: str
    account: Account | None = None
    visitor: str = ""
    """Name or queue number of somebody who is not on the staff."""
    reach: str = ""
    """How the team reaches a visitor."""


def add_contact(
    *, incident: Incident, told: ContactTold, actor: Actor, at: datetime
) -> Contact:
    """Write down a contact that the team was told of; then it counts as if it had been found.

    Another time of somebody who is listed joins theirs.

    :raises NotAllowed: if the actor does not handle incidents of the unit.
    :raises Invalid: if what is told cannot be, or is about the positive person.
    :raises Conflict: if it is listed already, or the incident is over.
    """
    require(actor, HANDLE, scope=incident.unit_path)
    new = _require_sound(incident, told, at=at)
    with transaction.atomic():
        _hold_open(incident)
        row = _known(incident, told)
        if row is not None and row.is_contact and rules.is_listed(new, row.occasions):
            raise Conflict(_("This contact is on the list already, with this time."))
        row = _joined(incident, row, told, new, at=at)
        if row.is_close:
            _watch(row, incident, at=at)
        _count(incident)
        announce(
            ContactAdded(
                actor=actor,
                at=at,
                subject=incident.subject,
                unit=incident.unit_path,
                is_close=row.is_close,
            )
        )
    return row


def _known(incident: Incident, told: ContactTold) -> Contact | None:
    rows = Contact.objects.filter(incident=incident)
    if told.account is not None:
        return rows.select_related("account").filter(account=told.account).first()
    name = _plain(told.visitor)
    visitors = rows.filter(account=None)
    return next((row for row in visitors if _plain(row.visitor) == name), None)


def _joined(
    incident: Incident,
    row: Contact | None,
    told: ContactTold,
    new: dict[str, str],
    *,
    at: datetime,
) -> Contact:
    """Add a time to whoever was met; of what was set aside nothing counts beside it."""
    if row is None:
        visitor = " ".join(told.visitor.split()) if told.account is None else ""
        row = Contact(incident=incident, account=told.account, visitor=visitor)
    times = rules.in_order([*(row.occasions if row.is_contact else ()), new])
    zone = organisation.zone(incident.unit)
    found = rules.figures(row.account_id or 0, times, zone=zone)
    is_close = met.is_close(incident, found, at=at)
    row.occasions, row.minutes, row.last_on = times, found.minutes, found.last_on
    row.is_close = is_close or (row.is_contact and bool(row.pk) and row.is_close)
    row.is_contact = True
    if told.account is None:
        row.reach = told.reach.strip()
    if row.pk is None:
        row.save(force_insert=True)
    else:
        fields = ["occasions", "minutes", "last_on", "is_close", "is_contact", "reach"]
        row.save(update_fields=fields)
    return row


def _require_sound(incident: Incident, told: ContactTold, *, at: datetime) -> dict[str, str]:
    """Return the time as it is kept; stop at what cannot be.

    :raises Invalid: with what to mend.
    """
    window = windows.infectious(incident.onset_on, today=met.day_of(incident, at))
    facts = rules.Told(
        is_visitor=told.account is None,
        visitor=told.visitor,
        reach=told.reach,
        where=told.where,
        starts_at=told.starts_at,
        minutes=told.minutes,
    )
    wrong = rules.problems(facts, window=window, zone=organisation.zone(incident.unit), at=at)
    if told.account is not None and told.account.kind != Account.Kind.STAFF:
        wrong["account"] = [_("Choose somebody on the staff.")]
    if _is_positive(incident, told):
        name = "account" if told.account else "visitor"
        wrong[name] = [_("This is who has tested positive.")]
    if wrong:
        first = next(iter(wrong.values()))[0]
        raise Invalid(
            first if len(wrong) == 1 else _("Please mend what is marked."), fields=wrong
        )
    return rules.written(facts)


def _is_positive(incident: Incident, told: ContactTold) -> bool:
    if told.account is not None:
        return told.account.pk == incident.account_id
    return bool(incident.visitor) and _plain(told.visitor) == _plain(incident.visitor)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
