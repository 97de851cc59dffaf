"""People are told what their superior decided about them.

Only that it was: why they asked, and what was written to them, they read in Loket.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from loket.kernel.access import Actor
from loket.messaging import services as messaging
from loket.messaging.queries import page_address, recipients
from loket.organisation import queries as organisation
from loket.people.models import Account
from loket.workforce.models import Absence, Clocking, Ruling, WorkReport

DAY = timedelta(days=1)


def tell_absence(absence: Absence, *, actor: Actor, at: datetime) -> None:
    """Tell somebody that the days away for which they asked are granted or refused."""
    last = absence.ends_on - DAY
    facts = {
        "state": absence.state,
        "since_on": absence.starts_on.isoformat(),
        "last_on": last.isoformat() if last > absence.starts_on else "",
        "url": page_address("/desk/absences/"),
    }
    key = f"{absence.subject}:decided"
    _send("absence_decided", absence.account, absence.subject, key, facts, actor=actor, at=at)


def tell_appeal(ruling: Ruling, state: str, *, actor: Actor, at: datetime) -> None:
    """Tell somebody that their appeal was granted or refused."""
    facts = {"state": state, **_day(ruling.on)}
    key = f"appeal:{ruling.pk}:decided"
    to = ruling.account
    _send("appeal_decided", to, to.ref, key, facts, actor=actor, at=at)


def tell_clocking(clocking: Clocking, *, actor: Actor, at: datetime) -> None:
    """Tell somebody that the time counts which their phone claimed."""
    local = clocking.counts_at.astimezone(organisation.zone(clocking.unit))
    facts = {"time": f"{local:%H.%M}", **_day(clocking.on)}
    key = f"clocking:{clocking.pk}:confirmed"
    to = clocking.account
    _send("clocking_confirmed", to, to.ref, key, facts, actor=actor, at=at)


def tell_returned(report: WorkReport, revision: int, *, actor: Actor, at: datetime) -> None:
    """Tell somebody that a day's report came back; once for each time it was handed in."""
    on = report.on.isoformat()
    facts = {"day_on": on, "url": page_address(f"/desk/work/?on={on}")}
    key = f"{report.subject}:returned:{revision}"
    _send("work_returned", report.account, report.subject, key, facts, actor=actor, at=at)


def _day(on: date) -> dict[str, str]:
    return {
        "day_on": on.isoformat(),
        "url": page_address(f"/desk/attendance/days/{on.isoformat()}/"),
    }


def _send(
    notice: str,
    person: Account,
    subject: str,
    key: str,
    facts: dict[str, str],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    messaging.send(
        notice=notice, to=recipients([person])[person.pk], subject=subject, key=key,
        facts=facts, actor=actor, at=at,
    )  # fmt: skip
