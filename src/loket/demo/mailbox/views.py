"""The page on which the demo's messages are read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loket.ui import reply

from . import store

LIMIT = 40


@require_safe
@reply.private
def index(request: HttpRequest) -> HttpResponse:
    """Show the last messages; a page that is already up to date is left alone."""
    to = request.GET.get("to", "")
    domain = settings.SMS_GATEWAY_DOMAIN
    letters = store.newest(
        settings.MAILBOX_ROOT,
        to=to,
        sms_domain=domain,
        own_url=settings.PUBLIC_URL,
        limit=LIMIT,
    )
    seen = letters[0].ref if letters else "nothing"
    if reply.wants_part(request) and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    context = {
        "letters": letters,
        "to": to,
        "seen": seen,
        "zone": settings.OFFICE_TIME_ZONE,
        "recipients": store.recipients(settings.MAILBOX_ROOT, sms_domain=domain),
    }
    return reply.page(request, "demo/mailbox.html", context, part="letters")
