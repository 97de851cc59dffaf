"""Every case that a change of the law moves, for those who make the law of its unit."""

from __future__ import annotations

from collections.abc import Iterator

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
    paths = dict(organisation.units().values_list("code", "path"))
    own = {code for code, path in paths.items() if decides_on(actor, path)}
    # As read from PostgreSQL it is a view of memory.
    yield from (row for row in unpacked(bytes(data)) if row.unit in own)


def decides_on(actor: Actor, path: str) -> bool:
    """Say whether somebody may see, write or enact circulars for a unit."""
    return any(actor.may(permission, scope=path) for permission in (VIEW, DRAFT, ENACT))
