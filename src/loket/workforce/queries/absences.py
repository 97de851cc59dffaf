"""Who is away on which days. Why is never among the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from loket.workforce.models import Absence
from loket.workforce.rules import absences as rules

MANY = 500
"""More people than this are sifted here: a database takes only so many parameters."""


def must_stay_out(
    account_ids: Collection[int], *, since: date, until: date
) -> dict[int, frozenset[date]]:
    """Return the days in ``[since, until)`` on which people must not be in the office.

    For whatever reason; who has none is not in the answer. One query.
    """
    found: dict[int, set[date]] = {}
    for number, _kind, days in _granted(account_ids, since=since, until=until):
        found.setdefault(number, set()).update(days)
    return {number: frozenset(days) for number, days in found.items()}


def kinds_on(
    account_ids: Collection[int], *, since: date, until: date
) -> dict[tuple[int, date], str]:
    """Return for each person and day in ``[since, until)`` what kind of absence counts.

    Of several on one day the heaviest: leave, then travel, then not in the office. One query.
    """
    found: dict[tuple[int, date], str] = {}
    for number, kind, days in _granted(account_ids, since=since, until=until):
        for day in days:
            known = found.get((number, day), kind)
            found[number, day] = rules.heaviest((known, kind))
    return found


def absent(account_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Return who of these is on leave or on official travel, and so gets nothing new to do.

    Who must only not be in the office goes on working from home. One query.
    """
    found = kinds_on(account_ids, since=on, until=on + timedelta(days=1))
    return frozenset(number for (number, _on), kind in found.items() if kind != rules.HOME)


def _granted(
    account_ids: Collection[int], *, since: date, until: date
) -> Iterator[tuple[int, str, list[date]]]:
    rows = Absence.objects.filter(
        state=Absence.State.GRANTED, ends_on__gt=since, starts_on__lt=until
    )
    if len(account_ids) <= MANY:
        rows = rows.filter(account_id__in=account_ids)
    wanted = frozenset(account_ids)
    fields = rows.values_list("account_id", "kind", "starts_on", "ends_on")
    for number, kind, starts_on, ends_on in fields.iterator():
        if number in wanted:
            yield number, kind, rules.days(starts_on, ends_on, since=since, until=until)
