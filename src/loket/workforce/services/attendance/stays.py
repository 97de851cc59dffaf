"""Who was in which room: written along with clocking in and out, for tracing."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from loket.workforce.models import Clocking, Stay
from loket.workforce.queries.attendance.places import room_of


def follow(row: Clocking) -> None:
    """Begin or end the stay of whoever clocks in or out at an office."""
    if row.kind == Clocking.Kind.IN and row.way != Clocking.Way.HOME:
        _begin(row)
    elif row.kind == Clocking.Kind.OUT:
        _end(row)


def retime(row: Clocking, *, before: datetime) -> None:
    """Move the edge of the stay with a clocking whose time was confirmed."""
    stays = _of(row)
    if row.kind == Clocking.Kind.IN:
        stays.filter(source_key=row.key).update(starts_at=row.counts_at)
    elif row.kind == Clocking.Kind.OUT:
        stays.filter(ends_at=before, starts_at__lt=row.counts_at).update(ends_at=row.counts_at)


def _begin(row: Clocking) -> None:
    if _of(row).filter(ends_at=None).exists():
        return
    room = room_of(account=row.account, on=row.on, place=row.place)
    if room is None:
        return
    Stay.objects.create(
        account=row.account,
        room=room,
        on=row.on,
        starts_at=row.counts_at,
        source=Stay.Source.CLOCK,
        source_key=row.key,
    )


def _end(row: Clocking) -> None:
    """End what is open; whoever clocks out again was there until then."""
    if _of(row).filter(ends_at=None).update(ends_at=row.counts_at):
        return
    last = _of(row).order_by("-starts_at").values("pk")[:1]
    Stay.objects.filter(pk__in=last, ends_at__lt=row.counts_at).update(ends_at=row.counts_at)


def _of(row: Clocking) -> QuerySet[Stay]:
    return Stay.objects.filter(account=row.account, on=row.on, source=Stay.Source.CLOCK)
