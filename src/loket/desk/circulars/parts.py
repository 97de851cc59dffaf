"""Periods and scopes, as states of their inputs and as parts of a record."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from loket.desk import typed
from loket.policies.rules import format as form

ENDS = ("through", "to", "until_evaluated")
State = dict[str, Any]


def period_state(period: form.Period | None) -> State:
    """Return what stands in the inputs of a period; nothing for None."""
    since, since_time = typed.moment_state(period.since if period else None)
    to, to_time = typed.moment_state(period.to if period else None)
    return {
        "from": since,
        "from_time": since_time,
        "end": end_of(period) if period else "",
        "through": typed.day_state(period.through if period else None),
        "to": to,
        "to_time": to_time,
    }


def end_of(period: form.Period) -> str:
    """Return which of the three ends a period has."""
    if period.until_evaluated:
        return "until_evaluated"
    return "through" if period.through else "to"


def typed_period(post: QueryDict, name: str) -> State:
    """Return what was typed into the inputs of a period."""
    return {
        "from": typed.day(post, f"{name}.from"),
        "from_time": typed.one(post, f"{name}.from_time"),
        "end": typed.one(post, f"{name}.end"),
        "through": typed.day(post, f"{name}.through"),
        "to": typed.day(post, f"{name}.to"),
        "to_time": typed.one(post, f"{name}.to_time"),
    }


def read_period(state: State) -> dict[str, Any]:
    """Return a period as the format has it; only the end that was chosen counts."""
    found: dict[str, Any] = {}
    since = typed.as_moment(state["from"], state["from_time"])
    if since is not None:
        found["from"] = since
    ends: dict[str, date | datetime | str | bool | None] = {
        "through": typed.as_day(state["through"]),
        "to": typed.as_moment(state["to"], state["to_time"]),
        "until_evaluated": True,
    }
    if (end := ends.get(state["end"])) is not None:
        found[state["end"]] = end
    return found


def scope_state(scope: form.Scope) -> State:
    """Return what stands in the inputs of a scope."""
    return {
        "units": list(scope.units),
        "except_units": list(scope.except_units),
        "kinds": list(scope.kinds),
        "functions": list(scope.functions),
        "services": list(scope.services),
        "place": scope.place,
        "floor": scope.floor,
        "room": scope.room,
        "zone_scheme": scope.zone.scheme if scope.zone else "",
        "zone_values": ", ".join(scope.zone.values) if scope.zone else "",
    }


LISTS = ("units", "except_units", "kinds", "functions", "services")
TEXTS = ("place", "floor", "room", "zone_scheme", "zone_values")


def typed_scope(post: QueryDict) -> State:
    """Return what was ticked and typed in the inputs of a scope."""
    listed: State = {name: typed.many(post, f"scope.{name}") for name in LISTS}
    return listed | {name: typed.one(post, f"scope.{name}") for name in TEXTS}


def read_scope(state: State) -> dict[str, Any]:
    """Return a scope as the format has it: what is empty does not narrow it."""
    plain = (*LISTS, "place", "floor", "room")
    found = {name: state[name] for name in plain if state[name]}
    values = [value.strip() for value in state["zone_values"].split(",") if value.strip()]
    if state["zone_scheme"] or values:
        found["zone"] = {"scheme": state["zone_scheme"], "values": values}
    return found


def read_text(text_id: str, text_en: str) -> dict[str, str] | None:
    """Return a sentence in both languages; None if it was left empty in both."""
    return {"id": text_id, "en": text_en} if text_id or text_en else None
