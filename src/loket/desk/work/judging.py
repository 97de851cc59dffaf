"""What waits for the superior: one by one or many at once, or back with a remark."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from loket.desk import choosing
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid, NotFound
from loket.organisation import queries as organisation
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import RECORD, VALIDATE
from loket.workforce.models import WorkEntry, WorkReport
from loket.workforce.rules.work import OWN_KINDS

from . import days

SEPARATOR = ":"
"""In the value of a box: username, day and revision. No username holds it."""


@require_safe
@staff_only
@reply.private
def waiting(request: DeskRequest) -> HttpResponse:
    """List the reports that wait for the actor in one unit."""
    unit, units = choosing.first(request, VALIDATE, RECORD)
    today = organisation.today(None, at=clock.now())
    reports = queries.waiting_reports(unit=unit, actor=request.actor, today=today)
    entries = queries.entries_of(reports)
    context = {
        "unit": unit,
        "units": units,
        "rows": [
            listed(report, entries[report.account_id, report.on])
            | {"is_overdue": queries.is_report_overdue(report, today=today)}
            for report in reports
        ],
        "is_cut": len(reports) >= queries.MOST_WAITING,
    }
    return reply.page(request, "desk/work/team.html", context)


def listed(report: WorkReport, entries: list[WorkEntry]) -> dict[str, Any]:
    """Return a report as lists and its page show it."""
    lines = queries.counted_in(report)
    return {
        "report": report,
        "key": SEPARATOR.join(
            (report.account.username, report.on.isoformat(), str(report.revision))
        ),
        "lines": lines,
        "entries": [(OWN_KINDS.get(entry.kind, entry.kind), entry) for entry in entries],
        "minutes": sum(line.minutes for line in lines) + sum(e.minutes for e in entries),
        "pieces": sum(line.count for line in lines) + sum(e.count for e in entries),
        "proofs": sum(entry.proof_id is not None for entry in entries),
        **days.state_of(report),
    }


@require_POST
@staff_only
def validate(request: DeskRequest) -> HttpResponse:
    """Validate the reports that were ticked, each as it was seen."""
    keys = request.POST.getlist("report")[: queries.MOST_WAITING]
    seen = [seen_by(key, request.actor) for key in keys]
    if not seen:
        messages.error(request, _("Tick at least one report first."))
        return back_to(request)
    done = workforce.validate_reports(reports=seen, actor=request.actor, at=clock.now())
    if done:
        words = ngettext("%(n)s report is validated.", "%(n)s reports are validated.", done)
        messages.success(request, words % {"n": done})
    if left := len(seen) - done:
        words = ngettext(
            "%(n)s report changed meanwhile and was left: look at it again.",
            "%(n)s reports changed meanwhile and were left: look at them again.",
            left,
        )
        messages.warning(request, words % {"n": left})
    return back_to(request)


def seen_by(key: str, actor: Actor) -> tuple[WorkReport, int]:
    """Return a report and the revision in which it was seen, from the value of a box.

    :raises NotFound: if there is none, or the actor may not judge it.
    """
    username, _sign, rest = key.partition(SEPARATOR)
    on, _sign, revision = rest.partition(SEPARATOR)
    if not (revision.isascii() and revision.isdecimal()):
        raise NotFound(_("There is no such report."))
    return days.report_of(username, on, actor), int(revision)


def back_to(request: DeskRequest) -> HttpResponse:
    """Go back to the list of the same unit."""
    code = request.POST.get("unit", "")
    return reply.seen_other(reverse("desk:work-team") + (f"?unit={code}" if code else ""))


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, username: str, on: str) -> HttpResponse:
    """Show one report in full."""
    return page(request, days.report_of(username, on, request.actor))


def page(
    request: DeskRequest,
    report: WorkReport,
    *,
    remark: str = "",
    refusal: Invalid | None = None,
) -> HttpResponse:
    """Show a report, with the remark that was typed if it was refused."""
    entries = queries.entries_of([report])[report.account_id, report.on]
    context = {
        **listed(report, entries),
        "is_waiting": report.state == WorkReport.State.SUBMITTED,
        "remark": remark,
        "errors": refusal.fields if refusal else {},
    }
    status = 422 if refusal else 200
    return reply.page(request, "desk/work/report.html", context, status=status)


@require_POST
@staff_only
def give_back(request: DeskRequest, username: str, on: str) -> HttpResponse:
    """Return a report with a remark."""
    _report, revision = seen_by(request.POST.get("report", ""), request.actor)
    report = days.report_of(username, on, request.actor)
    remark = request.POST.get("remark", "")
    try:
        workforce.return_report(
            report=report, remark=remark, revision=revision, actor=request.actor,
            at=clock.now(),
        )  # fmt: skip
    except Invalid as refusal:
        return page(request, report, remark=remark, refusal=refusal)
    messages.success(request, _("The report is returned with your remark."))
    return reply.seen_other(reverse("desk:work-team") + f"?unit={report.unit.code}")
