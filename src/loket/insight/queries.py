"""Figures of a unit and all below it, counted from the journal.

They read the same rows as the applicant's timeline and the audit trail: a figure can be
opened and every entry behind it read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Q, QuerySet

from loket.cases import queries as cases
from loket.cases.access import VIEW
from loket.journal import queries as journal
from loket.journal.models import Entry
from loket.kernel.access import Actor, require

COUNTED = {
    "received": "case.submitted",
    "returned": "case.returned",
    "resubmitted": "case.resubmitted",
    "verified": "case.verified",
    "signed": "case.signed",
    "refused": "case.refused",
    "withdrawn": "case.withdrawn",
    "closed": "case.closed",
}
"""Each figure, with the name of the event that it counts."""

AGES = ((0, 1), (1, 3), (3, 7), (7, 14), (14, None))
"""Bands of calendar days that open cases have waited: from, and up to but not including."""


@dataclass(frozen=True, slots=True)
class Band:
    """How many open cases have waited between so many days."""

    since: int
    until: int | None
    cases: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a unit and below it within a period."""

    counts: dict[str, int]
    """By the names in :data:`COUNTED`."""
    closed_in_time: int
    median_working_days: float | None
    """From filing to the end, without the days it was with the applicant."""
    waiting: tuple[Band, ...]
    """Cases that wait for the office now, by age."""


def figures(
    *,
    unit_path: str,
    since: datetime,
    until: datetime,
    service: str = "",
    actor: Actor,
    at: datetime,
) -> Figures:
    """Return the figures of a unit and all below it within a half-open period.

    :raises NotAllowed: if the actor may not see the unit's cases.
    """
    require(actor, VIEW, scope=unit_path)
    found = entries(unit_path=unit_path, since=since, until=until, service=service)
    names = dict(found.order_by().values_list("name").annotate(Count("pk")))
    ended = found.filter(name=COUNTED["closed"])
    return Figures(
        counts={figure: names.get(name, 0) for figure, name in COUNTED.items()},
        closed_in_time=ended.filter(facts__in_time=True).count(),
        median_working_days=median_days(ended),
        waiting=waiting(unit_path=unit_path, service=service, actor=actor, at=at),
    )


def entries(
    *, unit_path: str, since: datetime, until: datetime, service: str = ""
) -> QuerySet[Entry]:
    """Return the journal's entries behind the figures."""
    found = journal.named(COUNTED.values(), since=since, until=until)
    found = found.filter(facts__unit__startswith=unit_path)
    return found.filter(facts__service=service) if service else found


def by_day(
    *, unit_path: str, since: datetime, days: int, service: str = "", actor: Actor
) -> list[tuple[datetime, int, int]]:
    """Return, for each day from a moment on, how many cases were received and closed.

    :raises NotAllowed: if the actor may not see the unit's cases.
    """
    require(actor, VIEW, scope=unit_path)
    until = since + timedelta(days=days)
    found = entries(unit_path=unit_path, since=since, until=until, service=service)
    received, closed = [0] * days, [0] * days
    wanted = {COUNTED["received"]: received, COUNTED["closed"]: closed}
    for name, moment in found.filter(name__in=wanted).values_list("name", "at"):
        wanted[name][(moment - since).days] += 1
    return [
        (since + timedelta(days=number), received[number], closed[number])
        for number in range(days)
    ]


def median_days(ended: QuerySet[Entry]) -> float | None:
    """Return the median of the working days that ended cases took, if any could be counted.

    The database groups equal numbers, so that a year of a province is a short list.
    """
    grouped = (
        ended.exclude(facts__working_days=None)
        .order_by()
        .values_list("facts__working_days")
        .annotate(Count("pk"))
    )
    took = [days for days, times in grouped if days is not None for _ in range(times)]
    return float(median(took)) if took else None


def waiting(
    *, unit_path: str, service: str = "", actor: Actor, at: datetime
) -> tuple[Band, ...]:
    """Return how many open cases wait for officers and heads, by age, in one query."""
    waits = cases.visible_to(actor).open().filter(unit_path__startswith=unit_path)
    waits = waits.filter(state_kind__in=["officer", "head"])
    if service:
        waits = waits.filter(service_code=service)
    counts = waits.aggregate(
        **{f"band_{since}": Count("pk", filter=aged(since, until, at)) for since, until in AGES}
    )
    return tuple(Band(since, until, counts[f"band_{since}"]) for since, until in AGES)


def aged(since: int, until: int | None, at: datetime) -> Q:
    """Return the condition that a case was filed so many days ago."""
    old_enough = Q(submitted_at__lte=at - timedelta(days=since))
    if until is None:
        return old_enough
    return old_enough & Q(submitted_at__gt=at - timedelta(days=until))
