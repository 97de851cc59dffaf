"""Finding cases and reading one."""

from __future__ import annotations

from itertools import chain, islice

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from loket.catalogue import queries as catalogue
from loket.desk import looking, spreadsheets
from loket.desk.requests import DeskRequest, staff_only
from loket.files import queries as files
from loket.kernel import clock
from loket.kernel.errors import Invalid, NotAllowed
from loket.ui import reply

from . import page, tables

PAGE_WIDTHS = (1000, 1800)


@require_safe
@staff_only
@reply.private
def worklist(request: DeskRequest) -> HttpResponse:
    """List the cases of the actor's units: one tab for each kind of work."""
    wanted = tables.Wanted.read(request.GET)
    at, units = clock.now(), queries.units_of(request.actor)
    found = tables.rows(wanted, actor=request.actor, units=units, at=at)
    query = urlencode(wanted.query(after=found.after)) if found.after else ""
    return reply.page(
        request,
        "desk/cases/worklist.html",
        {
            "wanted": wanted,
            "tabs": tables.tabs(wanted, actor=request.actor, units=units, at=at),
            "cases": found.rows,
            "more": f"{reverse('desk:cases')}?{query}" if query else "",
            "has_units": len(units) > 1,
            "services": [(v.code, str(v.service.title)) for v in catalogue.published()],
            "export": f"{reverse('desk:cases-export')}?{urlencode(wanted.query())}",
        },
        part="cases",
    )


@require_safe
@staff_only
@reply.private
def export(request: DeskRequest) -> HttpResponseBase:
    """Stream the same list as CSV; no cell can be taken for a formula."""
    wanted, at = tables.Wanted.read(request.GET), clock.now()
    rows = tables.every_row(wanted, actor=request.actor, at=at)
    # Whatever is refused is refused here; an answer that has begun cannot change its status.
    first = list(islice(rows, 1))

    cells = ([row[name] for name in tables.COLUMNS] for row in chain(first, rows))
    return spreadsheets.answer("permohonan", tables.COLUMNS.values(), cells)


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show one case, once it is known why the actor looks."""
    case = queries.get(code=code, actor=request.actor)
    if not looking.is_accounted_for(request, case, at=clock.now()):
        return page.ask_why(request, case)
    return page.show(request, case)


@require_POST
@staff_only
def look(request: DeskRequest, code: str) -> HttpResponse:
    """Take the reason for a look, write it down, and open the case."""
    case = queries.get(code=code, actor=request.actor)
    words = request.POST.get("words", "")
    try:
        looking.account_for(
            request, case, reason=request.POST.get("reason", ""), words=words, at=clock.now()
        )
    except Invalid as refusal:
        return page.ask_why(request, case, refusal=refusal)
    return reply.seen_other(reverse("desk:case", args=[code]))


@require_safe
@staff_only
def page_image(request: DeskRequest, code: str, ref: str, page: int) -> HttpResponse:
    """Answer with one page of an attachment as a picture: nothing in it can run.

    :raises NotAllowed: if the actor has not said why they look at this case.
    """
    at = clock.now()
    case: Case = queries.get(code=code, actor=request.actor)
    if not looking.is_accounted_for(request, case, at=at):
        raise NotAllowed(_("Open the application first and say why you look at it."))
    attachment = queries.attachment(case=case, ref=ref)
    width = PAGE_WIDTHS["large" in request.GET]
    if page == 1 and "large" not in request.GET:
        cases.look_at_file(case=case, attachment=attachment, actor=request.actor, at=at)
    picture = files.page_image(attachment.file, page=page, width=width)
    return reply.download(picture, name="page", media_type="image/jpeg", inline=True)
