"""What happens when a day is over: stays left open end, old places are forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings

from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.workforce.models import Clocking, Stay
from loket.workforce.queries.attendance import facts
from loket.workforce.rules.attendance.judging import fitting

DAY = timedelta(days=1)
BATCH = 500


def close_days(*, actor: Actor, at: datetime) -> int:  # noqa: ARG001 -- nobody's act
    """End the stays of whoever never clocked out, at the end of their hours; return how many."""
    opened = Stay.objects.filter(source=Stay.Source.CLOCK, ends_at=None, starts_at__lt=at)
    ended, last = 0, 0
    # At noon half of a province is in: some hundreds at a time, along the key.
    while rows := list(opened.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        for on in sorted({row.on for row in rows}):
            ended += _close([row for row in rows if row.on == on], on, at)
    return ended


def forget_points(*, actor: Actor, at: datetime) -> int:  # noqa: ARG001 -- nobody's act
    """Forget where phones were, once the photos of those days are gone too; return how many."""
    first = organisation.today(None, at=at) - timedelta(days=settings.PHOTO_DAYS)
    old = Clocking.objects.filter(on__lt=first, latitude__isnull=False)
    return old.update(latitude=None, longitude=None)


def _close(rows: list[Stay], on: date, at: datetime) -> int:
    read = facts.read({row.account_id for row in rows}, since=on, until=on + DAY)
    ended = 0
    for row in rows:
        known = facts.facts(read, row.account_id, on, today=on)
        if known is None:
            continue
        hours = fitting(known.hours, row.starts_at, None)
        if at >= hours.over_at:
            still = Stay.objects.filter(pk=row.pk, ends_at=None)
            ended += still.update(ends_at=max(hours.ends_at, row.starts_at))
    return ended
