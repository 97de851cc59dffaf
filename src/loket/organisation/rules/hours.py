"""Opening hours: weekday ``"0"`` (Monday) to ``"6"``, with periods ``["07:30", "16:00"]``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

Hours = dict[str, list[list[str]]]
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$", re.ASCII)
_DAYS = frozenset("0123456")
BOTH_ENDS = 2


def check(hours: Mapping[str, Sequence[Sequence[str]]]) -> Hours:
    """Return opening hours in order of the week, without days that are closed.

    :raises Invalid: if a day, a time or an order cannot be.
    """
    if strange := set(hours) - _DAYS:
        raise Invalid(_("There is no weekday “%(day)s”.") % {"day": min(strange)})
    return {
        day: [list(period) for period in _checked(hours[day], day)]
        for day in sorted(hours)
        if hours[day]
    }


def lines(hours: Mapping[str, Sequence[Sequence[str]]]) -> list[tuple[str, str]]:
    """Return hours to be read, equal days together: ``("Senin–Kamis", "07.30–16.00")``."""
    runs: list[tuple[list[int], Sequence[Sequence[str]]]] = []
    for day in sorted(int(day) for day in hours):
        periods = hours[str(day)]
        if runs and runs[-1][0][-1] == day - 1 and runs[-1][1] == periods:
            runs[-1][0].append(day)
        else:
            runs.append(([day], periods))
    return [(_days(days), _periods(periods)) for days, periods in runs]


def _checked(periods: Sequence[Sequence[str]], day: str) -> Sequence[Sequence[str]]:
    times = [time for period in periods for time in period]
    is_whole = all(len(period) == BOTH_ENDS for period in periods)
    if not (is_whole and all(_TIME.match(time) for time in times)):
        raise Invalid(
            _("Write the hours of %(day)s as pairs of times, such as 07:30 and 16:00.")
            % {"day": WEEKDAYS[int(day)]}
        )
    if any(later <= earlier for earlier, later in pairwise(times)):
        raise Invalid(
            _("On %(day)s each time must be later than the one before it.")
            % {"day": WEEKDAYS[int(day)]}
        )
    return periods


def _days(days: list[int]) -> str:
    first, last = str(WEEKDAYS[days[0]]), str(WEEKDAYS[days[-1]])
    return first if len(days) == 1 else f"{first}–{last}"


def _periods(periods: Sequence[Sequence[str]]) -> str:
    return ", ".join("–".join(time.replace(":", ".") for time in period) for period in periods)
