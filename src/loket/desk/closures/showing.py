"""The page of one closure, and what is done on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.desk import typed
from loket.desk.circulars import telling
from loket.desk.circulars.revoking import whole_moment
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.access import CLOSE, VIEW
from loket.policies.models import Closure
from loket.policies.rules import format as form
from loket.ui import reply

from . import counting, names

MINUTE = timedelta(minutes=1)


def seen(request: DeskRequest, code: str) -> Closure:
    """Return a closure that the actor may see at the desk.

    :raises NotFound: if there is none, or it is elsewhere.
    """
    closure = queries.closure(code)
    scopes = [closure.unit_path, *closure.scopes]
    if not any(
        request.actor.may(each, scope=path) for each in (CLOSE, VIEW) for path in scopes
    ):
        raise NotFound(_("There is no closure “%(code)s”.") % {"code": code})
    return closure


def page(
    request: DeskRequest,
    closure: Closure,
    *,
    refused: Invalid | Conflict | None = None,
    act: str = "",
) -> HttpResponse:
    """Show a closure; an act that was refused stays open with what was typed."""
    at = clock.now()
    shut = names.shut([closure])[closure.code]
    missing = queries.missing_records(closure)
    may_act = closure.reopened_at is None and request.actor.may(CLOSE, scope=closure.unit_path)
    is_due = closure.earliest_at <= at
    records = list(closure.records.all())
    context = {
        "closure": closure,
        "label": shut.label,
        "units": shut.units,
        "reason": names.reason_label(closure.reason),
        "days": counting.days(closure, shut.units[0] if shut.units else None),
        "checklist": [
            {
                "kind": kind,
                "label": queries.RECORDS[kind],
                "records": [record for record in records if record.kind == kind],
            }
            for kind in dict.fromkeys([*closure.required, *(record.kind for record in records)])
        ],
        "kinds": list(queries.RECORDS.items()),
        "stays_open": stays_open(closure),
        "may_act": may_act,
        "may_reopen": may_act and not missing,
        "is_open_again": closure.reopened_at is not None and closure.reopened_at <= at,
        "is_due": is_due,
        "still_away": still_away(closure, shut.units),
        "missing": [queries.RECORDS[kind] for kind in missing],
        "errors": getattr(refused, "fields", {}),
        "refusal": str(refused or ""),
        "act": act,
        "typed": record_state(request, missing, at),
    }
    status = 422 if isinstance(refused, Invalid) else 409 if refused else 200
    return reply.page(request, "desk/closures/show.html", context, status=status)


def still_away(closure: Closure, units: tuple[Unit, ...]) -> datetime | None:
    """Return when the counters serve again, if circulars keep them shut beyond the closure."""
    over = closure.reopened_at or closure.earliest_at
    if not units:
        return None
    unit, book = units[0].code, queries.book()
    if book.in_force(unit, at=over).counters.state.value in {"open", "limited"}:
        return None
    serves = book.reopening(unit, after=over)
    return serves if serves and serves > over else None


def stays_open(closure: Closure) -> list[str]:
    """Return what stays open inside, by what it is called."""
    scopes = [form.Scope.model_validate(scope) for scope in closure.stays_open]
    called = telling.names_of(scopes)
    return [
        " · ".join(text for _label, text in telling.where(scope, called)) for scope in scopes
    ]


def record_state(request: DeskRequest, missing: list[str], at: datetime) -> dict[str, Any]:
    """Return what was typed about a record; else the first that is missing, done now."""
    if request.method == "POST" and "kind" in request.POST:
        post = request.POST
        return {
            "kind": typed.one(post, "kind"),
            "done_at": typed.day(post, "done_at"),
            "done_at_time": typed.one(post, "done_at_time"),
            "words": typed.one(post, "words"),
        }
    day, time = typed.moment_state(at)
    return {"kind": missing[0] if missing else "", "done_at": day, "done_at_time": time}


@require_POST
@staff_only
def record(request: DeskRequest, code: str) -> HttpResponse:
    """Write down that something was done before reopening."""
    closure, at = seen(request, code), clock.now()
    state = record_state(request, [], at)
    try:
        policies.record(
            closure=closure,
            kind=state["kind"],
            done_at=done_at(state, since=closure.starts_at, at=at),
            words=state.get("words", ""),
            actor=request.actor,
            at=at,
        )
    except (Invalid, Conflict) as refusal:
        return page(request, closure, refused=refusal, act="record")
    messages.success(request, _("It is recorded."))
    return reply.seen_other(reverse("desk:closure", args=[code]))


def done_at(state: dict[str, Any], *, since: datetime, at: datetime) -> datetime:
    """Return when something was done. People type minutes: that of the beginning or of now
    means the moment itself.

    :raises Invalid: if no moment was typed.
    """
    try:
        found = whole_moment(typed.as_moment(state["done_at"], state["done_at_time"]))
    except Invalid as refusal:
        raise Invalid(str(refusal), fields={"done_at": [str(refusal)]}) from refusal
    within = (moment for moment in (at, since) if found <= moment < found + MINUTE)
    return next(within, found)


@require_POST
@staff_only
def reopen(request: DeskRequest, code: str) -> HttpResponse:
    """Open again what was shut, from now on, or else from the end of its minimum."""
    closure, at = seen(request, code), clock.now()
    try:
        closure = policies.reopen(closure=closure, actor=request.actor, at=at)
    except (Invalid, Conflict) as refusal:
        return page(request, closure, refused=refusal, act="reopen")
    done = (
        _("It is decided when it opens again. The board and the due dates follow.")
        if closure.reopened_at and closure.reopened_at > at
        else _("It is open again. The board and the due dates follow.")
    )
    messages.success(request, done)
    return reply.seen_other(reverse("desk:closure", args=[code]))
