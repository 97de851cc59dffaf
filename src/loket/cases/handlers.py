"""What cases do about the news of packages below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from loket.cases.models import Case
from loket.cases.queries.impact import every, moved
from loket.cases.queries.standing import standing_still
from loket.cases.services.notices import tell
from loket.cases.services.rescheduling import reschedule
from loket.cases.services.routing import release_absent
from loket.documents.events import DocumentRevoked
from loket.documents.models import Document
from loket.kernel.events import on
from loket.people.rules.refs import number_of
from loket.policies.events import PolicyChanged
from loket.policies.rules.lists import MovedCase
from loket.policies.services import impact
from loket.workforce.events import AbsenceGranted


@on(DocumentRevoked)
def tell_of_revocation(event: DocumentRevoked) -> None:
    """Tell the applicant that a document is no longer valid, and why."""
    code = event.of.removeprefix("case:")
    case = Case.objects.select_related("service_version", "unit").filter(code=code).first()
    if case is None:
        return
    language = case.contact.get("language", "id")
    title = Document.objects.values_list("title", flat=True).get(number=event.number)
    tell(
        case=case,
        notice="document_revoked",
        key=event.subject,
        facts={
            "title": title.get(language) or title.get("id", ""),
            "number": event.number,
            "reason": event.reason,
        },
        actor=event.actor,
        at=event.at,
    )


@on(PolicyChanged)
def move_due_dates(event: PolicyChanged) -> None:
    """Move the due dates that a circular, a closure or a reopening changes."""
    if event.touches_clocks:
        reschedule(
            edition=event.edition,
            scopes=event.scopes,
            subject=event.subject,
            actor=event.actor,
            at=event.at,
        )


@on(AbsenceGranted)
def release_cases(event: AbsenceGranted) -> None:
    """Give back the cases of somebody who is away from today on; later ones wait their day."""
    number = number_of(event.account)
    release_absent(account_id=number, actor=event.actor, at=event.at)


@impact.reports("cases")
def report_moves(edition: int, at: datetime) -> dict[str, Any]:
    """Report which due dates moved, and which cases stand still until further notice."""
    return moved(edition) | {"standing_still": standing_still(edition, at)}


@impact.lists("cases")
def list_moves(edition: int) -> Iterator[MovedCase]:
    """List every case whose due date moved."""
    return every(edition)
