"""Going on with a draft under a newer version of its service."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from loket.cases.events import DraftCarried
from loket.cases.models import Draft
from loket.cases.queries.drafts import require_own
from loket.catalogue import queries as catalogue
from loket.catalogue.rules import carry as rules
from loket.catalogue.rules.carry import Carried
from loket.kernel.access import Actor
from loket.kernel.events import announce

from .attaching import locked
from .drafts import refreshed


def carry_draft(*, draft: Draft, actor: Actor, at: datetime) -> Carried | None:
    """Move a draft to the published version of its service, and say what changed.

    Return None if it is on that version already. Files of questions that are no longer
    asked stay with the draft until it is sent or discarded.

    :raises NotFound: if the draft is not the actor's, or the service is not offered any more.
    :raises Conflict: if the draft was sent or discarded meanwhile.
    """
    require_own(draft, actor)
    version = catalogue.get(draft.service_code)
    if version.pk == draft.service_version_id:
        return None
    old = draft.service_version
    with transaction.atomic():
        kept = locked(draft)
        carried = rules.carry(old.service, version.service, kept.answers)
        kept.service_version = version
        kept.answers, kept.saved_at = carried.answers, at
        kept.revision += 1
        kept.save(update_fields=["service_version", "answers", "saved_at", "revision"])
        announce(
            DraftCarried(
                actor=actor,
                at=at,
                subject=draft.subject,
                service=draft.service_code,
                from_version=old.version,
                to_version=version.version,
            )
        )
    draft.service_version = version
    refreshed(draft, kept)
    return carried
