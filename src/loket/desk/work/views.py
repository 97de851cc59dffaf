"""One's own day: what Loket counted, what one adds, and handing it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.organisation import queries as organisation
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import WorkEntry
from loket.workforce.rules.work import OWN_KINDS
from loket.workforce.rules.written import Written

from . import days

Typed = Mapping[str, Any]
BLANK: Typed = {"kind": "", "words": "", "count": 1, "minutes": ""}


@require_safe
@staff_only
@reply.private
def day(request: DeskRequest) -> HttpResponse:
    """Show the actor's work of a day."""
    return page(request, days.chosen(request.GET.get("on", ""), at=clock.now()))


def page(
    request: DeskRequest,
    on: date,
    *,
    typed: Typed = BLANK,
    refusal: Invalid | Conflict | None = None,
) -> HttpResponse:
    """Show a day, with what was typed if that was refused."""
    at = clock.now()
    found = queries.work_day(account=request.user, on=on, at=at)
    context = {
        "day": found,
        "lines": found.counted,
        "entries": [(OWN_KINDS.get(entry.kind, entry.kind), entry) for entry in found.entries],
        "days": days.before(request.user, at=at),
        "is_today": on == organisation.today(found.unit, at=at),
        "kinds": list(OWN_KINDS.items()),
        "typed": typed,
        "errors": getattr(refusal, "fields", {}),
        "refusal": refusal,
        **days.state_of(found.report),
    }
    return reply.page(request, "desk/work/day.html", context, status=422 if refusal else 200)


def typed_in(request: DeskRequest) -> tuple[Written, tuple[bytes, str] | None]:
    """Return an entry as it was typed, and the proof that came with it."""
    post, sent = request.POST, request.FILES.get("proof")
    written = Written(
        kind=post.get("kind", ""),
        words=post.get("words", ""),
        count=post.get("count", ""),
        minutes=post.get("minutes", ""),
    )
    return written, (sent.read(), sent.name or "") if sent else None


def is_begun(request: DeskRequest) -> bool:
    """Say whether anything was typed of an entry; how many there are is filled in before."""
    typed = (request.POST.get(name, "").strip() for name in ("kind", "words", "minutes"))
    return any(typed) or "proof" in request.FILES


def named(refusal: Invalid) -> Invalid:
    """Return a refusal that leads to a field: without one, it is about the proof."""
    if refusal.fields:
        return refusal
    return Invalid(str(refusal), fields={"proof": [str(refusal)]})


def back_to(on: date) -> HttpResponse:
    return reply.seen_other(f"{reverse('desk:work')}?on={on.isoformat()}")


@require_POST
@staff_only
def add(request: DeskRequest) -> HttpResponse:
    """Add an entry to a day."""
    at = clock.now()
    on = days.chosen(request.POST.get("on", ""), at=at)
    written, proof = typed_in(request)
    try:
        workforce.write_entry(on=on, written=written, proof=proof, actor=request.actor, at=at)
    except Invalid as refusal:
        return page(request, on, typed=request.POST, refusal=named(refusal))
    messages.success(request, _("It is written down."))
    return back_to(on)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def change(request: DeskRequest, number: int) -> HttpResponse:
    """Change an entry of one's own."""
    entry = queries.own_entry(number=number, actor=request.actor)
    if request.method != "POST":
        typed = {name: getattr(entry, name) for name in BLANK}
        return entry_page(request, entry, typed)
    written, proof = typed_in(request)
    try:
        workforce.change_entry(
            entry=entry, written=written, proof=proof, actor=request.actor, at=clock.now()
        )
    except Invalid as refusal:
        return entry_page(request, entry, request.POST, refusal=named(refusal))
    messages.success(request, _("The entry is changed."))
    return back_to(entry.on)


def entry_page(
    request: DeskRequest, entry: WorkEntry, typed: Typed, *, refusal: Invalid | None = None
) -> HttpResponse:
    """Show the form of one entry."""
    context = {
        "entry": entry,
        "kinds": list(OWN_KINDS.items()),
        "typed": typed,
        "errors": refusal.fields if refusal else {},
    }
    status = 422 if refusal else 200
    return reply.page(request, "desk/work/entry.html", context, status=status)


@require_POST
@staff_only
def remove(request: DeskRequest, number: int) -> HttpResponse:
    """Remove an entry of one's own."""
    entry = queries.own_entry(number=number, actor=request.actor)
    workforce.remove_entry(entry=entry, actor=request.actor, at=clock.now())
    messages.success(request, _("The entry is removed."))
    return back_to(entry.on)


@require_POST
@staff_only
def hand_in(request: DeskRequest) -> HttpResponse:
    """Hand a day in, with the entry that was typed and not added yet."""
    at = clock.now()
    on = days.chosen(request.POST.get("on", ""), at=at)
    if is_begun(request):
        written, proof = typed_in(request)
        try:
            workforce.write_entry(
                on=on, written=written, proof=proof, actor=request.actor, at=at
            )
        except Invalid as refusal:
            return page(request, on, typed=request.POST, refusal=named(refusal))
    try:
        report = workforce.submit_report(on=on, actor=request.actor, at=at)
    except (Invalid, Conflict) as refusal:
        return page(request, on, refusal=refusal)
    messages.success(
        request,
        _("Your report was handed in late. Your superior sees it now.")
        if report.is_late
        else _("Your report is handed in. Your superior sees it now."),
    )
    return back_to(on)
