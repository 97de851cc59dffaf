"""Days in addresses, and what a page says of the days before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce.models import WorkReport

SHOWN = 10
WEEKEND = 5
FIRST = date(1970, 1, 1)
"""No work of before is known, and the calendar itself has a first day."""
STATES = {
    "": (gettext_lazy("not handed in"), "quiet"),
    "submitted": (gettext_lazy("handed in"), ""),
    "validated": (gettext_lazy("validated"), "good"),
    "returned": (gettext_lazy("returned"), "warning"),
}
"""State of a report to what it is called, and to how it is coloured."""


def chosen(wanted: str, *, at: datetime) -> date:
    """Return the day that an address asks for; of days to come, today."""
    today = organisation.today(None, at=at)
    try:
        return max(FIRST, min(date.fromisoformat(wanted), today))
    except ValueError:
        return today


def exact(written: str) -> date:
    """Return the day in an address.

    :raises NotFound: if it is none.
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise NotFound(_("There is no such day.")) from None


def report_of(username: str, on: str, actor: Actor) -> WorkReport:
    """Return a report that the actor may judge.

    :raises NotFound: if there is none, or the actor may not judge it.
    """
    today = organisation.today(None, at=clock.now())
    return queries.work_report(username=username, on=exact(on), actor=actor, today=today)


def month(wanted: str, *, at: datetime) -> date:
    """Return the first day of the month that an address asks for, or of this one."""
    today = organisation.today(None, at=at)
    try:
        return max(FIRST, min(date.fromisoformat(f"{wanted}-01"), today.replace(day=1)))
    except ValueError:
        return today.replace(day=1)


def before(account: Account, *, at: datetime) -> list[dict[str, Any]]:
    """Return the last days with the state of each: working weekdays, and days handed in."""
    known = {row.on: row for row in queries.work_reports_of(account, limit=SHOWN)}
    today = organisation.today(None, at=at)
    span = (today - timedelta(days=back) for back in range(2 * SHOWN))
    days = [on for on in span if on in known or on.weekday() < WEEKEND][:SHOWN]
    return [{"on": on, **state_of(known.get(on))} for on in days]


def state_of(report: WorkReport | None) -> dict[str, Any]:
    """Return how the state of a report is shown."""
    label, tag = STATES[report.state if report else ""]
    return {"state": label, "tag": tag, "is_late": bool(report and report.is_late)}
