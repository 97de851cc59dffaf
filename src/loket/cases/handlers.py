"""What cases do about the news of packages below."""

from __future__ import annotations

from loket.cases.models import Case
from loket.cases.services.notices import tell
from loket.documents.events import DocumentRevoked
from loket.documents.models import Document
from loket.kernel.events import on


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
