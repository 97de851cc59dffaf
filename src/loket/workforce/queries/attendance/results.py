"""What people's days came to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.models import Clocking
from loket.workforce.rules.attendance import discipline
from loket.workforce.rules.attendance.judging import judge, may_be_absent
from loket.workforce.rules.attendance.values import DayResult

from . import facts

DAY = timedelta(days=1)


def day_result(*, account: Account, on: date, at: datetime) -> DayResult:
    """Return what a day of somebody came to as it stands at a moment, line by line.

    :raises NotFound: if they were on no unit's staff on that day.
    """
    found = day_results(accounts=[account.pk], since=on, until=on + DAY, at=at)
    if (account.pk, on) not in found:
        raise NotFound(_("On this day %(name)s was not on the staff.") % {"name": account})
    return found[account.pk, on]


def day_results(
    *, accounts: Collection[int], since: date, until: date, at: datetime
) -> dict[tuple[int, date], DayResult]:
    """Return what the days in ``[since, until)`` came to, by person and day.

    Days on which somebody was on no unit's staff are not in the answer. Nine queries for any
    number of people.
    """
    read = facts.read(accounts, since=since, until=until)
    today = organisation.today(None, at=at)
    found = {}
    for account in accounts:
        for on in days(since, until):
            known = facts.facts(read, account, on, today=today)
            if known is not None:
                found[account, on] = judge(known, at=at)
    return found


def unexcused(*, accounts: Collection[int], at: datetime) -> dict[int, discipline.Count]:
    """Count everybody's unexcused days of this year, until yesterday. Nine queries."""
    today = organisation.today(None, at=at)
    first = date(today.year, 1, 1)
    read = facts.read(accounts, since=first, until=today, has_clockings=False)
    rows = Clocking.objects.filter(account_id__in=accounts, on__gte=first, on__lt=today)
    present = set(rows.values_list("account_id", "on").distinct())
    year = days(first, today)
    return {
        account: discipline.count(
            # Who clocked at all is not absent: that needs no judging, and is nearly every day.
            False if (account, on) in present else _mark(read, account, on, today, at)
            for on in year
        )
        for account in accounts
    }


def _mark(read: facts.Read, account: int, on: date, today: date, at: datetime) -> bool | None:
    """Return whether a day is unexcused, or None if nobody works."""
    known = facts.facts(read, account, on, today=today)
    if known is None or known.holiday or not known.is_kept:
        return None
    return may_be_absent(known) and judge(known, at=at).is_unexcused


def seat_of(*, account: Account, on: date) -> Unit | None:
    """Return the unit on whose staff somebody is on a day, with its office."""
    for place in people.homes(account, on=on):
        if place.role in people.STAFF_ROLES and place.basis == place.Basis.DEFINITIVE:
            return organisation.unit(place.unit.code)
    return None


def clockings_of(*, accounts: Collection[int], since: date, until: date) -> QuerySet[Clocking]:
    """Return the clockings of people in ``[since, until)``, in the order in which they count."""
    return (
        Clocking.objects.filter(account_id__in=accounts, on__gte=since, on__lt=until)
        .select_related("account", "place", "photo")
        .order_by("counts_at", "id")
    )


def days(since: date, until: date) -> list[date]:
    """Return the days in ``[since, until)``."""
    return [since + timedelta(days=n) for n in range((until - since).days)]
