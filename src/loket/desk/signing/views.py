"""What waits for a signature, what it will look like, and signing it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.access import SIGN
from loket.cases.models import Case
from loket.cases.rules import transitions
from loket.desk import looking
from loket.desk.requests import DeskRequest, staff_only
from loket.documents import services as documents
from loket.files import queries as files
from loket.journal import queries as journal
from loket.kernel import clock
from loket.kernel.errors import Invalid, NotAllowed
from loket.ui import reply

MOST_AT_ONCE = 500


@require_safe
@staff_only
@reply.private
def waiting(request: DeskRequest) -> HttpResponse:
    """List what waits for the actor's signature, the first due on top."""
    return listed(request)


def listed(request: DeskRequest, *, refusal: Invalid | None = None) -> HttpResponse:
    found = to_sign(request)
    seen = opened(request, found)
    rows = [
        {
            "case": case,
            "service": case.service_version.service.title,
            "is_opened": case.code in seen,
            "is_own": case.verified_by_id == request.user.pk,
            "verified_by": str(case.verified_by or ""),
        }
        for case in found
    ]
    context = {
        "rows": rows,
        "can_sign": any(row["is_opened"] and not row["is_own"] for row in rows),
        "refusal": refusal,
        "errors": refusal.fields if refusal else {},
        "chosen": set(request.POST.getlist("codes")),
    }
    status = 422 if refusal else 200
    return reply.page(request, "desk/signing/waiting.html", context, status=status)


def to_sign(request: DeskRequest) -> list[Case]:
    """Return the cases that the actor could decide and sign, the first due first."""
    listing = queries.worklist(
        actor=request.actor, tab="head", limit=MOST_AT_ONCE, at=clock.now()
    )
    return [case for case in listing.cases if request.actor.may(SIGN, scope=case.unit_path)]


def opened(request: DeskRequest, found: list[Case]) -> set[str]:
    """Return the codes of the cases that the actor has opened since they came to the desk."""
    since = {case.subject: case.state_since for case in found}
    entries = journal.about_any(since, names=["case.viewed"]).filter(actor=request.actor.ref)
    return {
        entry.subject.partition(":")[2]
        for entry in entries.only("subject", "at")
        if entry.at >= since[entry.subject]
    }


@require_safe
@staff_only
def preview(request: DeskRequest, code: str) -> HttpResponse:
    """Show what will be signed: without number and QR, and marked as not signed.

    :raises NotAllowed: if the actor has not said why they look at this case.
    """
    case = queries.get(code=code, actor=request.actor)
    if not looking.is_accounted_for(request, case, at=clock.now()):
        raise NotAllowed(_("Open the application first and say why you look at it."))
    service = case.service_version.service
    action = transitions.signing(service, state=case.state).action
    output = service.output(action.issues)
    pdf = documents.preview(
        template=output.template,
        facts=queries.facts_for(case, output),
        number=_("given at the signing"),
        actor=request.actor,
        at=clock.now(),
    )
    picture = files.drawn(pdf, width=1400)
    return reply.download(picture, name="preview", media_type="image/jpeg", inline=True)


@require_POST
@staff_only
def sign(request: DeskRequest) -> HttpResponseBase:
    """Sign what was chosen, one by one, and say after each how it went."""
    codes = request.POST.getlist("codes")[:MOST_AT_ONCE]
    passphrase = request.POST.get("passphrase", "")
    chosen = [queries.get(code=code, actor=request.actor) for code in codes]
    unread = {case.code for case in chosen} - opened(request, chosen)
    wrong: dict[str, list[str]] = {}
    if not chosen:
        wrong["codes"] = [_("Choose what you sign.")]
    elif unread:
        sentence = _("Open each application before you sign it: %(codes)s")
        wrong["codes"] = [sentence % {"codes": ", ".join(sorted(unread))}]
    if not passphrase:
        wrong["passphrase"] = [_("Type the passphrase of your signature.")]
    if wrong:
        return listed(request, refusal=Invalid(_("Nothing was signed."), fields=wrong))
    if len(chosen) == 1:
        return sign_one(request, chosen[0], passphrase)
    return StreamingHttpResponse(progress(request, chosen, passphrase))


def sign_one(request: DeskRequest, case: Case, passphrase: str) -> HttpResponse:
    """Sign one case and show the result; a wrong passphrase can be typed again."""
    try:
        document = cases.sign(
            case=case, passphrase=passphrase, actor=request.actor, at=clock.now()
        )
    except Invalid as refusal:
        fields = refusal.fields or {"passphrase": [str(refusal)]}
        return listed(request, refusal=Invalid(str(refusal), fields=fields))
    results = [{"case": case, "document": document}]
    context = {"results": results, "total": 1}
    return reply.page(request, "desk/signing/done.html", context)


def progress(request: DeskRequest, chosen: list[Case], passphrase: str) -> Iterator[str]:
    """Yield the page of results as they come; leaving it does not undo what is signed."""
    context: dict[str, Any] = {"total": len(chosen), "results": []}
    page = render_to_string("desk/signing/done.html", context, request=request)
    before, _mark, after = page.partition("<!--results-->")
    yield before
    for result in cases.sign_many(
        cases=chosen, passphrase=passphrase, actor=request.actor, at=clock.now()
    ):
        yield render_to_string("desk/signing/result.html", {"result": result})
    yield after
