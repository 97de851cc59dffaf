"""How long it is known who was in which room."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.workforce.models import Stay
from loket.workforce.rules.longest import LONGEST

BATCH = 20_000
"""Rows that go at once: a whole province leaves 45,000 a day."""


def end_open_stays(*, actor: Actor, at: datetime) -> int:  # noqa: ARG001 -- nobody's act
    """End the stays that nobody ended, as long after they began as tracing counts them.

    Return how many.
    """
    left = Stay.objects.filter(ends_at=None, starts_at__lte=at - LONGEST)
    return left.update(ends_at=F("starts_at") + LONGEST)


def purge_stays(*, actor: Actor, at: datetime) -> int:  # noqa: ARG001 -- nobody's act
    """Delete where people were before the days of tracing. Return how many stays."""
    first = organisation.today(None, at=at) - timedelta(days=settings.TRACING_DAYS)
    gone = 0
    while True:
        batch = Stay.objects.filter(on__lt=first).values("pk")[:BATCH]
        deleted, _by_table = Stay.objects.filter(pk__in=batch).delete()
        gone += deleted
        if deleted < BATCH:
            return gone
