"""Erasing: what a service no longer needs of a closed case, after its retention period.

The case stays as a number in the figures; who asked, what was answered and what was sent in
are gone. Issued documents are registers of their own and are not touched (UU 27/2022
art. 42-45; registers are excluded from erasure).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from loket.cases.events import CaseErased
from loket.cases.models import Attachment, Case, Note
from loket.catalogue import queries as catalogue
from loket.files import services as files
from loket.kernel.access import Actor
from loket.kernel.events import announce

BATCH = 200


def erase_expired(*, actor: Actor, at: datetime) -> int:
    """Erase closed cases whose time is over. Return how many, at most a batch of each version."""
    erased = 0
    for version in catalogue.versions():
        kept = timedelta(days=version.service.retention.days)
        over = Case.objects.filter(
            service_version=version, closed_at__lt=at - kept, erased_at=None
        )
        erased += sum(erase(case, actor=actor, at=at) for case in over.order_by("id")[:BATCH])
    return erased


def erase(case: Case, *, actor: Actor, at: datetime) -> bool:
    """Erase one case; False if somebody else just did."""
    with transaction.atomic():
        whole = Case.objects.filter(pk=case.pk, erased_at=None)
        if not whole.update(
            erased_at=at,
            title="",
            applicant="",
            contact={},
            answers={},
            added={},
            returned={},
            duplicate_key="",
        ):
            return False
        Note.objects.filter(case=case).delete()
        sent_in = Attachment.objects.filter(case=case).select_related("file")
        stored = {attachment.file for attachment in sent_in}
        sent_in.delete()
        for file in stored:
            files.remove(file=file, because="retention is over", actor=actor, at=at)
        announce(
            CaseErased(
                actor=actor,
                at=at,
                subject=case.subject,
                service=case.service_code,
                unit=case.unit_path,
                files=len(stored),
            )
        )
    return True
