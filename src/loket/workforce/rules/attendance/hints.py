"""What looks odd about a clocking. Flagged for the superior to ask about; nothing follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.organisation.rules.places import kilometres

from .spots import MOST_DOUBT

FLAGS: dict[str, str | Promise] = {
    "again": _("clocked in before; the first counts"),
    "far": _("not near an allowed place"),
    "no_place": _("without a place"),
    "coarse": _("the phone knew its place only roughly"),
    "wrong_code": _("the code did not fit the door at that time"),
    "exact": _("the phone claims to know its place without any doubt"),
    "steady": _("the phone always claims the same accuracy"),
    "same_point": _("exactly the same point as last time"),
    "too_fast": _("too far from the last clocking for the time between"),
    "old_point": _("the place was found some time before"),
    "clock": _("the phone’s clock is wrong"),
    "unplanned": _("elsewhere than the roster says"),
    "unproven": _("the time that the phone claims cannot be right"),
}

SAME = 7
"""Decimals of a degree; no receiver finds the same ten millionth twice."""
FASTEST_KMH = 250
OLD = timedelta(minutes=2)
STEADY = 5
SKEWED = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a phone said it was, and when."""

    latitude: float
    longitude: float
    accuracy: float | None
    at: datetime


def odd(
    fix: Fix, *, past: Sequence[Fix], fixed_at: datetime | None, claimed_at: datetime | None
) -> tuple[str, ...]:
    """Return what looks odd about a place; ``past`` has the last first."""
    found = {
        "exact": fix.accuracy == 0,
        "coarse": (fix.accuracy or 0) > MOST_DOUBT,
        "steady": _is_steady(fix, past),
        "same_point": bool(past) and _is_same(fix, past[0]),
        "too_fast": bool(past) and _is_too_fast(past[0], fix),
        "old_point": bool(fixed_at and claimed_at and claimed_at - fixed_at > OLD),
    }
    return tuple(name for name, is_so in found.items() if is_so)


def is_skewed(seconds: int | None) -> bool:
    """Say whether a phone's clock is so wrong that its owner should know."""
    return seconds is not None and abs(seconds) > SKEWED.total_seconds()


def _is_steady(fix: Fix, past: Sequence[Fix]) -> bool:
    before = [each.accuracy for each in islice(past, STEADY)]
    return len(before) == STEADY and set(before) == {fix.accuracy}


def _is_same(one: Fix, other: Fix) -> bool:
    return (round(one.latitude, SAME), round(one.longitude, SAME)) == (
        round(other.latitude, SAME),
        round(other.longitude, SAME),
    )


def _is_too_fast(before: Fix, now: Fix) -> bool:
    apart = kilometres((before.latitude, before.longitude), (now.latitude, now.longitude))
    doubt = ((before.accuracy or 0) + (now.accuracy or 0)) / 1000
    hours = max((now.at - before.at).total_seconds(), 1) / 3600
    return apart - doubt > FASTEST_KMH * hours and apart - doubt > 1
