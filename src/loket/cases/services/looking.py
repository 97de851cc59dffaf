"""Looks at a person's file. Each one by staff is told to the journal, with its reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.cases.access import VIEW
from loket.cases.events import CaseFileViewed, CaseViewed
from loket.cases.models import Attachment, Case
from loket.cases.queries.listing import duplicates
from loket.cases.rules import looks
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.kernel.events import announce
from loket.kernel.identifiers.masking import scrub

from .allowing import extend_lease


def look(
    *, case: Case, reason: str = "handling", words: str = "", actor: Actor, at: datetime
) -> None:
    """Write down that a member of staff opens a case, and why.

    Applications about the same event are shown beside it, so this is a look at them too.

    :raises NotFound: if the actor may not see the case.
    :raises Invalid: if the reason is missing.
    """
    scope = scope_of(case, actor)
    words = scrub(looks.check(reason, words))
    with transaction.atomic():
        extend_lease(case, actor=actor, at=at)
        seen = {
            case: reason,
            **{d.case: "duplicate" for d in duplicates(case=case, actor=actor)},
        }
        for shown, why in seen.items():
            announce(
                CaseViewed(
                    actor=actor,
                    at=at,
                    subject=shown.subject,
                    service=shown.service_code,
                    unit=shown.unit_path,
                    reason=why,
                    words=words if shown == case else "",
                    scope=scope,
                )
            )


def look_at_file(
    *,
    case: Case,
    attachment: Attachment,
    reason: str = "handling",
    words: str = "",
    actor: Actor,
    at: datetime,
) -> None:
    """Write down that a member of staff opens one of a case's files, and why.

    :raises NotFound: if the actor may not see the case, or the file is not of it.
    :raises Invalid: if the reason is missing.
    """
    scope = scope_of(case, actor)
    if attachment.case_id != case.pk:
        raise NotFound(_("There is no such file."))
    with transaction.atomic():
        extend_lease(case, actor=actor, at=at)
        announce(
            CaseFileViewed(
                actor=actor,
                at=at,
                subject=case.subject,
                service=case.service_code,
                unit=case.unit_path,
                reason=reason,
                words=scrub(looks.check(reason, words)),
                scope=scope,
                question=attachment.question,
                file=attachment.file.ref,
            )
        )


def scope_of(case: Case, actor: Actor) -> str:
    """Return the path of the unit by whose grant the actor may see the case: the nearest.

    :raises NotFound: if the actor may not.
    """
    covering = [s for s in actor.scopes(VIEW) if case.unit_path.startswith(s)]
    if not covering:
        raise NotFound(_("There is no such application."))
    return max(covering, key=len)
