"""Open cases whose clock a change of the law stops until further notice.

None of their due dates moves yet: nobody knows where to.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count

from loket.cases.rules.law import STOPPERS
from loket.organisation.models import Unit
from loket.policies import queries as policies
from loket.policies.models import Change

from .clocks import law_of
from .recounting import open_within

UNITS = 20


def standing_still(edition: int, at: datetime) -> dict[str, Any]:
    """Return how many open cases a change stops without a known end, and at which units.

    Fit for JSON: ``cases`` and, the most first, ``by_unit``.
    """
    found = held_without_end(edition, at)
    top = sorted(found.items(), key=lambda row: (-row[1], row[0].code))[:UNITS]
    return {
        "cases": found.total(),
        "by_unit": [{"unit": unit.code, "name": unit.name, "cases": n} for unit, n in top],
    }


def held_without_end(edition: int, at: datetime) -> Counter[Unit]:
    """Return the open cases by unit that a change stops without a known end."""
    found: Counter[Unit] = Counter()
    change, book = Change.objects.get(number=edition), policies.book()
    if not any(
        effect.ends_at is None
        and effect.kind in STOPPERS
        and effect.because.subject == change.subject
        for effect in book.effects
    ):
        return found
    units = Unit.objects.select_related("office").in_bulk()
    rows = open_within(change.scopes).order_by()
    for unit_id, service, cases in rows.values_list("unit_id", "service_code").annotate(
        n=Count("pk")
    ):
        unit = units[unit_id]
        law = law_of(book, unit, service, since=at, at=at)
        if law.stands_by(change.subject, at):
            found[unit] += cases
    return found
