"""The codes at the doors."""

from __future__ import annotations

from datetime import datetime

from django.utils.crypto import salted_hmac

from loket.kernel.access import Actor
from loket.organisation.models import Place
from loket.workforce.access import PLAN
from loket.workforce.rules.attendance import doors as rules


def door_code(*, place: Place, at: datetime) -> str:
    """Return what the door of a building shows at a moment."""
    return rules.code(secret(), place.code, rules.minute_of(at))


def doors_of(*, actor: Actor) -> list[Place]:
    """Return the buildings whose code somebody may show: where units are that they plan."""
    rows = Place.objects.filter(offices__isnull=False).order_by("name", "code")
    paths = rows.values_list("pk", "offices__unit__path")
    mine = {pk for pk, path in paths if actor.may(PLAN, scope=path)}
    return list(Place.objects.filter(pk__in=mine).order_by("name", "code"))


def secret() -> bytes:
    """Return what the codes of this installation are made with."""
    return salted_hmac("loket.workforce.doors", "", algorithm="sha256").digest()
