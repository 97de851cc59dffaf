"""What can be asked about documents, by those who may see them and by anyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.catalogue.rules.format import Question, Service
from loket.files import queries as files
from loket.kernel import codes
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.kernel.texts import Text

from .access import VIEW
from .models import Document, DocumentQuerySet
from .rules import masking
from .verifying import examination, trust
from .verifying.findings import Finding

PAGE = 25
MOST_WORDS = 100
"""Signs that are searched for: SQLite refuses patterns of some ten thousand."""

State = Literal["valid", "superseded", "revoked", "expired", "altered", "not_ours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What anyone may learn of a document. The holder is masked; no NIK, no address."""

    state: State
    reason: str
    """Public code of why, such as ``bytes_outside_signature``."""
    words: str
    """The same as a sentence in the reader's language."""
    code: str = ""
    title: Text | None = None
    number: str = ""
    holder: str = ""
    signer_name: str = ""
    signer_title: str = ""
    issued_at: datetime | None = None
    ended_at: datetime | None = None
    sha256: str = ""

    @property
    def is_valid(self) -> bool:
        return self.state == "valid"


@dataclass(frozen=True, slots=True)
class Found:
    """Some documents, and after which the next ones begin; empty at the end."""

    rows: list[Document]
    after: str


def visible_to(actor: Actor) -> DocumentQuerySet:
    """Return the documents of the units in which the actor may read documents."""
    return Document.objects.below(actor.scopes(VIEW)).order_by("-pk")


def get(code: str, *, actor: Actor) -> Document:
    """Return a document.

    :raises NotFound: if there is none, or the actor may not see it.
    """
    found = visible_to(actor).filter(code=codes.normalise(code)).first()
    if found is None:
        raise NotFound(_("There is no such document."))
    return found


def of_case(subject_ref: str) -> QuerySet[Document]:
    """Return the documents of a subject, the newest first; whoever asks checked access."""
    return Document.objects.filter(subject_ref=subject_ref).order_by("-pk")


def find(*, words: str, actor: Actor, after: str = "", limit: int = PAGE) -> Found:
    """Return documents of the actor's units by number, code or holder, the newest first."""
    rows = visible_to(actor).issued()
    if words := words[:MOST_WORDS]:
        rows = rows.filter(
            Q(code=codes.normalise(words))
            | Q(number__icontains=words)
            | Q(holder__icontains=words)
        )
    if after.isascii() and after.isdigit():
        rows = rows.filter(pk__lt=int(after[:18]))
    found = list(rows[: limit + 1])
    return Found(found[:limit], str(found[limit - 1].pk) if len(found) > limit else "")


def correctable(document: Document, service: Service) -> tuple[Question, ...]:
    """Return the questions whose answers a document prints, officers' included."""
    output = next((o for o in service.outputs if o.name == document.output), None)
    printed = {path.partition(".")[0] for path in output.facts.values()} if output else set()
    asked = (*service.questions, *(q for a in service.workflow.actions for q in a.asks))
    by_name = {q.name: q for q in asked if q.name in printed}
    return tuple(by_name.values())


def published_keys() -> dict[str, Any]:
    """Return the public keys of the QRs as a JWK set."""
    return dict(trust.installed().jwks)


def authority_pem() -> str:
    """Return the certificates of the trusted authorities, PEM."""
    return "".join(trust.pem(root) for root in trust.installed().roots)


def by_link(link: str) -> Document:
    """Return the document that a download page is about.

    :raises NotFound: if there is no such page.
    """
    found = Document.objects.issued().filter(link=link).first() if link else None
    if found is None:
        raise NotFound(_("There is no such document."))
    return found


def content(document: Document) -> bytes:
    """Return the signed PDF of an issued document; whoever asks checked access.

    :raises NotFound: if it was never issued.
    """
    if document.file is None:
        raise NotFound(_("There is no such document."))
    return files.read(document.file)


def verify_code(code: str) -> Verdict:
    """Say what became of the document with this code; anyone may ask.

    A wrong code, an unknown one and one that was never signed get the same answer.
    """
    document = Document.objects.issued().filter(code=codes.normalise(code)).first()
    return _verdict(document) if document else _unknown()


def verify_pdf(data: bytes, *, at: datetime) -> Verdict:
    """Say whether this file is a document of ours, unchanged and still valid.

    Our own copy must be the same byte for byte; the signature is examined all the same,
    so that the answer does not rest on the database alone.
    """
    finding = examination.check(data, believed=trust.installed(), at=at)
    if not finding.is_valid:
        return _refused(finding)
    document = Document.objects.issued().filter(sha256=finding.sha256).first()
    if document is None or document.code != finding.code:
        return _unknown(sha256=finding.sha256)
    return _verdict(document)


def _refused(finding: Finding) -> Verdict:
    return Verdict(
        state=cast("State", finding.reason.state),
        reason=finding.reason.value,
        words=str(finding.reason.words),
        sha256=finding.sha256,
    )


def _unknown(sha256: str = "") -> Verdict:
    return Verdict(
        state="not_ours",
        reason="unknown",
        words=_("We have issued no such document."),
        sha256=sha256,
    )


def _verdict(document: Document) -> Verdict:
    words: dict[str, tuple[State, str]] = {
        Document.State.VALID: ("valid", _("This document is signed and valid.")),
        Document.State.SUPERSEDED: (
            "superseded",
            _("A newer document has taken the place of this one."),
        ),
        Document.State.REVOKED: ("revoked", _("This document was revoked and is not valid.")),
    }
    state, sentence = words[document.state]
    facts: dict[str, Any] = {
        "code": document.code,
        "title": Text(**document.title),
        "number": document.number,
        "holder": masking.holder(document.holder),
        "signer_name": document.signer_name,
        "signer_title": document.signer_title,
        "issued_at": document.issued_at,
        "ended_at": document.ended_at,
        "sha256": document.sha256,
    }
    return Verdict(state=state, reason=state, words=sentence, **facts)
