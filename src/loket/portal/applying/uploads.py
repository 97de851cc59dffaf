"""Files that residents add: taken one by one, listed with small pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.cases import queries as cases
from loket.cases.models import Case, Draft
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.kernel.errors import Invalid
from loket.portal.requests import PortalRequest

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf"


@dataclass(frozen=True)
class Item:
    """One file as the list shows it."""

    ref: str
    name: str
    about: str
    url: str
    image: str


def take(
    request: PortalRequest, question: str, add: Callable[..., object]
) -> dict[str, list[str]]:
    """Add each file that was sent; return what was refused, each with the file's name."""
    refused: list[str] = []
    for sent in request.FILES.getlist("files"):
        try:
            add(data=read(sent), name=sent.name or "", actor=request.actor, at=clock.now())
        except Invalid as refusal:
            refused.append(f"{sent.name}: {refusal}")
    return {f"{question}.files": refused} if refused else {}


def read(sent: UploadedFile[bytes]) -> bytes:
    """Return the bytes of a file.

    :raises Invalid: if there are too many of them.
    """
    if (sent.size or 0) > settings.UPLOAD_MAX_BYTES:
        most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
        raise Invalid(
            _("This file is too big. At most %(most)d MB fit: send a photo instead of a scan.")
            % {"most": most}
        )
    return bytes(sent.read())


def listed(draft: Draft, question: str) -> list[Item]:
    """Return the files that answer a question of a draft."""
    attached = cases.draft_files(draft).filter(question=question)
    return [item(a.file, "portal:draft-image", draft.code) for a in attached]


def listed_of_case(case: Case, question: str) -> tuple[list[Item], list[Item]]:
    """Return the files that were returned, and those added since to replace them."""
    returned: list[Item] = []
    added: list[Item] = []
    for one in cases.attachments(case).filter(question=question, replaced_at=None):
        shown = item(one.file, "portal:case-image", case.code)
        (added if one.added_at > case.state_since else returned).append(shown)
    return returned, added


def item(file: StoredFile, route: str, code: str) -> Item:
    """Return one file as the list shows it."""
    url = reverse(route, args=[code, file.ref])
    return Item(file.ref, file.name, about(file), f"{url}?width=1200", url)


def about(file: StoredFile) -> str:
    """Return how big a file is, in pages and bytes."""
    size = filesizeformat(file.size)
    if file.media_type != "application/pdf":
        return str(size)
    pages = ngettext("%(number)d page", "%(number)d pages", file.pages)
    return f"PDF, {pages % {'number': file.pages}}, {size}"


def limits() -> dict[str, Any]:
    """Return what a page says about the files that are taken."""
    return {"accepted": ACCEPTED, "most": settings.UPLOAD_MAX_BYTES // (1024 * 1024)}
