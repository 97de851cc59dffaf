"""One's own attendance: the button, the day, the month, and an appeal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.files import queries as files
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.organisation import queries as organisation
from loket.people.models import Account
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Clocking, Ruling

from . import inputs, saying

DAY = timedelta(days=1)


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest) -> HttpResponse:
    """Show the button for today, and what today came to so far."""
    return clock_page(request)


def clock_page(
    request: DeskRequest, *, refusal: Invalid | None = None, typed: dict[str, str] | None = None
) -> HttpResponse:
    """Show the page to clock in and out, perhaps with why it was refused."""
    at = clock.now()
    day = queries.clock_day(account=request.user, moment=at, at=at)
    zone = organisation.zone(day.unit)
    rows = queries.clockings_of(accounts=[request.user.pk], since=day.on, until=day.on + DAY)
    context = {
        "day": day,
        "zone": str(zone),
        "result": day.result,
        "kind": saying.tag_kind(day.result),
        "label": saying.short(day.result),
        "lines": saying.explained(day.result),
        "clockings": [saying.clocking_row(row, zone, sees_all=True) for row in rows],
        "places": queries.allowed_places(account=request.user, unit=day.unit, on=day.on),
        "keys": [inputs.fresh_key() for _each in range(3)],
        "contact": queries.server_word(account=request.user, at=at),
        "code": (typed or {}).get("code", "") or request.GET.get("code", "")[:6],
        "errors": refusal.fields if refusal else {},
        "refusal": str(refusal) if refusal else "",
        "count": saying.counted(_unexcused(request.user, at)),
    }
    return reply.page(
        request, "desk/attendance/show.html", context, status=422 if refusal else 200
    )


@require_safe
@staff_only
@reply.private
def month(request: DeskRequest) -> HttpResponse:
    """List one's own days of a month."""
    at = clock.now()
    today = organisation.today(None, at=at)
    first = inputs.first_of_month(request.GET.get("month", ""), today=today)
    until = min(inputs.next_month(first), today + DAY)
    found = queries.day_results(accounts=[request.user.pk], since=first, until=until, at=at)
    days = [
        {
            "result": result,
            "kind": saying.tag_kind(result),
            "label": saying.short(result),
            "worked": saying.worked(result),
        }
        for _key, result in sorted(found.items(), reverse=True)
        if result.result != "none"
    ]
    context = {
        "first": first,
        "before": inputs.month_before(first),
        "after": inputs.next_month(first) if inputs.next_month(first) <= today else None,
        "days": days,
        "count": saying.counted(_unexcused(request.user, at)),
    }
    return reply.page(request, "desk/attendance/month.html", context)


@require_safe
@staff_only
@reply.private
def day(request: DeskRequest, on: str) -> HttpResponse:
    """Show one of one's own days, line by line."""
    return day_page(request, inputs.day(on))


def day_page(request: DeskRequest, on: date, *, refusal: Invalid | None = None) -> HttpResponse:
    """Show a day with what decided it, and the appeal against it."""
    at = clock.now()
    context = day_context(request.user, on, at=at, sees_all=True) | {
        "may_appeal": on <= organisation.today(None, at=at),
        "errors": refusal.fields if refusal else {},
        "refusal": str(refusal) if refusal else "",
        "words": request.POST.get("words", ""),
    }
    return reply.page(
        request, "desk/attendance/day.html", context, status=422 if refusal else 200
    )


def day_context(account: Account, on: date, *, at: datetime, sees_all: bool) -> dict[str, Any]:
    """Return a day of somebody as its page shows it."""
    result = queries.day_result(account=account, on=on, at=at)
    zone = organisation.zone(queries.seat_of(account=account, on=on))
    rows = queries.clockings_of(accounts=[account.pk], since=on, until=on + DAY)
    return {
        "account": account,
        "on": on,
        "result": result,
        "kind": saying.tag_kind(result),
        "label": saying.short(result),
        "lines": saying.explained(result),
        "clockings": saying.telling(
            [saying.clocking_row(row, zone, sees_all=sees_all) for row in rows]
        ),
        "appeal": queries.appeal(account=account, on=on) if sees_all else None,
    }


@require_POST
@staff_only
@reply.private
def appeal(request: DeskRequest, on: str) -> HttpResponse:
    """Appeal against what a day came to."""
    at, which = clock.now(), inputs.day(on)
    proof = request.FILES.get("proof")
    try:
        workforce.appeal_day(
            on=which,
            words=request.POST.get("words", ""),
            proof=proof.read() if proof else b"",
            proof_name=(proof.name or "") if proof else "",
            actor=request.actor,
            at=at,
        )
    except Invalid as refused:
        return day_page(request, which, refusal=refused)
    except Conflict as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Your appeal waits for your superior."))
    return reply.seen_other(reverse("desk:attendance-day", args=[which.isoformat()]))


@require_safe
@staff_only
def photo(request: DeskRequest, key: str) -> HttpResponse:
    """Show the photo of a clocking, to its owner and the superior."""
    row = queries.clocking(key=key, actor=request.actor)
    require_own_or_superior(request, row)
    if row.photo is None:
        raise NotFound(_("The photo is gone: photos are kept for a short time only."))
    data = files.page_image(row.photo, width=1000)
    return reply.download(data, name="photo.jpg", media_type="image/jpeg", inline=True)


@require_safe
@staff_only
def proof(request: DeskRequest, username: str, on: str) -> HttpResponse:
    """Show the first page of what somebody sent along with an appeal."""
    owner = Account.objects.filter(username=username).first()
    row = queries.appeal(account=owner, on=inputs.day(on)) if owner else None
    if row is None or row.proof is None:
        raise NotFound(_("There is no such file; perhaps it was removed."))
    require_own_or_superior(request, row)
    data = files.page_image(row.proof, width=1200)
    return reply.download(data, name="proof.jpg", media_type="image/jpeg", inline=True)


def require_own_or_superior(request: DeskRequest, row: Clocking | Ruling) -> None:
    """Stop unless it is the actor's own, or the actor decides on it.

    :raises NotAllowed: if so.
    """
    today = organisation.today(None, at=clock.now())
    if request.actor.ref != row.account.ref and not queries.decides(
        request.actor, row, on=today
    ):
        raise NotAllowed(_("Only the person and their superior see this."))


def _unexcused(account: Account, at: datetime) -> Any:
    return queries.unexcused(accounts=[account.pk], at=at)[account.pk]
