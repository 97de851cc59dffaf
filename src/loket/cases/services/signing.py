"""Signing: a number is taken, the document is rendered and signed, then the case moves.

Rendering and signing take long and run outside any transaction. If the case moved in the
meantime, nothing is issued and the number is void.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.cases.models import Case
from loket.cases.queries.outputs import CITY, facts_for, holder_of
from loket.cases.rules import transitions
from loket.catalogue.rules.format import Output
from loket.documents import queries as documents_of
from loket.documents import services as documents
from loket.documents.models import Document
from loket.documents.rules.numbering import Numbering
from loket.documents.services import Issued
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotFound, Refusal
from loket.kernel.texts import Text
from loket.messaging import services as messaging
from loket.messaging.queries import page_address

from .allowing import require_own_case, require_step
from .moving import Decision, carry_out
from .notices import facts_of, recipient


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of one case in a batch."""

    case: Case
    document: Document | None
    problem: str = ""


def sign(*, case: Case, passphrase: str, actor: Actor, at: datetime) -> Document:
    """Approve a case and issue its certificate, signed by the actor.

    :raises NotAllowed: if the actor may not sign it, or verified it.
    :raises Invalid: if the passphrase is wrong, or the certificate lacks a fact.
    :raises Conflict: if the case does not wait for a signature any more.
    """
    step = transitions.signing(case.service_version.service, state=case.state)
    require_step(case, step.action, actor=actor, at=at)
    output = case.service_version.service.output(step.action.issues)
    document = reserve(case, output, actor=actor, at=at)
    prepared = documents.prepare(document=document, passphrase=passphrase, actor=actor, at=at)
    try:
        with transaction.atomic():
            issued = documents.complete(
                document=document, prepared=prepared, actor=actor, at=at
            )
            decision = Decision(step=step, document=issued.document.code)
            carry_out(case, decision, actor=actor, at=at)
            tell_issued(case, output, issued, actor=actor, at=at)
    except Conflict:
        give_up(document, actor=actor, at=at)
        raise
    return issued.document


def sign_many(
    *, cases: Iterable[Case], passphrase: str, actor: Actor, at: datetime
) -> Iterator[Signed]:
    """Sign cases one after the other; one that is refused does not stop the rest."""
    for case in cases:
        try:
            document = sign(case=case, passphrase=passphrase, actor=actor, at=at)
        except Refusal as refusal:
            yield Signed(case, None, str(refusal))
        else:
            yield Signed(case, document)


def reserve(
    case: Case,
    output: Output,
    *,
    supersedes: Document | None = None,
    actor: Actor,
    at: datetime,
) -> Document:
    """Take a number for what a case leads to; the same one again if it was not used."""
    late = "late" in case.effects and output.late_prefix
    return documents.reserve(
        output=output.name,
        template=output.template,
        title=output.title,
        numbering=Numbering(
            pattern=output.number,
            city=case.unit.region[CITY].replace(".", ""),
            prefix=output.late_prefix if late else output.prefix,
        ),
        subject_ref=case.subject,
        holder=holder_of(case, output, case.answers),
        unit=case.unit_path,
        facts=facts_for(case, output),
        supersedes=supersedes,
        actor=actor,
        at=at,
    )


def give_up(document: Document, *, actor: Actor, at: datetime) -> None:
    """Leave a number unused for good, unless somebody else just issued under it."""
    with suppress(Conflict):
        documents.void(
            document=document,
            reason=_("The application changed meanwhile."),
            actor=actor,
            at=at,
        )


def tell_issued(
    case: Case, output: Output, issued: Issued, *, actor: Actor, at: datetime
) -> None:
    """Send the link and the PIN apart: by two channels if there are two."""
    language = case.contact.get("language", "id")
    before = issued.document.supersedes
    facts = facts_of(case) | {
        "title": output.title.in_language(language),
        "replaces": before.number if before else "",
    }
    url = page_address(f"/d/{issued.link}/")
    key = issued.document.subject
    messaging.send(
        notice="case_issued",
        to=recipient(case),
        subject=case.subject,
        key=f"{key}:case_issued",
        facts=facts | {"url": url},
        channel="email",
        secret=True,
        actor=actor,
        at=at,
    )
    send_pin(case, issued.document, issued.pin, key="", actor=actor, at=at)


def send_pin(
    case: Case, document: Document, pin: str, *, key: str, actor: Actor, at: datetime
) -> None:
    """Send a PIN by text message if there is a number, for the link goes by e-mail."""
    language = case.contact.get("language", "id")
    title = Text(**document.title).in_language(language)
    messaging.send(
        notice="document_pin",
        to=recipient(case),
        subject=case.subject,
        key=f"{document.subject}:document_pin{key}",
        facts=facts_of(case) | {"title": title, "pin": pin},
        channel="sms",
        secret=True,
        actor=actor,
        at=at,
    )


def renew_pin(*, case: Case, document: str, actor: Actor, at: datetime) -> None:
    """Send a resident a new PIN for a document of theirs; the one before opens nothing more.

    :raises NotFound: if the case is not the actor's, or has no such document.
    :raises Conflict: if the document is not valid any more.
    """
    require_own_case(case, actor)
    found = documents_of.of_case(case.subject).filter(code=document).first()
    if found is None:
        raise NotFound(_("There is no such document."))
    with transaction.atomic():
        pin = documents.renew_pin(document=found, actor=actor, at=at)
        send_pin(case, found, pin, key=f":{at.isoformat()}", actor=actor, at=at)
