"""Who is told what: people about themselves alone, the team and heads about no person.

Letters to people are forgotten once they are sent, and the name of the notice says nothing
about health: what is written down of it is that somebody must stay at home.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.incidents.models import Incident
from loket.kernel.access import Actor
from loket.messaging import services as messaging
from loket.messaging.queries import page_address, recipients
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.workforce.models import Absence

TEAM = Position.Role.TRACER
HEAD = Position.Role.HEAD


def tell_contact(absence: Absence, *, last_on: date, actor: Actor, at: datetime) -> None:
    """Tell somebody that they were near a positive case, without saying whose, and what to do."""
    with override(absence.account.language):
        why = _(
            "You were near somebody who has tested positive. Watch your health. If you fall "
            "ill, see a doctor and tell your superior only that you are ill."
        )
    _tell_to_stay(absence, why, last_on=last_on, actor=actor, at=at)


def tell_positive(absence: Absence, *, last_on: date, actor: Actor, at: datetime) -> None:
    """Tell somebody who is positive until when they stay away."""
    with override(absence.account.language):
        why = _(
            "Your positive test is on record. Only the tracing team knows that it is yours; "
            "your colleagues are not told your name."
        )
    _tell_to_stay(absence, why, last_on=last_on, actor=actor, at=at)


def tell_may_return(absence: Absence, *, back_on: date, actor: Actor, at: datetime) -> None:
    """Tell somebody that they need not stay at home any longer, without saying why they did."""
    account = absence.account
    messaging.send(
        notice="may_return",
        to=recipients([account])[account.pk],
        subject=absence.subject,
        key=f"{absence.subject}:may_return:{at.isoformat()}",
        facts={
            "due_on": back_on.isoformat(),
            "url": page_address("/desk/absences/"),
        },
        secret=True,
        actor=actor,
        at=at,
    )


def tell_team(incident: Incident, *, actor: Actor, at: datetime) -> int:
    """Tell those who handle incidents of the unit that there is one; return how many."""
    url = page_address(f"/desk/incidents/{incident.code}/")
    return _tell_post(incident, TEAM, "incident_reported", url, actor=actor, at=at)


def propose_closure(incident: Incident, *, actor: Actor, at: datetime) -> int:
    """Ask the heads of the unit to close it; return how many."""
    url = page_address(f"/desk/closures/new/?unit={incident.unit.code}")
    return _tell_post(incident, HEAD, "closure_proposed", url, actor=actor, at=at)


def _tell_to_stay(
    absence: Absence, why: str, *, last_on: date, actor: Actor, at: datetime
) -> None:
    account = absence.account
    messaging.send(
        notice="stay_home",
        to=recipients([account])[account.pk],
        subject=absence.subject,
        key=f"{absence.subject}:stay_home:{last_on.isoformat()}:{at.isoformat()}",
        facts={
            "due_on": last_on.isoformat(),
            "why": why,
            "url": page_address("/desk/absences/"),
        },
        secret=True,
        actor=actor,
        at=at,
    )


def _tell_post(
    incident: Incident, role: str, notice: str, url: str, *, actor: Actor, at: datetime
) -> int:
    told = 0
    for number, reached in recipients(_in_charge(incident, role, at=at)).items():
        sent = messaging.send(
            notice=notice,
            to=reached,
            subject=incident.subject,
            key=f"{incident.subject}:{notice}:{number}",
            facts={"label": incident.unit.name, "url": url},
            actor=actor,
            at=at,
        )
        told += sent is not None
    return told


def _in_charge(incident: Incident, role: str, *, at: datetime) -> list[Account]:
    """Return whom to tell of the unit: every tracer, or the nearest heads besides the person."""
    on = organisation.today(incident.unit, at=at)
    if role == HEAD:
        positive = {incident.account_id} if incident.account_id else set()
        nearest = people.nearest_heads(incident.unit_path, on=on)
        others = [head for head in nearest if head.pk not in positive]
        return others or people.nearest_heads(incident.unit_path, on=on, besides=positive)
    held = people.holders([role], on=on)
    team = {
        post.account_id: post.account
        for post in held
        if incident.unit_path.startswith(post.unit.path)
    }
    team.pop(incident.account_id or 0, None)
    return list(team.values())


def first_day_back(last_on: date) -> date:
    """Return the first day on which somebody may come again."""
    return last_on + timedelta(days=1)
