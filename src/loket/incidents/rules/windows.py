"""Which days matter after a positive case, and until when people stay at home.

KMK 413/2020: contacts count from two days before the first symptoms, or before the day of the
specimen where there were none, to fourteen days after; contacts are watched for fourteen days
after the last contact. Pergub 88/2020 shuts the office for three times 24 hours: within these
it is disinfected and contacts are traced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
BEFORE = timedelta(days=2)
AFTER = timedelta(days=14)
LISTED = timedelta(days=14)
WATCHED = timedelta(days=14)
TASKS_WITHIN = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Window:
    """Days from one until another, which is not among them."""

    since: date
    until: date


def infectious(onset_on: date, *, today: date) -> Window:
    """Return the days on which others could be infected, as far as they have come."""
    return Window(onset_on - BEFORE, min(today, onset_on + AFTER) + DAY)


def listed(onset_on: date, *, today: date) -> Window:
    """Return the days of which contacts are listed: the last fourteen, and the infectious."""
    return Window(min(onset_on - BEFORE, today - LISTED), today + DAY)


def watched_until(last_on: date) -> date:
    """Return the last day on which a contact stays at home."""
    return last_on + WATCHED


def isolated_until(onset_on: date) -> date:
    """Return the last day on which a positive person must not come to the office."""
    return onset_on + AFTER


def due_at(reported_at: datetime) -> datetime:
    """Return by when disinfection and tracing are to be done."""
    return reported_at + TASKS_WITHIN


def hours_left(due_at: datetime, *, at: datetime) -> int:
    """Return how many whole hours are left; negative, how many began since it was due."""
    return (due_at - at) // timedelta(hours=1)
