"""Cases that somebody may see, one by one or many."""

from __future__ import annotations

import hmac

from django.utils.translation import gettext as _

from loket.cases.access import VIEW
from loket.cases.models import Case, CaseQuerySet
from loket.kernel import codes
from loket.kernel.access import ANYWHERE, Actor
from loket.kernel.errors import Invalid, NotFound
from loket.kernel.identifiers import emails, phones

from .drafts import DEFINITION, account_id

SHOWN = ("service_version", "unit__office", "holder", "resident__account", "verified_by")
"""What pages about one case read."""


def shown(cases: CaseQuerySet) -> CaseQuerySet:
    """Return cases with what pages about them read, in the same query."""
    return cases.select_related(*SHOWN).defer(DEFINITION)


def visible_to(actor: Actor) -> CaseQuerySet:
    """Return the cases that a member of staff may see; every other query starts here."""
    scopes = actor.scopes(VIEW)
    if ANYWHERE in scopes:
        return Case.objects.all()
    return Case.objects.all().below(scopes)


def get(*, code: str, actor: Actor) -> Case:
    """Return one case, ready to show to staff.

    :raises NotFound: if there is none, or the actor may not see it: the same answer.
    """
    return required(shown(visible_to(actor)).filter(code=codes.normalise(code)).first())


def is_own(case: Case, actor: Actor) -> bool:
    """Say whether the actor is the resident who applied."""
    return case.resident is not None and case.resident.account_id == account_id(actor)


def cases_of(actor: Actor) -> CaseQuerySet:
    """Return the actor's own cases, the newest first."""
    mine = Case.objects.filter(resident__account_id=account_id(actor))
    return shown(mine).order_by("-id")


def own(*, code: str, actor: Actor) -> Case:
    """Return one of the actor's own cases.

    :raises NotFound: if there is none, or it is somebody else's: the same answer.
    """
    return required(cases_of(actor).filter(code=codes.normalise(code)).first())


def by_code_and_contact(*, code: str, contact: str) -> Case:
    """Return a case to somebody who knows its code and how its applicant is reached.

    A wrong code and a wrong contact are answered alike, and take the same work: one
    look-up, and one comparison in constant time.

    :raises NotFound: if the two do not belong together.
    """
    found = shown(Case.objects.all()).filter(code=codes.normalise(code)).first()
    given = contact_given(contact)
    known = found.contact if found else {}
    fits = [
        bool(value) & hmac.compare_digest(value.encode(), given.encode())
        for value in (known.get("email", ""), known.get("phone", ""))
    ]
    if found is None or not any(fits):
        raise NotFound(_("No application has this code together with this contact."))
    return found


def contact_given(text: str) -> str:
    """Return a contact as it is stored, or what was typed if it is none."""
    try:
        return emails.normalise(text) if "@" in text else phones.normalise(text)
    except Invalid:
        return text.strip()


def required(found: Case | None) -> Case:
    """Return what was found.

    :raises NotFound: if nothing was.
    """
    if found is None:
        raise NotFound(_("There is no such application."))
    return found
