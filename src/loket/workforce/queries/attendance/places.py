"""Where somebody may clock in: the office of their unit, and where their desks are."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from loket.organisation.models import Place, Room, Unit
from loket.people.models import Account
from loket.workforce.models import Desk, Turn


def allowed_places(*, account: Account, unit: Unit, on: date) -> list[Place]:
    """Return the buildings in which somebody may clock in on a day, by code. One query."""
    desks = Desk.objects.filter(_current(on), account=account)
    turns = Turn.objects.filter(account=account, on=on, roster__state="published")
    where = (
        Q(offices__unit=unit)
        | Q(rooms__desks__in=desks)
        | Q(rooms__in=turns.exclude(room=None).values("room"))
    )
    return list(Place.objects.filter(where).distinct().order_by("code"))


def room_of(*, account: Account, on: date, place: Place | None) -> Room | None:
    """Return the room in which somebody most likely works: that of the turn, or of a desk.

    Of several desks the main one in the building where they clocked in, else the main one.
    """
    turn = (
        Turn.objects.filter(account=account, on=on, roster__days__on=on)
        .exclude(room=None)
        .select_related("room")
        .first()
    )
    if turn is not None:
        return turn.room
    desks = Desk.objects.filter(_current(on), account=account).select_related("room")
    mine = sorted(desks.order_by("id"), key=lambda desk: not desk.is_main)
    near = [desk for desk in mine if place is not None and desk.room.place_id == place.pk]
    return next((desk.room for desk in near or mine), None)


def _current(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
