"""What a phone says about when the button was pressed, and what may be made of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import ngettext

SLACK = timedelta(seconds=60)
"""Clocks of phones tick in seconds, and networks take some."""

HOUR = 60


def skew(sent_at: datetime | None, received_at: datetime) -> int | None:
    """Return by how many seconds a phone's clock is ahead of the server's."""
    return None if sent_at is None else round((sent_at - received_at).total_seconds())


def pressed_at(
    claimed_at: datetime | None, skew_seconds: int | None, received_at: datetime
) -> datetime | None:
    """Return when the button was pressed by the server's clock, if the phone is right.

    What the phone's clock was wrong by when it sent is taken off; it cannot be later than
    the receipt.
    """
    if claimed_at is None:
        return None
    return min(claimed_at - timedelta(seconds=skew_seconds or 0), received_at)


def is_possible(
    pressed: datetime | None, *, contact_at: datetime | None, received_at: datetime
) -> bool:
    """Say whether a claim lies between the last word with the server and the receipt."""
    if pressed is None or contact_at is None:
        return False
    return contact_at - SLACK <= pressed <= received_at


def span_in_words(seconds: float) -> str:
    """Return “2 hours” or “5 minutes”, rounded; for clocks that differ."""
    minutes = max(1, round(abs(seconds) / 60))
    if minutes < HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / HOUR)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
