"""Which counters a unit has, what people can do, and where they sit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound
from loket.organisation.models import Unit
from loket.workforce.models import Counter, Desk, Skill


def counters(unit: Unit, *, on: date | None = None) -> QuerySet[Counter]:
    """Return the counters of a unit by code, all or those of a day."""
    rows = Counter.objects.filter(unit=unit).select_related("room", "unit").order_by("code")
    return rows if on is None else rows.filter(_stands(on), starts_on__lte=on)


def counter(unit: Unit, code: str) -> Counter:
    """Return one counter of a unit.

    :raises NotFound: if there is none with this code.
    """
    if found := counters(unit).filter(code=code).first():
        return found
    raise NotFound(_("There is no counter “%(code)s” here.") % {"code": code})


def skills_of(account_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """Return what people can do; who can do nothing special is not in the answer."""
    found: dict[int, set[str]] = {}
    rows = Skill.objects.filter(account_id__in=account_ids).values_list("account_id", "name")
    for number, name in rows:
        found.setdefault(number, set()).add(name)
    return {number: frozenset(names) for number, names in found.items()}


def desks_of(account_ids: Collection[int], *, on: date) -> dict[int, list[Desk]]:
    """Return where people work on a day, the main desk first."""
    found: dict[int, list[Desk]] = {}
    rows = Desk.objects.filter(_stands(on), starts_on__lte=on, account_id__in=account_ids)
    for desk in rows.select_related("room").order_by("-is_main", "id"):
        found.setdefault(desk.account_id, []).append(desk)
    return found


def _stands(on: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=on)
