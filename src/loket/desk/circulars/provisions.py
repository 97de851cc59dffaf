"""One provision: its inputs, from a record and to a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from pydantic import TypeAdapter, ValidationError

from loket.desk import typed
from loket.policies.rules import format as form

from . import inputs, mistakes, names, parts

PROVISION: TypeAdapter[Any] = TypeAdapter(form.AnyProvision)
COMMON = (
    "article", "words.id", "words.en", "period.from", "period.end", "period.through", "period.to",
    "words", "period", *(f"scope.{name}" for name in parts.LISTS), "scope.place", "scope.floor",
    "scope.room", "scope.zone", "scope", "file",
)  # fmt: skip
State = dict[str, Any]


def fields_of(kind: str) -> tuple[str, ...]:
    """Return the names of all inputs that a mistake can be shown at."""
    return (*COMMON, *own_fields(kind))


def own_fields(kind: str) -> Iterator[str]:
    for field in inputs.INPUTS[kind]:
        if field.kind == "hours":
            yield from (f"{field.name}.{day}" for day in names.DAYS)
        if field.kind == "shifts":
            for place in range(inputs.MOST_SHIFTS):
                yield f"{field.name}.{place}.name"
                for part in ("hours", "pause"):
                    yield from (f"{field.name}.{place}.{part}.{day}" for day in names.DAYS)
        yield field.name


def blank(kind: str) -> State:
    """Return the inputs of a provision that nobody has begun."""
    return {
        "article": "",
        "words.id": "",
        "words.en": "",
        "has_period": False,
        "period": parts.period_state(None),
        "scope": parts.scope_state(form.Scope()),
        "own": {field.name: inputs.filled_state(field, None) for field in inputs.INPUTS[kind]},
    }


def filled_state(provision: Any) -> State:
    """Return what stands in the inputs for a provision."""
    own = inputs.INPUTS[provision.kind]
    return {
        "article": provision.article,
        "words.id": provision.words.id if provision.words else "",
        "words.en": provision.words.en if provision.words else "",
        "has_period": provision.period is not None,
        "period": parts.period_state(provision.period),
        "scope": parts.scope_state(provision.scope),
        "own": {f.name: inputs.filled_state(f, getattr(provision, f.name)) for f in own},
    }


def typed_state(kind: str, post: QueryDict) -> State:
    """Return what was typed into the inputs of a provision."""
    own = inputs.INPUTS[kind]
    return {
        **{name: typed.one(post, name) for name in ("article", "words.id", "words.en")},
        "has_period": "has_period" in post,
        "period": parts.typed_period(post, "period"),
        "scope": parts.typed_scope(post),
        "own": {field.name: inputs.typed_state(field, post) for field in own},
    }


def with_a_row(state: State) -> State:
    """Return the inputs of shifts with those of one more."""
    return state | {"own": {"shifts": inputs.with_a_row(state["own"]["shifts"])}}


def read(kind: str, state: State) -> dict[str, Any]:
    """Return a provision as the format has it."""
    own = {f.name: inputs.read(f, state["own"][f.name]) for f in inputs.INPUTS[kind]}
    record = {
        "kind": kind,
        "article": state["article"],
        "scope": parts.read_scope(state["scope"]),
        "words": parts.read_text(state["words.id"], state["words.en"]),
        **{name: value for name, value in own.items() if value is not None},
    }
    if state["has_period"]:
        record["period"] = parts.read_period(state["period"])
    return record


def provision_of(kind: str, state: State) -> tuple[Any, mistakes.Wrong]:
    """Return the provision that was typed, or what is wrong with it."""
    wrong = mistakes.about_end(state["period"], "period") if state["has_period"] else {}
    try:
        provision = PROVISION.validate_python(read(kind, state))
    except ValidationError as error:
        found = mistakes.of_record(error, fields_of(kind), within=(kind,))
        labels = {field.name: field.label for field in inputs.INPUTS[kind]}
        return None, mistakes.called(mistakes.once(found | wrong), labels)
    return (None, wrong) if wrong else (provision, {})
