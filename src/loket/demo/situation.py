"""What holds today in the invented government: a flood, a shut office, and a plan.

Everything is reckoned from the day on which the demo is filled, and done by the people of
the play through the same functions as on the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account
from loket.policies import services
from loket.policies.models import Circular, Closure
from loket.policies.rules import parse
from loket.policies.rules.format import ClosureForm

from . import cast, circulars
from .history.telling import midnight

SHUT = "G-31.75.02.1001"
"""A kelurahan building in East Jakarta, far from Ayu and her officers."""

AFTERNOON_BEFORE = timedelta(hours=9)
"""The flood circular was enacted at three in the afternoon of the day before."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What holds, what is shut, and what waits to be enacted."""

    flexible: Circular
    flood: Circular
    shut: Closure
    plan: Circular


def arise(*, at: datetime) -> Situation:
    """Let the situation of today come about; what is there already stays as it is.

    :raises NotAllowed: if this is no demo.
    """
    cast.require_demo()
    today = organisation.today(None, at=at)
    return Situation(
        flexible=_flexible(today, enacted_at=flexible_since(at) - AFTERNOON_BEFORE),
        flood=_flood(today, enacted_at=midnight(at) - AFTERNOON_BEFORE),
        shut=_shut(today, at=at),
        plan=_plan(today, at=at),
    )


def standing() -> Situation | None:
    """Return the situation if it came about."""
    flexible, flood = _known(circulars.FLEXIBLE), _known(circulars.FLOOD)
    shut, plan = _known_shut(), _known_plan()
    if flexible and flood and shut and plan:
        return Situation(flexible, flood, shut, plan)
    return None


def flexible_since(at: datetime) -> datetime:
    """Return the moment from which half of the staff of South Jakarta work at home."""
    return midnight(at) - circulars.FLEXIBLE_FOR


def _known(written: dict[str, Any]) -> Circular | None:
    same = {"issuer": written["issuer"], "title_id": written["title"]["id"]}
    return Circular.objects.filter(**same).first()


def _known_shut() -> Closure | None:
    return Closure.objects.filter(scope__place=SHUT).first()


def _known_plan() -> Circular | None:
    plans = Circular.objects.filter(issuer=circulars.GOVERNOR)
    return plans.exclude(state=Circular.State.DISCARDED).first()


def _flexible(today: date, *, enacted_at: datetime) -> Circular:
    known = _known(circulars.FLEXIBLE)
    return known or enact(circulars.flexible(today), at=enacted_at)


def _flood(today: date, *, enacted_at: datetime) -> Circular:
    known = _known(circulars.FLOOD)
    return known or enact(circulars.flood(today), at=enacted_at)


def enact(written: dict[str, Any], *, at: datetime) -> Circular:
    """Let Eka write a circular and Surya enact it, after seeing what it does."""
    eka, surya = _staff("eka", at=at), _staff("surya", at=at)
    draft = services.draft(circular=parse.circular_from(written), actor=eka, at=at)
    simulation = services.simulate(circular=draft, actor=surya, at=at)
    return services.enact(circular=draft, simulation=simulation, actor=surya, at=at)


def _shut(today: date, *, at: datetime) -> Closure:
    known = _known_shut()
    if known is not None:
        return known
    form = ClosureForm.model_validate(
        {
            "place": SHUT,
            "reason": "positive_case",
            "from": today,
            "basis": "Pergub 88/2020 pasal 9 ayat (2) huruf f",
            "words": {
                "id": "Seorang petugas positif COVID-19; gedung didisinfeksi.",
                "en": "One of the officers tested positive; the building is disinfected.",
            },
        }
    )
    return services.close(form=form, actor=_staff("surya", at=at), at=at)


def _plan(today: date, *, at: datetime) -> Circular:
    known = _known_plan()
    if known is not None:
        return known
    return services.draft(
        circular=parse.circular_from(circulars.plan(today)), actor=_staff("eka", at=at), at=at
    )


def _staff(username: str, *, at: datetime) -> Actor:
    return people.actor_for(Account.objects.get(username=username), at=at)
