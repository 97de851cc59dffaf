"""The code at the door, large enough to be read from outside."""

from __future__ import annotations

import segno
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import NotAllowed
from loket.organisation import queries as organisation
from loket.ui import reply
from loket.workforce import queries

MINUTE = 60


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, place: str) -> HttpResponse:
    """Show the code of this minute; the page asks for the next by itself."""
    at = clock.now()
    building = organisation.place(place)
    if building not in queries.doors_of(actor=request.actor):
        raise NotAllowed(_("You may not show the code of this door."))
    code = queries.door_code(place=building, at=at)
    address = request.build_absolute_uri(f"{reverse('desk:attendance')}?code={code}")
    context = {
        "place": building,
        "code": code,
        "qr": drawn(address),
        "wait": MINUTE - int(at.timestamp()) % MINUTE + 1,
    }
    return reply.page(request, "desk/attendance/door.html", context, part="code")


def drawn(address: str) -> SafeString:
    """Return a QR code as a drawing."""
    svg: str = segno.make(address, error="m").svg_inline(border=2, light="#fff", omitsize=True)
    return mark_safe(svg)  # noqa: S308 -- drawn by segno from an address of ours
