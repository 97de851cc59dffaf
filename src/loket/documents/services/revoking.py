"""Ending the validity of a document."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.documents.access import REVOKE
from loket.documents.events import DocumentRevoked
from loket.documents.models import Document
from loket.kernel import events
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.identifiers.masking import scrub


def revoke(*, document: Document, reason: str, actor: Actor, at: datetime) -> None:
    """End the validity of a document; verification says so at once.

    :raises NotAllowed: if the actor may not revoke documents of this unit.
    :raises Invalid: if no reason is given.
    :raises Conflict: if the document is not valid any more.
    """
    require(actor, REVOKE, scope=document.unit)
    if not reason.strip():
        raise Invalid(
            _("Say why the document is revoked."),
            fields={"reason": [_("Say why the document is revoked.")]},
        )
    with transaction.atomic():
        done = Document.objects.filter(pk=document.pk, state=Document.State.VALID).update(
            state=Document.State.REVOKED,
            ended_at=at,
            reason=scrub(reason.strip())[:300],
            pin_digest="",
        )
        if not done:
            raise Conflict(_("This document is not valid any more."))
        document.refresh_from_db()
        events.announce(
            DocumentRevoked(
                actor=actor,
                at=at,
                subject=document.subject,
                of=document.subject_ref,
                number=document.number,
                reason=document.reason,
            )
        )
