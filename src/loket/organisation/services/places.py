"""Buildings and rooms, as operators keep them."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import ANYWHERE, Actor, require
from loket.kernel.errors import Invalid, NotFound
from loket.kernel.events import announce
from loket.organisation.access import MANAGE
from loket.organisation.events import OfficeMoved, PlaceChanged, RoomChanged
from loket.organisation.models import Office, Place, Room, Unit
from loket.organisation.rules.places import check_point

_CODE = re.compile(r"^[A-Z0-9][A-Z0-9.-]*$", re.ASCII)
LONGEST = {"name": 120, "address": 200, "floor": 20}
HIGHEST_CAPACITY = 9999


def set_place(
    *,
    code: str,
    name: str,
    address: str,
    latitude: float | None = None,
    longitude: float | None = None,
    actor: Actor,
    at: datetime,
) -> Place:
    """Put a building on record, or change it, and the address of the offices in it.

    All of it is given; a point that is not given is nowhere.

    :raises NotAllowed: if the actor may not change buildings.
    :raises Invalid: if the code, the name, the address or the point cannot be.
    """
    require(actor, MANAGE, scope=ANYWHERE)
    _check_code(code, longest=40)
    wanted = {
        "name": _words("name", name),
        "address": _words("address", address),
        **_point(latitude, longitude),
    }
    with transaction.atomic():
        before = _facts(Place.objects.select_for_update().filter(code=code).first())
        place, _created = Place.objects.update_or_create(code=code, defaults=wanted)
        offices = Office.objects.filter(place=place, address=before.get("address"))
        offices.update(address=place.address)
        if before != wanted:
            announce(
                PlaceChanged(
                    actor=actor, at=at, subject=f"place:{code}", before=before, after=wanted
                )
            )
    return place


def move_office(*, unit: Unit, place: Place, floor: str, actor: Actor, at: datetime) -> Office:
    """Put the office of a unit in a building, on a floor. Its rooms stay where they are.

    In another building it takes the address of that building.

    :raises NotAllowed: if the actor may not change this unit.
    :raises NotFound: if the unit has no office.
    :raises Invalid: if the floor is missing or too long.
    """
    require(actor, MANAGE, scope=unit.path)
    floor = _words("floor", floor)
    with transaction.atomic():
        office = (
            Office.objects.select_for_update(of=("self",))
            .select_related("place")
            .filter(unit=unit)
            .first()
        )
        if office is None:
            raise NotFound(_("“%(unit)s” has no office.") % {"unit": unit.name})
        before = f"{office.place.code} {office.floor}" if office.place else ""
        after = f"{place.code} {floor}"
        if before != after:
            if office.place_id != place.pk:
                office.address = place.address
            office.place, office.floor = place, floor
            office.save(update_fields=["place", "floor", "address"])
            subject = f"unit:{unit.code}"
            announce(
                OfficeMoved(actor=actor, at=at, subject=subject, before=before, after=after)
            )
    return office


def set_room(
    *,
    code: str,
    unit: Unit,
    place: Place,
    name: str,
    floor: str,
    capacity: int,
    actor: Actor,
    at: datetime,
) -> Room:
    """Put a room of a unit on record, or change it.

    :raises NotAllowed: if the actor may not change this unit.
    :raises Invalid: if the code, the name, the floor or the capacity cannot be.
    """
    require(actor, MANAGE, scope=unit.path)
    _check_code(code, longest=60)
    if not 1 <= capacity <= HIGHEST_CAPACITY:
        sentence = _("A room holds at least 1 and at most %(most)d people.")
        raise Invalid(sentence % {"most": HIGHEST_CAPACITY})
    wanted = {
        "name": _words("name", name),
        "unit": unit,
        "place": place,
        "floor": _words("floor", floor),
        "capacity": capacity,
    }
    with transaction.atomic():
        known = _room(code)
        if known:
            require(actor, MANAGE, scope=known.unit.path)
        before = _furniture(known)
        room, _created = Room.objects.update_or_create(code=code, defaults=wanted)
        _announce_room(code, before, _furniture(room), actor=actor, at=at)
    return room


def remove_room(*, code: str, actor: Actor, at: datetime) -> None:
    """Take a room off the record, because it is none any more.

    :raises NotFound: if there is no such room.
    :raises NotAllowed: if the actor may not change the unit whose room it is.
    """
    with transaction.atomic():
        room = _room(code)
        if room is None:
            raise NotFound(_("There is no room “%(code)s”.") % {"code": code})
        require(actor, MANAGE, scope=room.unit.path)
        room.delete()
        _announce_room(code, _furniture(room), {}, actor=actor, at=at)


def _room(code: str) -> Room | None:
    rooms = Room.objects.select_for_update(of=("self",)).select_related("unit", "place")
    return rooms.filter(code=code).first()


def _announce_room(
    code: str,
    before: dict[str, str | int],
    after: dict[str, str | int],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    if before != after:
        subject = f"room:{code}"
        announce(RoomChanged(actor=actor, at=at, subject=subject, before=before, after=after))


def _facts(place: Place | None) -> dict[str, str | float | None]:
    kept = ("name", "address", "latitude", "longitude")
    return {field: getattr(place, field) for field in kept} if place else {}


def _furniture(room: Room | None) -> dict[str, str | int]:
    if room is None:
        return {}
    return {
        "name": room.name,
        "unit": room.unit.code,
        "place": room.place.code,
        "floor": room.floor,
        "capacity": room.capacity,
    }


def _check_code(code: str, *, longest: int) -> None:
    if not _CODE.match(code) or len(code) > longest:
        sentence = _(
            "Write a code of capital letters, digits, points and dashes, not “%(code)s”."
        )
        raise Invalid(sentence % {"code": code})


def _words(field: str, given: str) -> str:
    words = " ".join(given.split())
    if not 1 <= len(words) <= LONGEST[field]:
        sentence = {
            "name": _("A name has 1 to %(most)d letters."),
            "address": _("An address has 1 to %(most)d letters."),
            "floor": _("A floor or block has 1 to %(most)d letters."),
        }[field]
        raise Invalid(sentence % {"most": LONGEST[field]})
    return words


def _point(latitude: float | None, longitude: float | None) -> dict[str, float | None]:
    found = (latitude, longitude)
    if latitude is not None and longitude is not None:
        found = check_point(latitude, longitude)
    elif found != (None, None):
        raise Invalid(_("A point has a latitude and a longitude in degrees."))
    return dict(zip(("latitude", "longitude"), found, strict=True))
