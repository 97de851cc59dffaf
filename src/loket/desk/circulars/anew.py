"""A draft that stricter rules refuse: which part must be written anew, with all that it says."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from loket.desk import typed
from loket.desk.requests import DeskRequest
from loket.kernel.errors import Conflict, Invalid
from loket.policies.models import Circular
from loket.policies.queries import Outdated
from loket.ui import reply

from . import names

Part = tuple[str, str]
"""What it is called, and what is wrong with it."""


def page(
    request: DeskRequest,
    circular: Circular,
    text: str,
    parts: Iterable[Part],
    *,
    refused: Invalid | Conflict | None = None,
) -> HttpResponse:
    """Show what must be written anew, and the whole text to write it in."""
    given = typed.count(request.POST, "revision")
    context = {
        "circular": circular,
        "parts": list(parts),
        "text": text,
        "revision": circular.revision if given is None else given,
        "refusal": refused,
    }
    status = 422 if isinstance(refused, Invalid) else 409 if refused else 200
    return reply.page(request, "desk/circulars/anew.html", context, status=status)


def parts_of(circular: Circular, refusal: Outdated) -> list[Part]:
    """Return the parts that the rules refuse, each as the drafter knows it."""
    rows = sorted(circular.provisions.all(), key=lambda row: row.place)
    found = []
    for finding in refusal.findings:
        label = _("The head")
        place = finding.path[1] if finding.path[:1] == ("provisions",) else None
        if isinstance(place, int):
            row = rows[place]
            kind = names.KINDS.get(row.kind, row.kind)
            label = _("Provision %(number)d, %(article)s (%(kind)s)") % {
                "number": place + 1,
                "article": row.article,
                "kind": kind,
            }
        found.append((label, finding.reason))
    return found
