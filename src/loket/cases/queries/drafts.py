"""Questions about drafts. Only their resident may ask."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loket.cases.models import Draft
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.people.rules.refs import number_of

DEFINITION = "service_version__definition"
"""Left out of every look-up: each process has parsed a version once and keeps it."""


def require_own(draft: Draft, actor: Actor) -> None:
    """Stop unless the draft is the actor's.

    :raises NotFound: if it is somebody else's; that it exists is nobody's business.
    """
    if f"account:{draft.resident.account_id}" != actor.ref:
        raise NotFound(_("There is no such application."))


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """Return the actor's open drafts, the last saved first."""
    return (
        Draft.objects.filter(resident__account_id=account_id(actor))
        .select_related("service_version", "resident__account")
        .defer(DEFINITION)
        .order_by("-saved_at")
    )


def draft(*, code: str, actor: Actor) -> Draft:
    """Return one of the actor's drafts.

    :raises NotFound: if there is none, or it is somebody else's.
    """
    # Without an order: giving one row an order costs Django as much as asking for it.
    found = next(iter(drafts_of(actor).filter(code=code).order_by()[:1]), None)
    if found is None:
        raise NotFound(_("There is no such application."))
    return found


def stale(*, saved_before: datetime) -> QuerySet[Draft]:
    """Return drafts that nobody touched since a moment, the oldest first."""
    return (
        Draft.objects.filter(saved_at__lt=saved_before)
        .select_related("service_version", "resident__account")
        .defer(DEFINITION)
        .order_by("saved_at")
    )


def account_id(actor: Actor) -> int:
    """Return the key of the actor's account, or 0 for anybody without one."""
    return number_of(actor.ref)
