"""What the law allows on the days of a roster, and which days have none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.organisation.rules.calendar import CalendarMissing
from loket.people import queries as people
from loket.ui import periods
from loket.workforce import queries
from loket.workforce.models import RosterDay

from . import words

DAY = timedelta(days=1)
AHEAD = 14
MOST_DAYS = 92
PARTS = ("most", "most_at_once", "least", "pinned", "shifts", "counters")
Days = tuple[date, date]


def shown(unit: Unit, days: Days, *, at: datetime) -> dict[str, Any]:
    """Return the law day by day; days on which nobody works are named."""
    since, until = days
    staff = len(people.staff_of(unit.code, on=since))
    found = {
        law.on: law for law in queries.law_days(unit=unit, since=since, until=until, at=at)
    }
    calendar = organisation.calendar(unit, range(since.year, until.year + 1))
    rows: list[dict[str, Any]] = []
    for number in range((until - since).days):
        on = since + number * DAY
        if law := found.get(on):
            because = [reason for part in PARTS for reason in law.because.get(part, ())]
            rows.append(
                {
                    "on": on,
                    "shifts": law.shifts,
                    "most": law.most,
                    "most_at_once": law.most_at_once,
                    "least": law.least,
                    "staff": staff,
                    "because": because,
                    "about": words.long_day(on),
                }
            )
        elif on.weekday() < 5:  # noqa: PLR2004 -- Monday to Friday
            rows.append({"on": on, "closed": calendar.why_closed(on)})
    return {"law": rows, "law_period": periods.span_of_days(since, until - DAY)}


def uncovered(unit: Unit, today: date) -> str:
    """Return the working days of the next two weeks that no published roster covers."""
    until = today + AHEAD * DAY
    has = set(
        RosterDay.objects.filter(unit=unit, on__gte=today, on__lt=until).values_list(
            "on", flat=True
        )
    )
    calendar = organisation.calendar(unit, range(today.year, until.year + 1))
    days = (today + number * DAY for number in range(AHEAD))
    try:
        missing = [on for on in days if on not in has and calendar.is_working_day(on)]
    except CalendarMissing as missing_year:
        return str(missing_year)
    if not missing:
        return ""
    return _("No roster is published for %(days)s.") % {"days": words.spans(missing)}
