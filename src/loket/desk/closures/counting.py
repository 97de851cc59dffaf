"""How the earliest reopening was counted, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from loket.desk.typed import zone
from loket.kernel.errors import Invalid
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.organisation.rules.calendar import Calendar
from loket.policies.models import Closure
from loket.policies.rules import closing

MOST = 40
DAY = timedelta(days=1)


def days(closure: Closure, unit: Unit | None) -> list[dict[str, Any]]:
    """Return each day from the closing to the earliest reopening, with what it was."""
    first = closure.starts_at.astimezone(zone())
    last = closure.earliest_at.astimezone(zone())
    calendar = organisation.calendar(unit, range(first.year, last.year + 1))
    over_at = closing.over_at(closure.reason, closure.starts_at, zone())
    return [
        {"on": on, "number": number, "words": words}
        for on, number, words in counted(first.date(), last.date(), over_at.date(), calendar)
    ][:MOST]


def counted(
    first: date, last: date, over_on: date, calendar: Calendar
) -> Iterator[tuple[date, int, str]]:
    """Yield each day with its number within the minimum, or why nothing opens on it."""
    on, number = first, 0
    while on < last:
        if on < over_on:
            number += 1
            yield on, number, _("day %(number)s of the minimum") % {"number": number}
        else:
            yield on, 0, why_shut(calendar, on)
        on += DAY
    yield last, 0, _("may reopen")


def why_shut(calendar: Calendar, on: date) -> str:
    """Return the holiday or weekend that a day is; nothing, if it has just no hours left."""
    try:
        return calendar.why_closed(on) or _("after the office hours")
    except Invalid:
        return _("outside the office hours")
