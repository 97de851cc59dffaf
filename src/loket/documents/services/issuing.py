"""Writing, signing and publishing a numbered document."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.documents import signers
from loket.documents.events import DocumentIssued, DocumentSuperseded
from loket.documents.models import Document
from loket.documents.rendering import templates
from loket.documents.rendering.certificates import Frame, certificate
from loket.documents.rules import masking
from loket.documents.signers import tokens
from loket.documents.verifying.tokens import claims
from loket.files import services as files
from loket.kernel import events
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid

from . import pins

LINK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document as it was signed, before anything of it is stored."""

    pdf: bytes
    token: str
    signer_ref: str
    signer: signers.Identity
    at: datetime


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document and the PIN that opens its link. The PIN is not kept."""

    document: Document
    link: str
    pin: str


def preview(
    *, template: str, facts: Mapping[str, Any], number: str = "", actor: Actor, at: datetime
) -> bytes:
    """Return what the actor would sign, marked as a preview, without QR."""
    try:
        signer = signers.current().identity(signer_ref=actor.ref)
    except Invalid:  # Whoever cannot sign may still look.
        frame = Frame(number=number or "–", signer_name="–", signer_title="")
    else:
        frame = Frame(number=number or "–", signer_name=signer.name, signer_title=signer.title)
    return certificate(template, facts, frame, at=at)


def prepare(*, document: Document, passphrase: str, actor: Actor, at: datetime) -> Prepared:
    """Return a reserved document written and signed with the actor's own key.

    Stores nothing and holds no lock. Call it outside any transaction, then
    :func:`complete`. The passphrase is used once and forgotten.

    :raises Invalid: if the passphrase is wrong or the actor has no valid certificate.
    :raises Conflict: if the document is not waiting to be signed.
    """
    if document.state != Document.State.RESERVED:
        raise Conflict(_("This document is not waiting to be signed."))
    service = signers.current()
    signer = service.identity(signer_ref=actor.ref)
    token = tokens.sign(
        claims(
            code=document.code,
            number=document.number,
            holder=masking.holder(document.holder),
            template=document.template,
            certificate_sha256=signer.sha256,
            at=at,
        )
    )
    frame = Frame(
        number=document.number,
        signer_name=signer.name,
        signer_title=signer.title,
        code=document.code,
        url=f"{settings.PUBLIC_URL}/v/{document.code}#{token}",
    )
    signed = service.sign(
        certificate(document.template, document.facts, frame, at=at),
        signer_ref=actor.ref,
        passphrase=passphrase,
        reason=templates.TEMPLATES[document.template].title.id,
        location=str(document.facts.get("issued_in") or "Jakarta"),
        at=at,
    )
    return Prepared(pdf=signed, token=token, signer_ref=actor.ref, signer=signer, at=at)


def complete(*, document: Document, prepared: Prepared, actor: Actor, at: datetime) -> Issued:
    """Store a signed document and make it public; what it corrects is superseded.

    The caller's own change of state belongs in the same transaction.

    :raises Conflict: if the document was signed or voided meanwhile.
    """
    link, pin = secrets.token_urlsafe(LINK_BYTES), pins.new()
    with transaction.atomic():
        if document.supersedes is not None:
            _supersede(document.supersedes, by=document, actor=actor, at=at)
        file = files.put(
            data=prepared.pdf,
            name=f"{document.code}.pdf",
            media_type="application/pdf",
            owner=document.subject,
            actor=actor,
            at=at,
        )
        opened_by = {"link": link, "pin_digest": pins.digest(link, pin)}
        _publish(document, prepared, file=file, **opened_by)
        _announce(document, actor=actor, at=at)
    return Issued(document=document, link=link, pin=pin)


def _publish(document: Document, prepared: Prepared, **stored: Any) -> None:
    done = Document.objects.filter(pk=document.pk, state=Document.State.RESERVED).update(
        state=Document.State.VALID,
        # What was signed, also if somebody renewed the reservation meanwhile.
        holder=document.holder,
        facts=document.facts,
        supersedes=document.supersedes,
        issued_at=prepared.at,
        signer=prepared.signer_ref,
        signer_name=prepared.signer.name,
        signer_title=prepared.signer.title,
        certificate_sha256=prepared.signer.sha256,
        sha256=hashlib.sha256(prepared.pdf).hexdigest(),
        token=prepared.token,
        **stored,
    )
    if not done:
        raise Conflict(_("This document is not waiting to be signed."))
    document.refresh_from_db()


def _announce(document: Document, *, actor: Actor, at: datetime) -> None:
    events.announce(
        DocumentIssued(
            actor=actor,
            at=at,
            subject=document.subject,
            of=document.subject_ref,
            number=document.number,
            template=document.template,
            unit=document.unit,
            signer=document.signer,
            sha256=document.sha256,
            supersedes=document.supersedes.code if document.supersedes else "",
        )
    )


def _supersede(old: Document, *, by: Document, actor: Actor, at: datetime) -> None:
    done = Document.objects.filter(pk=old.pk, state=Document.State.VALID).update(
        state=Document.State.SUPERSEDED, ended_at=at, pin_digest=""
    )
    if not done:
        raise Conflict(_("The document to be corrected is no longer valid."))
    events.announce(
        DocumentSuperseded(
            actor=actor,
            at=at,
            subject=old.subject,
            of=old.subject_ref,
            number=old.number,
            by=by.code,
        )
    )
