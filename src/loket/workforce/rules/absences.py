"""Which days somebody is away, what may lie over what, and how long a reason is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOME, LEAVE, TRAVEL = "home", "leave", "travel"

KINDS: dict[str, str | Promise] = {
    HOME: _("must not be in the office"),
    LEAVE: _("on leave"),
    TRAVEL: _("on official travel"),
}
"""All that who plans ever sees. The order is not that of weight, see :data:`WEIGHT`."""
WEIGHT = (LEAVE, TRAVEL, HOME)
"""On a day with two, the first of these counts: who is on leave does not work at home either."""

REASONS: dict[str, dict[str, str | Promise]] = {
    HOME: {
        "pregnancy": _("pregnancy"),
        "chronic": _("chronic illness"),
        "elderly": _("vulnerable age"),
        "monitoring": _("under monitoring"),
        "household": _("somebody at home is ill"),
        "other": _("another reason"),
    },
    LEAVE: {
        "annual": _("annual leave"),
        "sick": _("sick leave"),
        "maternity": _("maternity leave"),
        "important": _("leave for an important reason"),
        "long": _("long leave"),
        "unpaid": _("leave without pay"),
        "other": _("another reason"),
    },
    TRAVEL: {
        "duty": _("official duty elsewhere"),
        "training": _("training"),
        "other": _("another reason"),
    },
}
"""Private reasons, by the kind of absence to which they belong."""

MONITORING = "monitoring"
LONGEST = {HOME: 366, LEAVE: 1096, TRAVEL: 183}
"""Days. Leave without pay is given for three years at most."""
BACK = timedelta(days=31)
"""How long ago an absence may begin that somebody asks for; personnel may write down any."""
AHEAD = timedelta(days=366)
KEPT = timedelta(days=90)
"""How long after its end the reason of an absence is kept."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days of one kind, the end not included."""

    kind: str
    starts_on: date
    ends_on: date


def clash(asked: Period, known: Iterable[Period]) -> Period | None:
    """Return the first known absence that does not go together with the one asked for.

    Leave may lie within days on which somebody must not be in the office; nothing else may
    lie over another absence.
    """
    for other in sorted(known, key=lambda period: period.starts_on):
        apart = other.ends_on <= asked.starts_on or asked.ends_on <= other.starts_on
        if not apart and {asked.kind, other.kind} != {HOME, LEAVE}:
            return other
    return None


def days(starts_on: date, ends_on: date, *, since: date, until: date) -> list[date]:
    """Return the days of an absence within a window; both ends are not included."""
    first, last = max(starts_on, since), min(ends_on, until)
    return [first + timedelta(days=n) for n in range((last - first).days)]


def heaviest(kinds: Iterable[str]) -> str:
    """Return the kind that counts on a day with several."""
    return min(kinds, key=WEIGHT.index)


def erase_on(ends_on: date) -> date:
    """Return the day on which the reason of an absence is forgotten."""
    return ends_on + KEPT
