"""When an office receives the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor, require
from loket.kernel.errors import NotFound
from loket.kernel.events import announce
from loket.organisation.access import MANAGE
from loket.organisation.events import OfficeChanged
from loket.organisation.models import Office, Unit
from loket.organisation.rules.hours import check


def set_hours(
    *, unit: Unit, hours: Mapping[str, Sequence[Sequence[str]]], actor: Actor, at: datetime
) -> Office:
    """Set the opening hours of a unit's office, all week.

    :raises NotAllowed: if the actor may not change this unit.
    :raises NotFound: if the unit has no office.
    :raises Invalid: if the hours cannot be.
    """
    require(actor, MANAGE, scope=unit.path)
    wanted = check(hours)
    with transaction.atomic():
        office = Office.objects.select_for_update().filter(unit=unit).first()
        if office is None:
            raise NotFound(_("“%(unit)s” has no office.") % {"unit": unit.name})
        before = office.hours
        if before != wanted:
            office.hours = wanted
            office.save(update_fields=["hours"])
            announce(
                OfficeChanged(
                    actor=actor,
                    at=at,
                    subject=f"unit:{unit.code}",
                    before=before,
                    after=wanted,
                )
            )
    return office
