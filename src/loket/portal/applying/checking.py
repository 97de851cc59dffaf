"""All answers on one page, to check before sending."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.cases import queries as cases
from loket.cases import services as doing
from loket.cases.models import Draft
from loket.cases.queries.clocks import today
from loket.cases.queries.judging import judge
from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules.display import shown
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply

Messages = Mapping[str, list[str]]


@resident_only
@require_http_methods(["GET", "POST"])
def check(request: PortalRequest, code: str) -> HttpResponse:
    """Show all answers, or send them. Sending twice leads to the same case."""
    try:
        draft = cases.draft(code=code, actor=request.actor)
    except NotFound:
        case = cases.own(code=code, actor=request.actor)
        return reply.seen_other(reverse("portal:case-sent", args=[case.code]))
    if draft.service_version.state != ServiceVersion.State.PUBLISHED:
        return reply.seen_other(reverse("portal:draft", args=[draft.code]))
    return _send(request, draft) if request.method == "POST" else _show(request, draft)


def _send(request: PortalRequest, draft: Draft) -> HttpResponse:
    if "declared" not in request.POST:
        sentence = _("Tick the declaration before you send.")
        return _show(request, draft, errors={"declared": [sentence]}, status=422)
    try:
        case = doing.submit(draft=draft, actor=request.actor, at=clock.now())
    except Invalid as refusal:
        return _show(request, draft, errors=refusal.fields, status=422)
    except Conflict as refusal:
        fresh = cases.draft(code=draft.code, actor=request.actor)
        return _show(request, fresh, conflict=str(refusal), status=409)
    return reply.seen_other(reverse("portal:case-sent", args=[case.code]))


def _show(
    request: PortalRequest,
    draft: Draft,
    *,
    errors: Messages | None = None,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    service, now = draft.service_version.service, clock.now()
    on = today(now)
    attached = list(cases.draft_files(draft))
    references = {attachment.file.ref for attachment in attached}
    judged = judge(service, draft.answers, files=references, on=on)
    context = {
        "draft": draft,
        "service": service,
        "sections": shown(
            service,
            draft.answers,
            on=on,
            language=get_language() or "id",
            region_name=cases.region_name_in(draft.answers),
        ),
        "errors": {**(errors or {}), **judged.errors},
        "files": {
            question: [a.file.name for a in of_it]
            for question, of_it in groupby(
                sorted(attached, key=attrgetter("question")), key=attrgetter("question")
            )
        },
        "wrong": by_question(judged.errors),
        "doubtful": by_question(judged.warnings),
        "declared_errors": (errors or {}).get("declared"),
        "is_complete": not judged.errors,
        "conflict": conflict,
        "stop": cases.stopped(service, draft.answers, at=now),
    }
    return reply.page(request, "portal/apply/check.html", context, status=status)


def by_question(said: Messages) -> dict[str, list[str]]:
    """Return what is said about fields by the question that they belong to."""
    found: dict[str, list[str]] = {}
    for path, sentences in said.items():
        found.setdefault(path.partition(".")[0], []).extend(sentences)
    return found
