"""What is reported of each thing measured."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One value beside its limit: what the same run reached with nothing of Loket in it."""

    name: str
    value: float
    unit: str
    aim: str
    is_met: bool
    limit: float | None = None
    limit_is: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        ratio = round(self.value / self.limit, 1) if self.limit else None
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "limit": round(self.limit, 3) if self.limit else None,
            "limit_is": self.limit_is,
            "ratio": ratio,
            "aim": self.aim,
            "is_met": self.is_met,
            "detail": self.detail,
        }


def times(name: str, value: float, *, limit: float, limit_is: str, aim: float,
          detail: dict[str, Any]) -> Figure:  # fmt: skip
    """Return a cost in CPU milliseconds that may be so many times its limit."""
    return Figure(
        name=name,
        value=value,
        unit="CPU ms",
        limit=limit,
        limit_is=limit_is,
        aim=f"≤ {aim:g} × limit",
        is_met=value <= aim * limit,
        detail=detail,
    )


def at_most(
    name: str, value: float, *, unit: str, aim: float, detail: dict[str, Any]
) -> Figure:
    """Return a value that may not exceed a number."""
    return Figure(
        name=name, value=value, unit=unit, aim=f"≤ {aim:g} {unit}", is_met=value <= aim,
        detail=detail,
    )  # fmt: skip


def percentiles(values: Iterable[float]) -> dict[str, float]:
    """Return the middle one, and those that 5 and 1 in 100 exceed."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return {
        name: round(ordered[round(last * share)], 2)
        for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    }


def say(line: str) -> None:
    """Tell whoever waits how far it is."""
    print(line, file=sys.stderr, flush=True)
