"""One order for what is a set: equal circulars are equal, however they were typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from .format import Channel, Circular, Duty, Group, UnitFunction, UnitKind

Order = Callable[[list[str]], list[str]]


def _of(choices: object) -> Order:
    known: tuple[str, ...] = get_args(choices)
    return lambda given: [word for word in known if word in given]


def _alphabetical(given: list[str]) -> list[str]:
    return sorted(set(given))


ORDERS: dict[str, Order] = {
    "units": _alphabetical,
    "except_units": _alphabetical,
    "services": _alphabetical,
    "values": _alphabetical,
    "kinds": _of(UnitKind),
    "functions": _of(UnitFunction),
    "channels": _of(Channel),
    "groups": _of(Group),
    "duties": _of(Duty),
}
"""By the name of the key. Posts keep the writer's order: it is a list to be read."""


def in_order(circular: Circular) -> Circular:
    """Return the same circular with every set in one order, each member once."""
    return Circular.model_validate(_sorted(circular.model_dump(mode="json")))


def _sorted(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _sorted(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        if key in ORDERS and all(isinstance(item, str) for item in value):
            return ORDERS[key](value)
        return [_sorted(item) for item in value]
    return value
