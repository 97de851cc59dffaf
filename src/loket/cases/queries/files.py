"""Files of drafts and cases."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from loket.cases.models import Attachment, Case, Draft
from loket.kernel.errors import NotFound


def attachments(case: Case) -> QuerySet[Attachment]:
    """Return the files of a case by question; those that were replaced come last."""
    shown = Attachment.objects.filter(case=case).select_related("file")
    return shown.order_by(F("replaced_at").asc(nulls_first=True), "id")


def attachment(*, case: Case, ref: str) -> Attachment:
    """Return one file of a case, replaced or not.

    :raises NotFound: if the case has no such file.
    """
    return required(attachments(case).filter(file__ref=ref).first())


def draft_files(draft: Draft) -> QuerySet[Attachment]:
    """Return the files of a draft in the order in which they came."""
    return Attachment.objects.filter(draft=draft).select_related("file").order_by("id")


def draft_file(*, draft: Draft, ref: str) -> Attachment:
    """Return one file of a draft.

    :raises NotFound: if the draft has no such file.
    """
    return required(draft_files(draft).filter(file__ref=ref).first())


def required(found: Attachment | None) -> Attachment:
    """Return what was found.

    :raises NotFound: if nothing was.
    """
    if found is None:
        raise NotFound(_("There is no such file."))
    return found
