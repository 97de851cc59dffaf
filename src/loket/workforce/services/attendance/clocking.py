"""Clock somebody in or out. The server's time counts; the phone's is only written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce.events import Clocked
from loket.workforce.models import Clocking
from loket.workforce.queries.attendance import Pressing
from loket.workforce.rules.attendance import claims, hints
from loket.workforce.rules.attendance.values import Sent

from . import placing, stays
from .photos import keep_photo

KEY = re.compile(r"[0-9A-Za-z-]{8,40}")
"""It stands in addresses of the superior's pages too."""


@dataclass(frozen=True, slots=True)
class _Time:
    """When something was pressed, as far as that can be said."""

    contact_at: datetime | None
    skew: int | None
    pressed: datetime | None
    """By the server's clock, if the phone is right and that is possible."""


def clock_in_out(*, sent: Sent, actor: Actor, at: datetime) -> Clocking:
    """Take a clocking in or out; sent again with the same key, it is the same.

    A second clocking in is kept and flagged: the first counts. Of several out the last counts.
    Call it outside transactions: a photo is inspected.

    :raises Invalid: if the place is too far, the code wrong, or the photo missing or none.
    :raises NotAllowed: if the actor is on no unit's staff.
    :raises TooMany: after many tries of codes.
    :raises Conflict: if a phone sends what somebody else pressed on it.
    """
    account = people.account_of(actor)
    if (known := _known(sent, account)) is not None:
        return known
    when = _time(sent, account, at)
    day = queries.clock_day(account=account, kind=sent.kind, moment=when.pressed or at, at=at)
    placed = placing.place(sent, account, day, pressed=when.pressed or at, actor=actor, at=at)
    photo = keep_photo(sent, day, actor=actor, at=at)
    row = _row(sent, account, day, when, at)
    row.place, row.distance_m, row.photo = placed.place, placed.metres, photo
    row.flags = [*dict.fromkeys((*placed.flags, *_flags(sent, day, when)))]
    return _store(row, photo, actor=actor, at=at)


def _known(sent: Sent, account: Account) -> Clocking | None:
    """Return what was stored under this key before."""
    if not KEY.fullmatch(sent.key):
        raise Invalid(_("The page sent something incomplete. Reload it and press again."))
    if sent.kind not in Clocking.Kind.values or sent.way not in Clocking.Way.values:
        raise Invalid(_("The page sent something incomplete. Reload it and press again."))
    row = Clocking.objects.select_related("account", "unit").filter(key=sent.key).first()
    if row is not None and row.account_id != account.pk:
        raise Conflict(_("Somebody else sent this. Reload the page and press again."))
    return row


def _time(sent: Sent, account: Account, at: datetime) -> _Time:
    """Weigh what the phone says against when its page last spoke with the server."""
    word = queries.read_server_word(sent.contact) if sent.contact else None
    if word is not None and word[0] != account.pk:
        raise Conflict(
            _("Somebody else pressed this on this phone. They must sign in to send it.")
        )
    contact_at = word[1] if word else None
    skew = claims.skew(sent.sent_at, at)
    pressed = claims.pressed_at(sent.claimed_at, skew, at)
    is_possible = claims.is_possible(pressed, contact_at=contact_at, received_at=at)
    return _Time(contact_at, skew, pressed if sent.is_offline and is_possible else None)


def _row(sent: Sent, account: Account, day: Pressing, when: _Time, at: datetime) -> Clocking:
    point = sent.point if placing.is_whole(sent) else None
    return Clocking(
        account=account,
        unit=day.unit,
        key=sent.key,
        kind=sent.kind,
        way=sent.way,
        on=day.on,
        counts_at=at,
        received_at=at,
        claimed_at=sent.claimed_at,
        skew_seconds=placing.bounded(when.skew),
        is_offline=sent.is_offline,
        contact_at=when.contact_at,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        accuracy_m=placing.whole_metres(sent.accuracy) if point else None,
    )


def _flags(sent: Sent, day: Pressing, when: _Time) -> tuple[str, ...]:
    facts = day.facts
    at_home = sent.way == Clocking.Way.HOME
    found = {
        "again": sent.kind == Clocking.Kind.IN and day.has_in,
        "clock": hints.is_skewed(when.skew),
        "unproven": sent.is_offline and when.pressed is None,
        "unplanned": facts.source != "ordinary"
        and facts.where == ("office" if at_home else "home"),
    }
    return tuple(name for name, is_so in found.items() if is_so)


def _store(row: Clocking, photo: StoredFile | None, *, actor: Actor, at: datetime) -> Clocking:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            stays.follow(row)
            announce(
                Clocked(
                    actor=actor,
                    at=at,
                    subject=row.account.ref,
                    unit=row.unit.path,
                    on=row.on.isoformat(),
                    kind=row.kind,
                    is_offline=row.is_offline,
                )
            )
    except IntegrityError:
        # The same was sent twice at once, and the other was first.
        first = Clocking.objects.select_related("account", "unit").filter(key=row.key).first()
        if first is None or first.account_id != row.account_id:
            raise
        if photo is not None:
            files.remove(file=photo, actor=actor, at=at, because="sent twice")
        return first
    return row
