"""Staff by a file: send it, read what it would do, confirm."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl.styles import Font

from loket.desk import choosing
from loket.desk.requests import DeskRequest, staff_only
from loket.files import queries as stored
from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.people.rules import sheets
from loket.people.rules.columns import COLUMNS
from loket.people.rules.imports import Entry, Line
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import IMPORT
from loket.workforce.rules.importing import Outcome, Plan

KEPT = timedelta(hours=1)
"""How long what was read waits to be confirmed."""
MOST_SHOWN = 200
ORDER: tuple[Outcome, ...] = ("refused", "new", "changed", "unchanged")
DAYS = ("born_on", "starts_on", "ends_on")
LISTS = ("skills", "rooms")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def begin(request: DeskRequest) -> HttpResponse:
    """Take a file and show row by row what it would do. Nothing is changed yet."""
    choosing.require_seat(request.actor, IMPORT)
    if request.method != "POST":
        return page(request)
    sent = request.FILES.get("file")
    at = clock.now()
    try:
        if sent is None or isinstance(sent, list):
            raise Invalid(_("Choose a file."))  # noqa: TRY301 -- shown as any other refusal
        lines = queries.read_staff_file(sent.read(sheets.MOST_BYTES + 1))
    except Invalid as refusal:
        return page(request, wrong=refusal.fields.get("file") or [str(refusal)])
    plan = queries.import_preview(lines, actor=request.actor, at=at)
    file = keep(request, lines) if plan.is_clean else None
    return preview(request, plan, file)


@require_POST
@staff_only
@reply.private
def confirm(request: DeskRequest, ref: str) -> HttpResponse:
    """Bring in what was shown, or show again what changed meanwhile."""
    choosing.require_seat(request.actor, IMPORT)
    at, file = clock.now(), kept(request, ref)
    lines = unpacked(stored.read(file))
    digest = request.POST.get("digest", "")
    try:
        plan = workforce.import_staff(lines=lines, digest=digest, actor=request.actor, at=at)
    except (Conflict, Invalid) as refusal:
        plan = queries.import_preview(lines, actor=request.actor, at=at)
        return preview(request, plan, file if plan.is_clean else None, said=str(refusal))
    files.remove(file=file, actor=request.actor, at=at)
    count = plan.count("new") + plan.count("changed")
    said = ngettext("%(count)s row was brought in.", "%(count)s rows were brought in.", count)
    messages.success(request, said % {"count": count})
    return reply.seen_other(reverse("desk:staff"))


def page(request: DeskRequest, *, wrong: list[str] | None = None) -> HttpResponse:
    """Show the form, with what is wrong with the file as a whole."""
    context = {
        "errors": {"file": wrong} if wrong else {},
        "columns": COLUMNS,
        "most": sheets.MOST_ROWS,
    }
    status = 422 if wrong else 200
    return reply.page(request, "desk/staffing/import.html", context, status=status)


def preview(
    request: DeskRequest, plan: Plan, file: StoredFile | None, *, said: str = ""
) -> HttpResponse:
    """Show what a file would do: what is wrong first, then what is new, then what changes."""
    rows = sorted(plan.results, key=lambda result: (ORDER.index(result.outcome), result.row))
    context: dict[str, Any] = {
        "plan": plan,
        "file": file,
        "counts": [(name, plan.count(name)) for name in ORDER],
        "rows": [row for row in rows if row.outcome != "unchanged" or row.notes][:MOST_SHOWN],
        "total": len(plan.results),
        "most": MOST_SHOWN,
        "refusal": said,
    }
    status = 409 if said else 200
    return reply.page(request, "desk/staffing/preview.html", context, status=status)


def keep(request: DeskRequest, lines: list[Line]) -> StoredFile:
    """Keep what was read, not what was sent, until it is confirmed."""
    rows = [[line.row, line.name, asdict(line.entry) if line.entry else None] for line in lines]
    at = clock.now()
    return files.put(
        data=json.dumps(rows, default=str).encode(),
        name="import.json",
        media_type="application/json",
        owner=f"import:{request.actor.ref}",
        actor=request.actor,
        at=at,
        expires_at=at + KEPT,
    )


def kept(request: DeskRequest, ref: str) -> StoredFile:
    """Return what the same person had read a while ago.

    :raises NotFound: if there is nothing, or it is somebody else's.
    """
    file = stored.get(ref)
    if file.owner != f"import:{request.actor.ref}":
        raise NotFound(_("There is no such file; perhaps it was removed."))
    return file


def unpacked(data: bytes) -> list[Line]:
    """Return the rows that were kept."""
    found = []
    for number, name, facts in json.loads(data):
        for field in DAYS:
            facts[field] = date.fromisoformat(facts[field]) if facts[field] else None
        for field in LISTS:
            facts[field] = tuple(facts[field])
        found.append(Line(number, name, Entry(**facts)))
    return found


@require_safe
@staff_only
@reply.private
def template(request: DeskRequest) -> HttpResponse:
    """Hand out an empty workbook whose cells are text, so that no number is rounded."""
    choosing.require_seat(request.actor, IMPORT)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Pegawai"
    for place, column in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, place, column.names[0])
        cell.font = Font(bold=True)
        letter = cell.column_letter
        sheet.column_dimensions[letter].width = max(14, len(column.names[0]) + 4)
        # Of a whole column, or only the cells that exist would be text.
        sheet.column_dimensions[letter].number_format = "@"
        for row in range(2, 202):
            sheet.cell(row, place).number_format = "@"
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return reply.download(out.getvalue(), name="pegawai.xlsx", media_type=kind)
