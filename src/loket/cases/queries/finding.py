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

LINE = (
    "code", "title", "applicant", "contact", "unit_path", "state", "state_kind", "state_since",
    "submitted_at", "due_on", "closed_at", "held_until", "unit__code", "unit__name",
    "service_version__code", "service_version__version", "service_version__digest",
    "holder__username", "holder__full_name", "verified_by__username", "verified_by__full_name",
)  # fmt: skip
"""What a line of a list, or the shortest answer about a case, reads."""


def shown(cases: CaseQuerySet) -> CaseQuerySet:
    """Return cases with what pages about them read, in the same query."""
    return cases.select_related(*SHOWN).defer(DEFINITION)


def in_lines(cases: CaseQuerySet) -> CaseQuerySet:
    """Return cases with what a line about each reads, in the same query.

    All columns of all tables would cost a list of 25 cases as much again as showing it.
    """
    named = ("service_version", "unit", "holder", "verified_by")
    return cases.select_related(*named).only(*LINE)


def one(cases: CaseQuerySet) -> Case | None:
    """Return the case that was found by its code, if any.

    It needs no order: with ``first()``, Django spends a fifth of a look-up on giving it one.
    """
    return next(iter(cases.order_by()[:1]), None)


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
    return required(one(shown(visible_to(actor)).filter(code=codes.normalise(code))))


def is_own(case: Case, actor: Actor) -> bool:
    """Say whether the actor is the resident who applied."""
    return case.resident is not None and case.resident.account_id == account_id(actor)


def cases_of(actor: Actor) -> CaseQuerySet:
    """Return the actor's own cases, the newest first."""
    mine = Case.objects.filter(resident__account_id=account_id(actor))
    told = mine.select_related("service_version", "unit__office", "resident")
    return told.defer(DEFINITION).order_by("-id")


def own(*, code: str, actor: Actor) -> Case:
    """Return one of the actor's own cases.

    :raises NotFound: if there is none, or it is somebody else's: the same answer.
    """
    return required(one(cases_of(actor).filter(code=codes.normalise(code))))


def by_code_and_contact(*, code: str, contact: str) -> Case:
    """Return a case to somebody who knows its code and how its applicant is reached.

    A wrong code and a wrong contact are answered alike, and take the same work: one
    look-up, and one comparison in constant time.

    :raises NotFound: if the two do not belong together.
    """
    found = one(in_lines(Case.objects.all()).filter(code=codes.normalise(code)))
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
