"""The attendance of a unit: today with the exceptions first, the month, and one day of one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.desk import choosing
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.ui import reply
from loket.workforce import queries
from loket.workforce.access import VALIDATE, VIEW
from loket.workforce.rules.attendance.values import GRANTED, RESULTS, DayResult

from . import inputs, saying
from .views import day_context

DAY = timedelta(days=1)


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest) -> HttpResponse:
    """Show who is where on a day, and what waits for the superior."""
    at = clock.now()
    unit, units = choosing.first(request, VALIDATE, VIEW)
    today = organisation.today(unit, at=at)
    on = min(inputs.day(request.GET["on"]), today) if request.GET.get("on") else today
    staff = people.staff_of(unit.code, on=on)
    accounts = [member.account_id for member in staff]
    results = queries.day_results(accounts=accounts, since=on, until=on + DAY, at=at)
    counts = queries.unexcused(accounts=accounts, at=at)
    names = _usernames(accounts)
    rows = [
        _row(member.name, names[member.account_id], results.get((member.account_id, on)))
        | {"count": saying.counted(counts[member.account_id])}
        for member in staff
    ]
    context = {
        "unit": unit,
        "units": units,
        "on": on,
        "today": today,
        "before": on - DAY,
        "after": on + DAY if on < today else None,
        "rows": sorted(rows, key=lambda row: row["order"]),
        "appeals": queries.appeals_waiting(unit=unit, actor=request.actor, today=today),
        "late": late(request.actor, unit, today=today),
        "doors": queries.doors_of(actor=request.actor),
    }
    return reply.page(request, "desk/attendance/team.html", context)


@require_safe
@staff_only
@reply.private
def month(request: DeskRequest) -> HttpResponse:
    """Show a month of a unit: people by days."""
    at = clock.now()
    unit, units = choosing.first(request, VALIDATE, VIEW)
    today = organisation.today(unit, at=at)
    first = inputs.first_of_month(request.GET.get("month", ""), today=today)
    until = inputs.next_month(first)
    days = [first + timedelta(days=n) for n in range((until - first).days)]
    staff = people.staff_of(unit.code, on=min(today, until - DAY))
    accounts = [member.account_id for member in staff]
    shown = max(first, min(until, today + DAY))
    results = queries.day_results(accounts=accounts, since=first, until=shown, at=at)
    names = _usernames(accounts)
    context = {
        "unit": unit,
        "units": units,
        "first": first,
        "before": inputs.month_before(first),
        "after": until if until <= today else None,
        "days": [{"on": on, "is_weekend": saying.week_days(on)} for on in days],
        "rows": [
            {
                "name": member.name,
                "username": names[member.account_id],
                "cells": [_cell(on, results.get((member.account_id, on))) for on in days],
            }
            for member in sorted(staff, key=lambda member: member.name)
        ],
        "legend": [(sign, RESULTS[name]) for name, sign in LEGEND],
    }
    return reply.page(request, "desk/attendance/team_month.html", context)


LEGEND = [
    (name, sign)
    for name, sign in saying.SIGNS.items()
    if sign and name not in {"late", "left_early"}
]


@require_safe
@staff_only
@reply.private
def member(request: DeskRequest, username: str, on: str) -> HttpResponse:
    """Show one day of a member of the unit, line by line."""
    account, which, unit = owner(request.actor, username, on)
    return member_page(request, account, which, unit)


def member_page(
    request: DeskRequest, account: Account, on: date, unit: Unit, *, refusal: str = ""
) -> HttpResponse:
    """Show a member's day, perhaps with why a decision was refused."""
    at = clock.now()
    today = organisation.today(unit, at=at)
    decides = queries.decides_on(request.actor, account, unit, on=today)
    sees_all = decides or request.actor.ref == account.ref
    context = day_context(account, on, at=at, sees_all=sees_all) | {
        "unit": unit,
        "may_decide": decides,
        "choices": [(name, RESULTS[name]) for name in GRANTED],
        "late": [
            row
            for row in (late(request.actor, unit, today=today, since=on) if decides else [])
            if row["account"] == account
        ],
        "refusal": refusal,
        "count": saying.counted(
            queries.unexcused(accounts=[account.pk], at=at)[account.pk], account
        ),
    }
    return reply.page(
        request, "desk/attendance/member.html", context, status=422 if refusal else 200
    )


def owner(actor: Actor, username: str, on: str) -> tuple[Account, date, Unit]:
    """Return whose day it is, which, and the unit on whose staff they were.

    :raises NotFound: if there is no such day that the actor may see.
    """
    which = inputs.day(on)
    account = Account.objects.filter(username=username, kind=Account.Kind.STAFF).first()
    unit = queries.seat_of(account=account, on=which) if account else None
    if account is None or unit is None or not queries.sees_days(actor, account, unit):
        raise NotFound(_("There is no such day."))
    return account, which, unit


def late(
    actor: Actor, unit: Unit, *, today: date, since: date | None = None
) -> list[dict[str, Any]]:
    """Return clockings that came in late and the actor can confirm, with what phones say."""
    zone = organisation.zone(unit)
    rows = queries.clockings_waiting(unit=unit, actor=actor, today=today, since=since)
    return [
        saying.clocking_row(row, zone, sees_all=False)
        | {"account": row.account, "on": row.on, "kind": row.kind}
        for row in rows
    ]


def _usernames(accounts: list[int]) -> dict[int, str]:
    return dict(Account.objects.filter(pk__in=accounts).values_list("pk", "username"))


def _row(name: str, username: str, result: DayResult | None) -> dict[str, Any]:
    return {
        "name": name,
        "username": username,
        "result": result,
        "kind": saying.tag_kind(result) if result else "quiet",
        "label": saying.short(result) if result else _("not on the staff"),
        "flags": saying.odd(result.flags) if result else [],
        "order": saying.sort_key(result, name),
    }


def _cell(on: date, result: DayResult | None) -> dict[str, Any]:
    if result is None or result.result == "none":
        return {"on": on, "sign": "", "label": "", "kind": "", "late": ""}
    return {
        "on": on,
        "sign": saying.SIGNS[result.result],
        "label": saying.short(result),
        "kind": saying.tag_kind(result),
        "late": saying.signed(result.minutes_late),
    }
