"""What a unit's head has to decide: how much of it, and on which page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.workforce.access import PLAN, VALIDATE
from loket.workforce.queries import Waits


def decisions(waits: Waits, unit: Unit, actor: Actor) -> list[dict[str, Any]]:
    """Return what the actor may decide in a unit, how much of it waits, and where.

    Personnel decides only where nobody heads: nothing is said where nothing waits for it.
    """
    found = (
        (VALIDATE, waits.reports, _("Reports to validate"), "desk:work-team"),
        (VALIDATE, waits.appeals, _("Appeals about attendance"), "desk:attendance-team"),
        (VALIDATE, waits.absences, _("Days away asked for"), "desk:absences-team"),
        (PLAN, waits.swaps, _("Swaps of turns"), "desk:rosters"),
        (PLAN, waits.drafts, _("Rosters to publish after a change"), "desk:rosters"),
    )
    return [
        {"count": count, "label": label, "url": f"{reverse(route)}?unit={unit.code}"}
        for permission, count, label, route in found
        if actor.may(permission, scope=unit.path) or (count and permission is VALIDATE)
    ]
