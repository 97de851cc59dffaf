"""Handing out a document to whoever has its link and PIN; saying whether one is genuine."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.documents import queries, services
from loket.documents.queries import Verdict
from loket.kernel import clock, codes
from loket.kernel.errors import Invalid
from loket.people import services as people
from loket.ui import reply

from .applying import uploads
from .requests import PortalRequest, network_of

MINUTES_10, MINUTES_15 = 600, 900
PINS_PER_LINK = 5
PINS_PER_NETWORK = 60
CHECKS_PER_NETWORK = 60


def slow_down(
    request: PortalRequest, key: str, limit: int, *, per_seconds: int = MINUTES_10
) -> None:
    """Count one try.

    :raises TooMany: if there were too many in this time.
    """
    people.throttle(
        key=key, limit=limit, per_seconds=per_seconds, actor=request.actor, at=clock.now()
    )


@reply.private
@require_http_methods(["GET", "POST"])
def download(request: PortalRequest, link: str) -> HttpResponse:
    """Ask for the PIN, and give the signed PDF. Opening the page uses nothing up."""
    if request.method == "GET":
        return reply.page(request, "portal/download.html", {})
    if not request.POST.get("pin", "").strip():
        context = {"errors": {"pin": [_("Type the six digits of the PIN.")]}}
        return reply.page(request, "portal/download.html", context, status=422)
    # One link has six digits to guess: its own limit is the one that counts.
    slow_down(request, f"pin:{link[:40]}", PINS_PER_LINK, per_seconds=MINUTES_15)
    slow_down(request, f"pin-from:{network_of(request)}", PINS_PER_NETWORK)
    try:
        data = services.open_download(
            link=link, pin=request.POST.get("pin", ""), actor=request.actor, at=clock.now()
        )
    except Invalid as refusal:
        context = {"errors": refusal.fields or {"pin": [str(refusal)]}}
        return reply.page(request, "portal/download.html", context, status=422)
    code = queries.by_link(link).code
    return reply.download(data, name=f"loket-{code}.pdf", media_type="application/pdf")


@reply.private
@require_http_methods(["GET", "POST"])
def verify(request: PortalRequest) -> HttpResponse:
    """Take a code or a PDF, and say what it is."""
    if request.method == "GET":
        return reply.page(request, "portal/verify.html", {})
    slow_down(request, f"verify:{network_of(request)}", CHECKS_PER_NETWORK)
    code, sent = request.POST.get("code", "").strip(), request.FILES.get("file")
    try:
        if sent is not None:
            verdict = queries.verify_pdf(uploads.read(sent), at=clock.now())
            return show(request, verdict, is_file=True)
        return show(request, by_code(code), is_file=False)
    except Invalid as refusal:
        context = {"code": code, "errors": refusal.fields or {"file": [str(refusal)]}}
        return reply.page(request, "portal/verify.html", context, status=422)


@reply.private
@require_safe
def verify_code(request: PortalRequest, code: str) -> HttpResponse:
    """Say what became of the document whose QR was scanned."""
    slow_down(request, f"verify:{network_of(request)}", CHECKS_PER_NETWORK)
    return show(request, queries.verify_code(code), is_file=False)


def by_code(typed: str) -> Verdict:
    """Return the verdict on a code that somebody typed.

    :raises Invalid: if nothing was typed, or it cannot be a code.
    """
    if not typed:
        sentence = _("Type the code below the QR, or choose the PDF file.")
        raise Invalid(sentence, fields={"code": [sentence]})
    if not codes.is_valid(codes.normalise(typed)):
        sentence = _("This is not a complete code. Compare it with the document, sign by sign.")
        raise Invalid(sentence, fields={"code": [sentence]})
    return queries.verify_code(typed)


def show(request: PortalRequest, verdict: Verdict, *, is_file: bool) -> HttpResponse:
    """Show a verdict: what it means, and what to do."""
    context = {"verdict": verdict, "is_file": is_file}
    return reply.page(request, "portal/verdict.html", context)
