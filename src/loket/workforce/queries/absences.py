"""Who is away on which days. Why is never among the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor, Permission
from loket.kernel.errors import NotFound
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.people.rules.refs import number_of
from loket.workforce.access import READ_REASONS, RECORD, VALIDATE
from loket.workforce.models import Absence
from loket.workforce.rules import absences as rules

from .superiors import deciding_first

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


def absences_of(account: Account) -> QuerySet[Absence]:
    """Return somebody's days away, asked for or not, the latest first."""
    rows = Absence.objects.filter(account=account).select_related("account")
    return rows.order_by("-starts_on", "-id")


def nearest_absences(
    actor: Actor, *, on: date, units: Collection[Unit]
) -> tuple[QuerySet[Absence], QuerySet[Absence]]:
    """Return the days away that wait for the actor to decide, the first to begin on top.

    First those on which nobody nearer than the heads of these units decides, then the rest.
    """
    everything, near = deciding_first(actor, on=on, units=units)
    first = reduce(or_, (each.absences for each in near), Q(pk__in=()))
    rows = Absence.objects.filter(everything.absences, state=Absence.State.ASKED)
    rows = rows.select_related("account").order_by("starts_on", "id")
    return rows.filter(first), rows.exclude(first)


def coming_absences(actor: Actor, *, on: date) -> QuerySet[Absence]:
    """Return the granted days away of the actor's units that last or come."""
    rows = _seen(actor, (VALIDATE, RECORD), on=on)
    granted = rows.filter(state=Absence.State.GRANTED, ends_on__gt=on)
    return granted.order_by("starts_on", "account__full_name", "id")


def absence(code: str, *, actor: Actor, on: date) -> Absence:
    """Return one absence that is the actor's own or of their units.

    :raises NotFound: if there is none that they may know of.
    """
    rows = Absence.objects.select_related("account").filter(code=code)
    own = rows.filter(account_id=number_of(actor.ref)).first()
    seen = (
        own or _seen(actor, (VALIDATE, RECORD, READ_REASONS), on=on).filter(code=code).first()
    )
    if seen is None:
        raise NotFound(_("There is no such absence."))
    return seen


def _seen(actor: Actor, needs: Collection[Permission], *, on: date) -> QuerySet[Absence]:
    paths = {path for each in needs for path in actor.scopes(each)}
    rows = Absence.objects.filter(account__in=people.belonging_to(paths, on=on))
    return rows.select_related("account")


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
