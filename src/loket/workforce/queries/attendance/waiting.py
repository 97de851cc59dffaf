"""What waits for the superior: appeals, and clockings that came in late."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce.access import VALIDATE, VIEW
from loket.workforce.models import Clocking, Ruling
from loket.workforce.queries.superiors import deciding

from .facts import claimable

BACK = timedelta(days=62)
"""How far back a clocking that came in late is still shown to be confirmed."""


def appeals_waiting(*, unit: Unit, actor: Actor, today: date) -> QuerySet[Ruling]:
    """Return the appeals that wait for the actor in a unit, the oldest first.

    The staff's, and those of the heads right below.
    """
    wanted = deciding(actor, on=today, unit=unit).rows
    rows = Ruling.objects.filter(wanted, state=Ruling.State.ASKED)
    return rows.select_related("account", "unit", "proof").order_by("asked_at", "id")


def clockings_waiting(
    *, unit: Unit, actor: Actor, today: date, since: date | None = None
) -> list[Clocking]:
    """Return the clockings that came in late and whose time the actor can confirm.

    Of the staff of a unit and of the heads right below, the oldest first.
    """
    wanted = deciding(actor, on=today, unit=unit).rows
    days = Q(on__gt=(since or today) - BACK)
    rows = Clocking.objects.filter(wanted, days, is_offline=True, confirmed_by="")
    late = rows.select_related("account").order_by("on", "id")
    return [row for row in late if claimable(row) is not None]


def appeal(*, account: Account, on: date) -> Ruling | None:
    """Return the appeal of somebody for a day, the last if one was refused before."""
    rows = Ruling.objects.filter(account=account, on=on).select_related(
        "account", "unit", "proof"
    )
    return rows.order_by("-asked_at", "-id").first()


def clocking(*, key: str, actor: Actor) -> Clocking:
    """Return a clocking.

    :raises NotFound: if there is none that the actor may see.
    """
    rows = Clocking.objects.select_related("account", "unit", "place", "photo")
    row = rows.filter(key=key).first()
    if row is None or not sees_days(actor, row.account, row.unit):
        raise NotFound(_("There is no such clocking."))
    return row


def sees_days(actor: Actor, account: Account, unit: Unit) -> bool:
    """Say whether somebody may see what the days of another came to in a unit."""
    return actor.ref == account.ref or any(
        actor.may(permission, scope=unit.path) for permission in (VALIDATE, VIEW)
    )
