"""Which units cannot be staffed under the law as it stands within a change of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from loket.kernel.texts import LANGUAGES
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.policies.models import Change, Circular, Closure
from loket.workforce.models import Counter, RosterDay
from loket.workforce.queries.rosters.problems import problems_for
from loket.workforce.rules import explaining
from loket.workforce.rules.explaining import Reason
from loket.workforce.rules.explaining.facts import facts_of
from loket.workforce.rules.problem import Day, Problem

AHEAD = timedelta(days=14)
"""Days that are looked at, from when the change begins."""

SHOWN = 50
SENTENCES = 2


def unstaffed(*, edition: int, at: datetime) -> dict[str, Any]:
    """Return the units that a change of the law leaves without enough people, and why.

    Of those that have counters, or rosters to come. The first day is told, without names:
    who makes the law need not know who is away. Nothing if no unit is concerned.
    """
    change = Change.objects.get(number=edition)
    since, until = _period(change, at=at)
    units = _concerned(tuple(change.scopes), since)
    if not units or since >= until:
        return {}
    problems = problems_for(units=units, since=since, until=until, at=at)
    found = [
        (unit, problem, on)
        for unit, problem in zip(units, problems, strict=True)
        if (on := _first(problem))
    ]
    return {
        "looked_at": len(units),
        "unstaffed": len(found),
        "from": since.isoformat(),
        "to": until.isoformat(),
        "rows": [_row(*row) for row in found[:SHOWN]],
    }


def _period(change: Change, *, at: datetime) -> tuple[date, date]:
    """Return the days in which a change shows first."""
    kind, _colon, code = change.subject.partition(":")
    starts_at, ends_at = at, None
    if kind == "circular":
        row = Circular.objects.filter(code=code).first()
        if row:
            starts_at, ends_at = row.revoked_from or row.starts_at, row.ends_at
            ends_at = None if row.revoked_from else ends_at
    elif kind == "closure":
        closure = Closure.objects.filter(code=code).first()
        starts_at = closure.starts_at if closure else at
    since = organisation.today(None, at=max(at, starts_at))
    until = since + AHEAD
    if ends_at is not None:
        last = organisation.today(None, at=ends_at - timedelta(microseconds=1))
        until = min(until, last + timedelta(days=1))
    return since, until


def _concerned(scopes: tuple[str, ...], since: date) -> list[Unit]:
    open_ones = Counter.objects.filter(Q(ends_on=None) | Q(ends_on__gt=since))
    planned = RosterDay.objects.filter(on__gte=since)
    wanted = {
        *open_ones.order_by().values_list("unit_id", flat=True).distinct(),
        *planned.order_by().values_list("unit_id", flat=True).distinct(),
    }
    if not wanted or not scopes:
        return []
    return [
        unit
        for unit in organisation.units()
        if unit.pk in wanted and unit.path.startswith(scopes)
    ]


def _first(problem: Problem) -> date | None:
    """Return the first day that cannot be staffed. Days that are alike are looked at once."""
    seen: set[int] = set()
    for day in problem.days:
        sign = _sign(problem, day)
        if sign in seen or not (day.needs or day.least):
            continue
        seen.add(sign)
        facts = facts_of(problem, day.on)
        if not facts.can(facts.demands, {limit: limit.people for limit in facts.limits}):
            return day.on
    return None


def _sign(problem: Problem, day: Day) -> int:
    members = tuple((day.on in m.away, day.on in m.pinned) for m in problem.members)
    rooms = tuple(sorted(day.rooms.items()))
    limits = (day.most, day.most_at_once, day.least, rooms)
    return hash((day.shifts, day.needs, limits, members))


def _row(unit: Unit, problem: Problem, on: date) -> dict[str, Any]:
    reasons, said = explaining.explain(problem, on), {}
    for language in LANGUAGES:
        with override(language):
            said[language] = list(dict.fromkeys(_sentences(on, reasons)))[:SENTENCES]
    return {"unit": unit.code, "name": unit.name, "on": on.isoformat(), "sentences": said}


def _sentences(on: date, reasons: tuple[Reason, ...]) -> Iterator[str]:
    day = written(on, "j F Y")
    for reason in reasons:
        if not reason.limits:
            what = ngettext(
                "%(day)s: %(count)s more person is needed who can do the work",
                "%(day)s: %(count)s more people are needed who can do the work",
                max(reason.missing, 1),
            )
            yield what % {"day": day, "count": max(reason.missing, 1)}
            continue
        limit, needed = reason.limits[0], reason.needed[0]
        facts = {"day": day, "people": limit.people, "needed": needed, "room": limit.room}
        if limit.kind == "room":
            yield _("%(day)s: room %(room)s may hold %(people)s, it takes %(needed)s") % facts
        else:
            yield _("%(day)s: at most %(people)s may come, it takes %(needed)s") % facts
