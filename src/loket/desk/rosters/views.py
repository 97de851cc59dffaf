"""Rosters of a unit: which there are, what the law allows, and planning the next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from loket.desk import choosing, typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Conflict, Invalid
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import PLAN, VIEW
from loket.workforce.models import Roster

from . import laws, swapping, words

DAY = timedelta(days=1)
BLOCKS = ("day", "week", "fortnight")
MOST_TEAMS = 4
FIELDS = {"starts_on": "first", "ends_on": "last", "teams": "teams", "block": "block"}
State = dict[str, Any]
Wrong = dict[str, list[str]]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """Show a unit's rosters and plan another; or choose the unit."""
    choosing.require_seat(request.actor, VIEW, PLAN)
    only = choosing.only(request.actor, VIEW, PLAN)
    unit, has_others = choosing.named(request, VIEW, PLAN) or only, only is None
    if unit is None:
        find = request.GET.get("find", "").strip()
        units = choosing.units_of(request.actor, VIEW, PLAN, words=find)
        context = {"units": units, "find": find}
        return reply.page(request, "desk/rosters/units.html", context, part="units")
    at = clock.now()
    if request.method != "POST":
        return page(request, unit, None, at=at, has_others=has_others)
    require(request.actor, PLAN, scope=unit.path)
    state = typed_state(request)
    days, wrong = period_of(state)
    if wrong or days is None or request.POST.get("do") == "law":
        return page(request, unit, state, at=at, has_others=has_others, wrong=wrong)
    return plan(request, unit, state, days, at=at, has_others=has_others)


def plan(
    request: DeskRequest,
    unit: Unit,
    state: State,
    days: tuple[date, date],
    *,
    at: datetime,
    has_others: bool,
) -> HttpResponse:
    """Plan the days that were typed, and lead to the draft."""
    try:
        roster = workforce.plan(
            unit=unit,
            starts_on=days[0],
            ends_on=days[1],
            teams=int(state["teams"]),
            block=state["block"],
            actor=request.actor,
            at=at,
        )
    except (Invalid, Conflict) as refusal:
        wrong = refused(refusal)
        return page(request, unit, state, at=at, has_others=has_others, wrong=wrong)
    messages.success(request, planned_words(roster))
    return reply.seen_other(reverse("desk:roster", args=[roster.code]))


def planned_words(roster: Roster) -> str:
    """Return what came of planning."""
    lacks = sum(row["missing"] for row in roster.found.get("shortages", ()))
    if not lacks:
        return _("The draft is ready and covers everything. Nobody has been told yet.")
    return ngettext(
        "The draft is ready. %(lacks)s post stays unfilled; the page says why.",
        "The draft is ready. %(lacks)s posts stay unfilled; the page says why.",
        lacks,
    ) % {"lacks": lacks}


def refused(refusal: Invalid | Conflict) -> Wrong:
    """Return what a refusal says about each field of the form."""
    fields = getattr(refusal, "fields", {})
    found: Wrong = {FIELDS[name]: said for name, said in fields.items() if name in FIELDS}
    return found or {"": [str(refusal), *fields.get("", ())]}


def blank(today: date, rosters: list[Roster]) -> State:
    """Return the form for the next two working weeks of which no roster has a day yet."""
    first, length = today + timedelta(days=7 - today.weekday()), timedelta(days=12)
    for roster in sorted(rosters, key=lambda each: each.starts_on):
        if roster.starts_on < first + length and roster.ends_on > first:
            past = roster.ends_on + timedelta(days=6)
            first = past - timedelta(days=past.weekday())
    last = first + length - DAY
    return {
        "first": typed.day_state(first),
        "last": typed.day_state(last),
        "teams": "0",
        "block": "week",
    }


def typed_state(request: DeskRequest) -> State:
    """Return what was typed."""
    post = request.POST
    return {
        "first": typed.day(post, "first"),
        "last": typed.day(post, "last"),
        "teams": typed.one(post, "teams") or "0",
        "block": typed.one(post, "block") or "week",
    }


def period_of(state: State) -> tuple[tuple[date, date] | None, Wrong]:
    """Return the days that were typed, the end exclusive; or what is wrong with the form."""
    wrong: Wrong = {}
    first, last = typed.as_day(state["first"]), typed.as_day(state["last"])
    if not isinstance(first, date):
        wrong["first"] = [_("Write the first day, such as 30 11 2026.")]
    if not isinstance(last, date):
        wrong["last"] = [_("Write the last day, such as 11 12 2026.")]
    if state["teams"] not in {str(number) for number in range(MOST_TEAMS + 1)}:
        wrong["teams"] = [_("Choose how many groups take turns.")]
    if state["block"] not in BLOCKS:
        wrong["block"] = [_("Choose how long a group’s turn is.")]
    if not isinstance(first, date) or not isinstance(last, date):
        return None, wrong
    if last < first:
        wrong["last"] = [_("The last day is before the first.")]
    elif (last - first).days >= laws.MOST_DAYS:
        wrong["last"] = [_("A roster has at most %(most)s days.") % {"most": laws.MOST_DAYS}]
    return ((first, last + DAY) if not wrong else None), wrong


def page(
    request: DeskRequest,
    unit: Unit,
    state: State | None,
    *,
    at: datetime,
    has_others: bool,
    wrong: Wrong | None = None,
) -> HttpResponse:
    """Show the rosters of a unit, the form as it was typed or anew, and the law of its days."""
    found = wrong or {}
    today = organisation.today(unit, at=at)
    rosters = queries.rosters_of(unit=unit, actor=request.actor)
    fresh = blank(today, rosters)
    state = state or fresh
    days = period_of(state)[0] or period_of(fresh)[0]
    context = {
        "unit": unit,
        "has_others": has_others,
        "rosters": [listed(roster) for roster in rosters],
        "uncovered": laws.uncovered(unit, today) if rosters else "",
        "swaps": swapping.to_decide(request.actor, unit=unit),
        "may_plan": request.actor.may(PLAN, scope=unit.path),
        "state": state,
        "team_choices": team_choices(),
        "block_choices": block_choices(),
        "errors": {name: said for name, said in found.items() if name},
        "refusal": " ".join(found.get("", [])),
        **laws.shown(unit, days or (today, today + DAY), at=at),
    }
    return reply.page(request, "desk/rosters/index.html", context, status=422 if wrong else 200)


def listed(roster: Roster) -> dict[str, Any]:
    """Return a roster as the list shows it."""
    return {
        "roster": roster,
        "period": words.period(roster),
        "cause": words.cause(roster),
        "lacks": sum(row["missing"] for row in roster.found.get("shortages", ())),
    }


def team_choices() -> list[tuple[str, str]]:
    most = range(2, MOST_TEAMS + 1)
    groups = [(str(n), _("%(number)s groups") % {"number": n}) for n in most]
    return [("0", _("No groups")), *groups]


def block_choices() -> list[tuple[str, str]]:
    return [
        ("day", _("A day")),
        ("week", _("A week")),
        ("fortnight", _("Two weeks")),
    ]


@require_safe
@staff_only
@reply.private
def proof(request: DeskRequest) -> HttpResponse:
    """Say in plain words what is proven of a roster, and what is not."""
    return reply.page(request, "desk/rosters/proof.html", {})
