"""Who is told of a change, and by which channel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from loket.policies.queries.heads import heads_of


def people(units: Iterable[str], *, at: datetime) -> dict[str, Any]:
    """Return how many heads of some units are told by e-mail, and how many by nothing."""
    addresses = [head.email for head in heads_of(units, at=at)]
    return {
        "heads": {
            "email": sum(bool(address) for address in addresses),
            "none": sum(not address for address in addresses),
        }
    }
