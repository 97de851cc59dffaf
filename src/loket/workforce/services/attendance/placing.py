"""Where somebody clocked in: by the place that the phone says, or by the code at the door."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Invalid
from loket.organisation.models import Place
from loket.people import services as people
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce.models import Clocking
from loket.workforce.queries.attendance import Pressing
from loket.workforce.queries.attendance.doors import secret
from loket.workforce.rules.attendance import doors, hints, spots
from loket.workforce.rules.attendance.values import Sent

TRIES, PER_SECONDS = 20, 600
"""Codes that somebody may try; a million are possible, and two for each door are right."""

AROUND_CLAIM = (-1, 0, 1)
"""Minutes around what a phone without a line claims: clocks of phones differ a little."""

FAR_AWAY = 2_000_000_000
KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class Placed:
    """The building in which somebody clocked in, if that is known, and what is odd."""

    place: Place | None = None
    metres: int | None = None
    flags: tuple[str, ...] = ()


def place(
    sent: Sent,
    account: Account,
    day: Pressing,
    *,
    pressed: datetime,
    actor: Actor,
    at: datetime,
) -> Placed:
    """Return where somebody clocks in.

    :raises Invalid: if the place is too far or the code wrong, and the page is online: what was
        pressed without a line is kept and flagged, since nobody could say so then.
    """
    flags = _odd(sent, account, at)
    if sent.way == Clocking.Way.HOME:
        return Placed(flags=flags if is_whole(sent) else ("no_place",))
    allowed = queries.allowed_places(account=account, unit=day.unit, on=day.on)
    if sent.way == Clocking.Way.CODE:
        found = _by_code(sent, allowed, pressed=pressed, actor=actor, at=at)
        return Placed(found.place, found.metres, (*found.flags, *flags))
    found = _by_point(sent, allowed)
    return Placed(found.place, found.metres, (*found.flags, *flags))


def _by_code(
    sent: Sent, allowed: Sequence[Place], *, pressed: datetime, actor: Actor, at: datetime
) -> Placed:
    people.throttle(
        key=f"door:{actor.ref}", limit=TRIES, per_seconds=PER_SECONDS, actor=actor, at=at
    )
    codes = {place.code: place for place in allowed}
    around = AROUND_CLAIM if sent.is_offline else (0, -1)
    found = doors.opened(secret(), sent.code, sorted(codes), at=pressed, around=around)
    if found:
        return Placed(codes[found])
    if sent.is_offline:
        return Placed(flags=("wrong_code",))
    sentence = _(
        "This code is not the one at the door of your office now. It changes each minute: "
        "read it again."
    )
    raise Invalid(sentence, fields={"code": [sentence]})


def _by_point(sent: Sent, allowed: Sequence[Place]) -> Placed:
    point = sent.point
    known = spots.known((each.code, each.latitude, each.longitude) for each in allowed)
    if point is None or not is_whole(sent) or not known:
        return Placed(flags=("no_place",))
    spot = spots.nearest(point, known)
    if spot is None:
        return Placed(flags=("no_place",))
    nearest = next(each for each in allowed if each.code == spot.place)
    if spots.is_within(spot.metres, sent.accuracy, radius=settings.ATTENDANCE_RADIUS_METRES):
        return Placed(nearest, spot.metres)
    if sent.is_offline:
        return Placed(None, min(spot.metres, FAR_AWAY), ("far",))
    sentence = _(
        "Your phone is %(distance)s from %(place)s, the nearest place where you may clock in. "
        "If that is wrong, use the code at the door, or clock in without a place; your superior "
        "will see that."
    )
    raise Invalid(
        sentence % {"distance": distance_in_words(spot.metres), "place": nearest.name},
        fields={"place": [distance_in_words(spot.metres)]},
    )


def distance_in_words(metres: int) -> str:
    """Return “340 m” or “2.4 km”."""
    if metres < KILOMETRE:
        return _("%(metres)s m") % {"metres": metres}
    kilometres = number_format(metres / KILOMETRE, decimal_pos=1)
    return _("%(kilometres)s km") % {"kilometres": kilometres}


def _odd(sent: Sent, account: Account, at: datetime) -> tuple[str, ...]:
    """Return what looks odd about the place, beside the last places of the same person."""
    if not is_whole(sent) or sent.latitude is None or sent.longitude is None:
        return ()
    rows = Clocking.objects.filter(account=account, latitude__isnull=False)
    past = [
        hints.Fix(row.latitude or 0, row.longitude or 0, row.accuracy_m, row.received_at)
        for row in rows.order_by("-received_at", "-id")[: hints.STEADY]
    ]
    accuracy = whole_metres(sent.accuracy)
    fix = hints.Fix(sent.latitude, sent.longitude, accuracy, at)
    return hints.odd(fix, past=past, fixed_at=sent.fixed_at, claimed_at=sent.claimed_at)


def is_whole(sent: Sent) -> bool:
    """Say whether a point was sent that is one."""
    return spots.is_point(sent.latitude, sent.longitude)


def whole_metres(accuracy: float | None) -> int | None:
    """Return an accuracy in metres as it is stored: rounded up, within bounds."""
    if accuracy is None or not math.isfinite(accuracy) or accuracy < 0:
        return None
    return min(math.ceil(accuracy), FAR_AWAY)


def bounded(seconds: int | None) -> int | None:
    """Return a difference of clocks as a column holds it; a phone may say any year."""
    return None if seconds is None else max(-FAR_AWAY, min(seconds, FAR_AWAY))
