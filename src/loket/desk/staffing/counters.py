"""Counters and posts of a unit that must be staffed."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid, Refusal
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.access import PLAN, RECORD
from loket.workforce.models import Counter
from loket.workforce.rules.skills import SKILLS
from loket.workforce.services import CounterForm

MOST_UNITS = 50
MOST_ROOMS = 100
BLANK: dict[str, Any] = {
    "code": "", "title": "", "room": "", "skill": "", "people": "1", "weight": "1",
    "is_public": "yes", "until": {},
}  # fmt: skip
FIELDS = {"ends_on": "until"}


def units_of(actor: Actor, words: str) -> list[Unit]:
    """Return the units whose counters the actor may change.

    :raises NotAllowed: if there is none.
    """
    paths = {path for each in (PLAN, RECORD) for path in actor.scopes(each)}
    if not paths:
        require(actor, PLAN, scope="")
    below = reduce(or_, (Q(path__startswith=path) for path in paths))
    rows = Unit.objects.filter(below, valid_to=None)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(code__istartswith=words))
    return list(rows.annotate(has=Count("counters")).order_by("code")[:MOST_UNITS])


@require_safe
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """Choose a unit; who has only one goes there at once."""
    words = request.GET.get("q", "").strip()[:80]
    units = units_of(request.actor, words)
    if len(units) == 1 and not words:
        return reply.seen_other(reverse("desk:counters-of", args=[units[0].code]))
    context = {"units": units, "words": words, "most": MOST_UNITS}
    return reply.page(request, "desk/staffing/units.html", context, part="units")


def unit_for(request: DeskRequest, code: str) -> Unit:
    """Return a unit whose counters the actor may change.

    :raises NotAllowed: if they may not.
    """
    unit = organisation.unit(code)
    if not request.actor.may(RECORD, scope=unit.path):
        require(request.actor, PLAN, scope=unit.path)
    return unit


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def of_unit(request: DeskRequest, unit: str) -> HttpResponse:
    """List the counters of a unit, and open one."""
    found = unit_for(request, unit)
    if request.method != "POST":
        return unit_page(request, found, dict(BLANK))
    at, state = clock.now(), state_of(request)
    try:
        counter = workforce.open_counter(
            unit=found,
            code=state["code"],
            form=read(state, found),
            starts_on=organisation.today(found, at=at),
            actor=request.actor,
            at=at,
        )
    except (Invalid, Conflict) as refusal:
        return unit_page(request, found, state, refusal)
    messages.success(request, _("%(name)s is open from today on.") % {"name": counter.title})
    return reply.seen_other(reverse("desk:counters-of", args=[unit]))


def unit_page(
    request: DeskRequest, unit: Unit, state: dict[str, Any], refusal: Refusal | None = None
) -> HttpResponse:
    """Show the counters of a unit, with what was typed."""
    today = organisation.today(unit, at=clock.now())
    rows = [
        {
            "counter": row,
            "skill": SKILLS.get(row.skill, ""),
            "is_closed": bool(row.ends_on and row.ends_on <= today),
            "last": row.ends_on - timedelta(days=1) if row.ends_on else None,
        }
        for row in queries.counters(unit)
    ]
    context = {**form_context(unit, state, refusal), "rows": rows}
    status = 422 if refusal else 200
    return reply.page(request, "desk/staffing/counters.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def change(request: DeskRequest, unit: str, code: str) -> HttpResponse:
    """Change one counter, or close it."""
    found = unit_for(request, unit)
    counter = queries.counter(found, code)
    if request.method != "POST":
        return counter_page(request, found, counter, stored(counter))
    state = state_of(request)
    try:
        workforce.change_counter(
            counter=counter, form=read(state, found), actor=request.actor, at=clock.now()
        )
    except (Invalid, Conflict) as refusal:
        return counter_page(request, found, counter, state, refusal)
    messages.success(request, _("%(name)s is changed.") % {"name": counter.title})
    return reply.seen_other(reverse("desk:counters-of", args=[unit]))


def counter_page(
    request: DeskRequest,
    unit: Unit,
    counter: Counter,
    state: dict[str, Any],
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show one counter, with what was typed."""
    context = {**form_context(unit, state, refusal), "counter": counter}
    status = 422 if refusal else 200
    return reply.page(request, "desk/staffing/counter.html", context, status=status)


def form_context(unit: Unit, state: dict[str, Any], refusal: Refusal | None) -> dict[str, Any]:
    """Return what the form of a counter needs."""
    wrong = refusal.fields if isinstance(refusal, Invalid) else {}
    rooms = Room.objects.filter(unit=unit).order_by("code")[:MOST_ROOMS]
    return {
        "unit": unit,
        "state": state,
        "rooms": [(room.code, room.name) for room in rooms],
        "skills": [(name, str(label).capitalize()) for name, label in SKILLS.items()],
        "errors": {FIELDS.get(name, name): lines for name, lines in wrong.items()},
        "refusal": str(refusal) if refusal and not wrong else "",
    }


def state_of(request: DeskRequest) -> dict[str, Any]:
    """Return what was typed."""
    names = ("code", "title", "room", "skill", "people", "weight", "is_public")
    found: dict[str, Any] = {name: typed.one(request.POST, name) for name in names}
    return found | {"until": typed.day(request.POST, "until")}


def stored(counter: Counter) -> dict[str, Any]:
    """Return what stands in the form of a counter on record."""
    last = counter.ends_on - timedelta(days=1) if counter.ends_on else None
    return {
        "code": counter.code,
        "title": counter.title,
        "room": counter.room.code if counter.room else "",
        "skill": counter.skill,
        "people": str(counter.people),
        "weight": str(counter.weight),
        "is_public": "yes" if counter.is_public else "",
        "until": typed.day_state(last),
    }


def read(state: dict[str, Any], unit: Unit) -> CounterForm:
    """Return the form that was typed; numbers that are none become 0, which is refused.

    :raises Invalid: if the last day is no day.
    """
    last = typed.as_day(state["until"])
    if isinstance(last, str):
        sentence = _("Write a day, such as 31 12 2026.")
        raise Invalid(sentence, fields={"until": [sentence]})
    return CounterForm(
        title=state["title"],
        room=Room.objects.filter(unit=unit, code=state["room"]).first(),
        skill=state["skill"],
        people=number(state["people"]),
        weight=number(state["weight"]),
        is_public=bool(state["is_public"]),
        ends_on=last + timedelta(days=1) if last else None,
    )


def number(text: str) -> int:
    """Return a number that was typed, 0 if it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0  # noqa: PLR2004 -- three digits
