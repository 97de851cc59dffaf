"""Why offices are shut, for how long at least, and what must be done before they reopen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

from .resolving import Book


@dataclass(frozen=True)
class Reason:
    """What a reason for closing demands."""

    code: str
    label: StrPromise
    minimum: timedelta = timedelta(0)
    counting: Literal["day", "hour"] = "hour"
    """``day``: the minimum is counted from the beginning of the first day, by the office's
    clock; ``hour``: from the moment of closing."""
    requires: tuple[str, ...] = ()
    """Kinds of record without which it cannot reopen."""
    source: str = ""
    """The rule that demands the minimum."""


REASONS = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            # Three times 24 hours from Sunday 20 September 2020 was Wednesday 23 September,
            # in the morning: the first day counts whole.
            Reason(
                "positive_case",
                gettext_lazy("Somebody who works here is infected"),
                minimum=timedelta(hours=72),
                counting="day",
                requires=("disinfection", "tracing"),
                source="Pergub DKI Jakarta 88/2020 pasal 9 ayat (2) huruf f",
            ),
            Reason("flood", gettext_lazy("Flood"), requires=("safety_check",)),
            Reason("fire", gettext_lazy("Fire"), requires=("safety_check",)),
            Reason("blackout", gettext_lazy("Power failure")),
            Reason("unrest", gettext_lazy("Unrest nearby"), requires=("safety_check",)),
            Reason("other", gettext_lazy("Another reason")),
        )
    }
)


def over_at(reason: str, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Return when the minimum of a closure is over, by the clocks of the office."""
    rule = REASONS[reason]
    begins = starts_at.astimezone(zone)
    if rule.counting == "day":
        begins = datetime.combine(begins.date(), time.min, zone)
    return max(begins + rule.minimum, starts_at.astimezone(zone))


def earliest(
    reason: str, *, starts_at: datetime, book: Book, units: Iterable[str], room: str = ""
) -> datetime | None:
    """Return the first moment at which what was closed may open again.

    The first moment within the hours of one of ``units`` after the minimum, by its own
    calendar and the hours in force, as if nothing were closed. None if none of them ever
    opens.

    :raises NotFound: if there is no such unit or room.
    """
    openings = [
        book.opening_at_or_after(unit, over_at(reason, starts_at, book.zone(unit)), room=room)
        for unit in units
    ]
    return min((opening for opening in openings if opening), default=None)
