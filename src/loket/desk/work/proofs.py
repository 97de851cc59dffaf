"""Proof of daily work, drawn as a picture: nothing in it can run."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.files import queries as files
from loket.files.models import StoredFile
from loket.kernel.errors import NotFound
from loket.ui import reply
from loket.workforce import queries

from . import days

WIDTH = 1400


@require_safe
@staff_only
def own(request: DeskRequest, number: int) -> HttpResponse:
    """Answer with the proof of one's own entry.

    :raises NotFound: if it has none.
    """
    return picture(queries.own_entry(number=number, actor=request.actor).proof)


@require_safe
@staff_only
def of_report(request: DeskRequest, username: str, on: str, ref: str) -> HttpResponse:
    """Answer with the proof of an entry in a report that the actor may judge.

    :raises NotFound: if the report has no such proof.
    """
    report = days.report_of(username, on, request.actor)
    entries = queries.entries_of([report])[report.account_id, report.on]
    proofs = (entry.proof for entry in entries if entry.proof)
    return picture(next((proof for proof in proofs if proof.ref == ref), None))


def picture(file: StoredFile | None) -> HttpResponse:
    """Answer with the first page of a file.

    :raises NotFound: if there is none.
    """
    if file is None:
        raise NotFound(_("There is no such file."))
    data = files.page_image(file, width=WIDTH)
    return reply.download(data, name="bukti.jpg", media_type="image/jpeg", inline=True)
