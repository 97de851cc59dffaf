"""Handing out: to whoever has link and PIN, and to staff."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from loket.documents import queries
from loket.documents.access import VIEW
from loket.documents.events import DocumentDownloaded, PinRenewed
from loket.documents.models import Document
from loket.kernel import events
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid

from . import pins


def open_download(*, link: str, pin: str, actor: Actor, at: datetime) -> bytes:
    """Return the signed PDF to whoever has link and PIN. The face limits the tries.

    :raises Invalid: if link and PIN do not belong together; the same for an unknown link.
    :raises Conflict: if the document was superseded or revoked.
    """
    document = Document.objects.issued().filter(link=link).first() if link else None
    expected = document.pin_digest if document else pins.digest("", "")
    fits = constant_time_compare(pins.digest(link, pin.strip().replace(" ", "")), expected)
    if document is not None and document.state != Document.State.VALID:
        raise Conflict(_("This document is not valid any more."))
    if document is None or not fits:
        raise Invalid(_("The PIN is wrong."), fields={"pin": [_("The PIN is wrong.")]})
    pdf = queries.content(document)
    _announce_download(document, actor=actor, at=at)
    return pdf


def open_for_staff(*, document: Document, actor: Actor, at: datetime) -> bytes:
    """Return the signed PDF to staff of the unit.

    :raises NotAllowed: if the actor may not read documents of this unit.
    :raises NotFound: if the document was never issued.
    """
    require(actor, VIEW, scope=document.unit)
    pdf = queries.content(document)
    _announce_download(document, actor=actor, at=at)
    return pdf


def _announce_download(document: Document, *, actor: Actor, at: datetime) -> None:
    events.announce(
        DocumentDownloaded(
            actor=actor,
            at=at,
            subject=document.subject,
            of=document.subject_ref,
            number=document.number,
        )
    )


def renew_pin(*, document: Document, actor: Actor, at: datetime) -> str:
    """Return a new PIN for the link of a document; whoever calls decides who may ask.

    :raises Conflict: if the document is not valid.
    """
    pin = pins.new()
    with transaction.atomic():
        done = Document.objects.filter(pk=document.pk, state=Document.State.VALID).update(
            pin_digest=pins.digest(document.link or "", pin)
        )
        if not done:
            raise Conflict(_("This document is not valid any more."))
        events.announce(
            PinRenewed(
                actor=actor,
                at=at,
                subject=document.subject,
                of=document.subject_ref,
                number=document.number,
            )
        )
    return pin
