"""Pictures of uploaded files, for their owner only. The stored bytes are never served."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from loket.cases import queries as cases
from loket.files import queries as files
from loket.files.models import StoredFile
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply

WIDTHS = {"": 128, "1200": 1200}


@resident_only
@require_safe
def draft_image(request: PortalRequest, code: str, ref: str) -> HttpResponse:
    """Show the first page of a file of one's own draft."""
    draft = cases.draft(code=code, actor=request.actor)
    return _picture(request, cases.draft_file(draft=draft, ref=ref).file)


@resident_only
@require_safe
def case_image(request: PortalRequest, code: str, ref: str) -> HttpResponse:
    """Show a page of a file of one's own case."""
    case = cases.own(code=code, actor=request.actor)
    return _picture(request, cases.attachment(case=case, ref=ref).file)


def _picture(request: PortalRequest, file: StoredFile) -> HttpResponse:
    width = WIDTHS.get(request.GET.get("width", ""))
    if width is None:
        raise Http404
    data = files.page_image(file, page=1, width=width)
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return reply.download(data, name="page", media_type=kind, inline=True)
