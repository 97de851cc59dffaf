"""Every case that a change of the law moves, for those who make the law of its unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.policies.access import DRAFT, ENACT, VIEW
from loket.policies.models import Change, Simulation
from loket.policies.rules.lists import MovedCase, unpacked


def moved_cases(of: Change | Simulation, *, actor: Actor) -> Iterator[MovedCase]:
    """Yield every case whose due date moves, by unit and code, of units the actor decides on.

    Those are units below one for which the actor may see, write or enact circulars.
    """
    data = of.cases_gz
    if not data:
        return
    own = units_of(actor)
    # As read from PostgreSQL it is a view of memory.
    yield from (row for row in unpacked(bytes(data)) if row.unit in own)


def for_eyes_of(actor: Actor, impact: dict[str, Any]) -> dict[str, Any]:
    """Return what a change did, with the codes of cases only of units the actor decides on."""
    cases = impact.get("cases", {})
    if not cases.get("examples"):
        return impact
    own = units_of(actor)
    examples = [row for row in cases["examples"] if row["unit"] in own]
    return {**impact, "cases": {**cases, "examples": examples}}


def units_of(actor: Actor) -> set[str]:
    """Return the codes of the units that somebody decides on."""
    paths = organisation.units().values_list("code", "path")
    return {code for code, path in paths if decides_on(actor, path)}


def decides_on(actor: Actor, path: str) -> bool:
    """Say whether somebody may see, write or enact circulars for a unit."""
    return any(actor.may(permission, scope=path) for permission in (VIEW, DRAFT, ENACT))
