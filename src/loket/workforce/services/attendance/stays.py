"""Who was in which room: written along with clocking in and out, for tracing.

What came in late counts for attendance from its receipt until the superior confirms it. A stay
follows the phone's word at once, where that is possible: nobody gains by it, and by the receipt
somebody would have shared rooms with people long after they had left.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from loket.workforce.models import Clocking, Stay
from loket.workforce.queries.attendance.facts import claimable
from loket.workforce.queries.attendance.places import room_of


def follow(row: Clocking) -> None:
    """Begin or end the stay of whoever clocks in or out at an office."""
    if row.kind == Clocking.Kind.IN and row.way != Clocking.Way.HOME:
        _begin(row)
    elif row.kind == Clocking.Kind.OUT:
        _end(row)


def retime(row: Clocking, *, before: datetime) -> None:
    """Move the edge of a stay that went by the receipt of a clocking which is confirmed now."""
    stays = _of(row)
    if row.kind == Clocking.Kind.IN:
        own = stays.filter(source_key=row.key, starts_at=before)
        own.update(starts_at=row.counts_at)
    elif row.kind == Clocking.Kind.OUT:
        stays.filter(ends_at=before, starts_at__lt=row.counts_at).update(ends_at=row.counts_at)


def _begin(row: Clocking) -> None:
    moment = _moment(row)
    lasting = _of(row).filter(Q(ends_at=None) | Q(ends_at__gt=moment))
    first = lasting.order_by("starts_at").values_list("pk", flat=True).first()
    if first is not None:
        Stay.objects.filter(pk=first, starts_at__gt=moment).update(starts_at=moment)
        return
    room = room_of(account=row.account, on=row.on, place=row.place)
    if room is None:
        return
    Stay.objects.create(
        account=row.account,
        room=room,
        on=row.on,
        starts_at=moment,
        source=Stay.Source.CLOCK,
        source_key=row.key,
    )


def _end(row: Clocking) -> None:
    """End the last stay; whoever clocks out again was there until then.

    A clocking out that came in late ends nothing that a later clocking in shows to have gone
    on. It may end earlier what the end of the hours had ended.
    """
    moment = ends_at = _moment(row)
    if moment < row.counts_at:
        pressed = list(Clocking.objects.filter(account=row.account, on=row.on))
        if any(each.kind == Clocking.Kind.IN and _moment(each) > moment for each in pressed):
            return
        outs = (_moment(each) for each in pressed if each.kind == Clocking.Kind.OUT)
        ends_at = max(outs, default=moment)
    last = _of(row).filter(starts_at__lt=moment).order_by("-starts_at").values("pk")[:1]
    Stay.objects.filter(pk__in=last).update(ends_at=ends_at)


def _moment(row: Clocking) -> datetime:
    """Return when somebody was at the door, as far as it can be known."""
    return claimable(row) or row.counts_at


def _of(row: Clocking) -> QuerySet[Stay]:
    return Stay.objects.filter(account=row.account, on=row.on, source=Stay.Source.CLOCK)
