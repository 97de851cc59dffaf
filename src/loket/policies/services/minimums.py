"""How long a closure lasts at least, on the calendar of the office that is shut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from loket.organisation.models import Unit
from loket.policies import queries


@dataclass(frozen=True, slots=True)
class Minimum:
    """From when it may open again, and what must be on record by then."""

    earliest_at: datetime
    required: tuple[str, ...]


def minimum_of(reason: str, units: Sequence[Unit], *, starts_at: datetime) -> Minimum:
    """Return the minimum of a closure that begins at a moment.

    It may open again when its office next receives the public after the minimum: of
    several offices, the first that does.
    """
    from loket.policies.rules import closing

    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    over_at = closing.over_at(reason, starts_at, zone)
    law = queries.book()
    openings = (law.opening_at_or_after(unit.code, over_at) for unit in units)
    first = min((moment for moment in openings if moment), default=over_at)
    return Minimum(first, tuple(closing.REASONS[reason].requires))
