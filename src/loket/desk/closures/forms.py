"""Closing something: what can be chosen, what was typed, and the closure that it makes."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from loket.desk import typed
from loket.desk.circulars import mistakes, parts, picking
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.policies.access import CLOSE
from loket.policies.rules import format as form
from loket.policies.rules.closing import REASONS

FIELDS = ("what", "reason", "from", "basis", "words.id", "words.en", "stays_open", "words")
State = dict[str, Any]
Choice = tuple[str, str, str]


def blank(at: datetime) -> State:
    """Return the inputs of a closure that begins now."""
    day, clock = typed.moment_state(at)
    return {
        "what": "", "reason": "", "from": day, "from_time": clock, "basis": "", "words.id": "",
        "words.en": "", "stays_open": [],
    }  # fmt: skip


def typed_state(post: QueryDict) -> State:
    """Return what was typed about a closure."""
    texts = ("what", "reason", "from_time", "basis", "words.id", "words.en")
    return {name: typed.one(post, name) for name in texts} | {
        "from": typed.day(post, "from"),
        "stays_open": typed.many(post, "stays_open"),
    }


def whats(unit: Unit, actor: Actor) -> list[Choice]:
    """Return what of a unit can be closed: all of it, its building, its floor, its rooms."""
    below = organisation.children(unit.code).exists()
    hint = _("With all units below it.") if below else ""
    found: list[Choice] = [(scoped(units=[unit.code]), unit.name, hint)]
    office = organisation.office_of(unit)
    if office and office.place and may_close_place(office.place.code, actor):
        place = office.place
        found.append(
            (
                scoped(place=place.code),
                _("The whole building: %(name)s") % {"name": place.name},
                place.address,
            )
        )
        if office.floor:
            label = _("Floor %(floor)s of the building") % {"floor": office.floor}
            found.append((scoped(place=place.code, floor=office.floor), label, place.name))
    for room in rooms_of(unit):
        label = _("Only the room: %(name)s") % {"name": room.name}
        found.append((scoped(room=room.code), label, room.code))
    return found


def may_close_place(code: str, actor: Actor) -> bool:
    """Say whether the actor may close every office in a building."""
    paths = organisation.units().filter(office__place__code=code).values_list("path", flat=True)
    return all(actor.may(CLOSE, scope=path) for path in paths)


def rooms_of(unit: Unit) -> list[Room]:
    return list(Room.objects.filter(unit=unit).order_by("code")[: picking.MOST])


def scoped(**scope: Any) -> str:
    """Return what is closed as the value of a choice."""
    return json.dumps(scope, sort_keys=True)


def exceptions(unit: Unit) -> list[tuple[str, str]]:
    """Return what may stay open inside: units below, rooms, services."""
    below = organisation.children(unit.code)[: picking.MOST]
    units = [(scoped(units=[each.code]), each.name) for each in below]
    rooms = [(scoped(room=room.code), room.name) for room in rooms_of(unit)]
    services = [(scoped(services=[code]), title) for code, title in picking.services()]
    return [*units, *rooms, *services]


def closure_of(
    state: State, allowed: list[Choice], exceptions: list[tuple[str, str]]
) -> tuple[form.ClosureForm | None, mistakes.Wrong]:
    """Return the closure that was typed, or what is wrong with it.

    What is closed and what stays open inside must be among what the page offers.
    """
    if set(state["stays_open"]) - {value for value, _label in exceptions}:
        wrong = {"stays_open": [_("Choose what stays open from the list.")]}
        return None, wrong | closure_of({**state, "stays_open": []}, allowed, exceptions)[1]
    if state["what"] not in {value for value, _label, _hint in allowed}:
        return None, {"what": [_("Choose what is closed.")]} | checked({**state, "what": "{}"})[
            1
        ]
    return checked(state)


def checked(state: State) -> tuple[form.ClosureForm | None, mistakes.Wrong]:
    rule = REASONS.get(state["reason"])
    since = typed.as_moment(state["from"], state["from_time"])
    record = {
        **json.loads(state["what"]),
        "reason": state["reason"] or None,
        "basis": state["basis"] or (rule.source if rule else ""),
        "words": parts.read_text(state["words.id"], state["words.en"]),
        "stays_open": [json.loads(each) for each in state["stays_open"]],
        **({"from": since} if since else {}),
    }
    try:
        return form.ClosureForm.model_validate(record), {}
    except ValidationError as error:
        found = mistakes.of_record(error, FIELDS, within=())
        if state["what"] == "{}":
            found.pop("what", None)
        return None, found
