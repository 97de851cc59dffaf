"""What applicants are told, and how they are reached."""

from __future__ import annotations

from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.cases.models import Case
from loket.catalogue.rules.format import Notice
from loket.kernel.access import Actor
from loket.messaging import services as messaging
from loket.messaging.queries import page_address
from loket.messaging.services import Recipient


def recipient(case: Case) -> Recipient:
    """Return whom the notices of a case go to."""
    return Recipient(
        email=case.contact.get("email", ""),
        phone=case.contact.get("phone", ""),
        language=case.contact.get("language", "id"),
        name=case.applicant,
    )


def is_reachable(case: Case) -> bool:
    """Say whether the applicant left any way to be told."""
    return bool(case.contact.get("email") or case.contact.get("phone"))


def facts_of(case: Case) -> dict[str, str]:
    """Return what every notice about a case may mention, in the applicant's language."""
    language = case.contact.get("language", "id")
    with override(language):
        due_on = formats.date_format(case.due_on, "j F Y")
    office = getattr(case.unit, "office", None)
    return {
        "code": case.code,
        "title": case.title,
        "service": case.service_version.service.title.in_language(language),
        "url": page_address(f"/cases/{case.code}/"),
        "due_on": due_on,
        "office": case.unit.name,
        "address": office.address if office else "",
    }


def tell(
    *,
    case: Case,
    notice: str,
    key: str,
    own: Notice | None = None,
    facts: dict[str, str] | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Queue one notice to the applicant, once for each key; nobody is told by no channel."""
    if not is_reachable(case):
        return
    language = case.contact.get("language", "id")
    known = facts_of(case) | (facts or {})
    messaging.send(
        notice=notice,
        to=recipient(case),
        subject=case.subject,
        key=f"{case.subject}:{notice}:{key}",
        facts=known,
        title=own.subject.in_language(language) if own else "",
        body=body_of(own, known, language) if own else "",
        actor=actor,
        at=at,
    )


def body_of(own: Notice, known: dict[str, str], language: str) -> str:
    """Return a service's own words, with what every message must say added below."""
    with override(language):
        below = [
            _("Application: %(service)s (%(code)s)") % known,
            _("Office: %(office)s") % known,
            known["address"],
            known["url"],
        ]
    return "\n".join([own.body.in_language(language), "", *(line for line in below if line)])
