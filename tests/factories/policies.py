"""Circulars and closures for tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from loket.kernel.access import Actor
from loket.policies import services as policies
from loket.policies.models import Circular
from loket.policies.rules import format as form

ISSUER = "Gubernur DKI Jakarta"
ONLINE = {"kind": "counters", "state": "online_only", "article": "1"}


def written(*provisions: dict[str, Any], number: str = "02/SE/2026", **changes: Any):
    """Return a circular as it would be read from a file; from 9 to 20 March 2026."""
    return form.Circular.model_validate(
        {
            "format": 1,
            "issuer": ISSUER,
            "number": number,
            "date": date(2026, 3, 2),
            "title": {"id": "Layanan tanpa tatap muka", "en": "Service without meeting"},
            "effective": {"from": date(2026, 3, 9), "through": date(2026, 3, 20)},
            "provisions": list(provisions) or [ONLINE],
            **changes,
        }
    )


def draft(circular: form.Circular | None = None, *, actor: Actor, at: datetime) -> Circular:
    return policies.draft(circular=circular or written(), actor=actor, at=at)


def enact(
    circular: form.Circular | None = None,
    *,
    author: Actor,
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> Circular:
    """Draft, simulate and enact a circular."""
    row = draft(circular, actor=author, at=at)
    simulation = policies.simulate(circular=row, actor=author, at=at)
    return policies.enact(
        circular=row, simulation=simulation, retroactive_reason=reason, actor=actor, at=at
    )


def closure(**changes: Any) -> form.ClosureForm:
    """Return a closure of Ayu's service point for a positive case, from Friday morning."""
    return form.ClosureForm.model_validate(
        {
            "units": ["31.74.04.1003-DUKCAPIL"],
            "reason": "positive_case",
            "from": datetime.fromisoformat("2026-03-06T10:00:00+07:00"),
            "basis": "Pergub 88/2020 art. 9(2)f",
            **changes,
        }
    )
