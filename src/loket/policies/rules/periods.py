"""Periods as written become moments: half-open, in the days of the office."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from .format import Period
from .format.written import after


def moment(written: date | datetime, zone: tzinfo) -> datetime:
    """Return a moment in UTC. A day begins at midnight of the zone; so does a bare clock
    time belong to it.
    """
    if not isinstance(written, datetime):
        written = datetime.combine(written, time.min)
    if written.tzinfo is None:
        written = written.replace(tzinfo=zone)
    return written.astimezone(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a last day is over."""
    return moment(after(day), zone)


def moments(period: Period, zone: tzinfo) -> tuple[datetime, datetime | None]:
    """Return when a period begins and when it is over, in UTC; None: until evaluated.

    :raises Invalid: if it is over before it begins, as moments with different offsets can be.
    """
    starts_at = moment(period.since, zone)
    if period.through is not None:
        ends_at: datetime | None = end_of(period.through, zone)
    else:
        ends_at = None if period.to is None else moment(period.to, zone)
    if ends_at is not None and ends_at <= starts_at:
        raise Invalid(
            _("The period ends before it starts: look at the offsets of its moments.")
        )
    return starts_at, ends_at
