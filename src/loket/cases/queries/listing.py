"""Lists of cases. They page by key and never count what nobody would read to the end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import IntegerField, Q, Subquery
from django.utils.translation import gettext as _

from loket.cases.access import VIEW
from loket.cases.models import Case, CaseQuerySet
from loket.kernel import codes
from loket.kernel.access import ANYWHERE, Actor
from loket.kernel.errors import Invalid
from loket.organisation.models import Unit

from .drafts import account_id
from .finding import in_lines, shown

PAGE = 25
MOST_COUNTED = 99
MOST_WORDS = 100
"""Signs that are searched for: SQLite refuses patterns of some ten thousand."""
TABS = ("officer", "mine", "head", "resident", "waiting", "closed")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of cases, and where the next one begins; empty at the end."""

    cases: list[Case]
    after: str


def worklist(
    *,
    actor: Actor,
    tab: str = "officer",
    service: str = "",
    words: str = "",
    after: str = "",
    limit: int = PAGE,
    units: Collection[int] | None = None,
    at: datetime,
) -> Listed:
    """Return one page of the cases that the actor may see, the first due first.

    ``tab`` is who must act next (``officer``, ``head``, ``resident``, ``waiting``), or
    ``mine``, or ``closed``. ``words`` is a code, or part of a title or of a name. ``units``
    is what :func:`units_of` gave for the actor, if that was asked before.

    :raises Invalid: if there is no such tab, or ``after`` is not what a page gave out.
    """
    found = filtered(tab, of_units(actor, units), actor=actor, at=at)
    if service:
        found = found.filter(service_code=service)
    if words.strip():
        found = found.filter(matches(words))
    if after:
        found = found.filter(beyond(after, is_closed=tab == "closed"))
    order = ("-id",) if tab == "closed" else ("due_on", "id")
    # First which cases, along an index, then what is shown of them: with all tables in one
    # statement, PostgreSQL may fetch and sort every case of a city for one page.
    page = Case.objects.all().filter(pk__in=found.order_by(*order).values("pk")[: limit + 1])
    rows = list(in_lines(page).order_by(*order))
    more = rows[limit - 1] if len(rows) > limit else None
    return Listed(rows[:limit], f"{more.due_on.isoformat()}~{more.pk}" if more else "")


class Counted(Subquery):
    """How many rows a query has; limit it, and no table can make this slow."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counts(
    *, actor: Actor, units: Collection[int] | None = None, at: datetime
) -> dict[str, str]:
    """Return how many cases are behind each tab but the closed ones, up to ``99+``."""
    seen = of_units(actor, units)
    behind = {
        tab: Counted(
            filtered(tab, seen, actor=actor, at=at).order_by().values("pk")[: MOST_COUNTED + 1]
        )
        for tab in TABS
        if tab != "closed"
    }
    # One statement for all tabs. It needs some table to start from: a row of units.
    numbers = Unit.objects.order_by().annotate(**behind).values(*behind)[:1]
    return {tab: up_to_most(n) for row in numbers for tab, n in row.items()}


def up_to_most(number: int) -> str:
    """Return a number as a tab shows it."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def filtered(tab: str, seen: CaseQuerySet, *, actor: Actor, at: datetime) -> CaseQuerySet:
    """Return those cases that are behind a tab.

    :raises Invalid: if there is no such tab.
    """
    if tab not in TABS:
        raise Invalid(_("There is no such list."))
    if tab == "closed":
        return seen.filter(closed_at__isnull=False)
    if tab == "mine":
        return seen.open().filter(holder_id=account_id(actor), held_until__gt=at)
    return seen.open().filter(state_kind=tab)


def units_of(actor: Actor) -> list[int]:
    """Return the keys of the units whose cases the actor may see."""
    below = Q(pk__in=[])
    for path in actor.scopes(VIEW):
        below |= Q(path__startswith=path)
    return list(Unit.objects.filter(below).values_list("pk", flat=True))


def of_units(actor: Actor, units: Collection[int] | None) -> CaseQuerySet:
    """Return what the actor may see by the keys of the units: an index in due order.

    A path would be searched as text; for one unit, as officers have, the key makes the
    worklist a walk along its index.
    """
    if ANYWHERE in actor.scopes(VIEW):
        return Case.objects.all()
    keys = list(units_of(actor) if units is None else units)
    if len(keys) == 1:
        return Case.objects.all().filter(unit=keys[0])
    return Case.objects.all().filter(unit__in=keys)


def matches(words: str) -> Q:
    """Return the condition that a case has this code, or these words in its title."""
    words = words.strip()[:MOST_WORDS]
    code = codes.normalise(words)
    if codes.is_valid(code):
        return Q(code=code)
    return Q(title__icontains=words) | Q(applicant__icontains=words)


def beyond(after: str, *, is_closed: bool) -> Q:
    """Return the condition that a case comes after the last one of a page.

    :raises Invalid: if this is not what a page gave out.
    """
    day, _sign, number = after.partition("~")
    try:
        due_on, last = date.fromisoformat(day), int(number)
    except ValueError:
        raise Invalid(_("This page of the list does not exist.")) from None
    if is_closed:
        return Q(pk__lt=last)
    return Q(due_on__gte=due_on) & (Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=last))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another application about the same event, wherever it was filed."""

    case: Case
    is_open_to_actor: bool
    """Whether the actor may open it; of others only code, unit and status are shown."""


def duplicates(*, case: Case, actor: Actor) -> list[Duplicate]:
    """Return other applications about the same event, the newest first.

    Offices elsewhere count too: the same event reported twice is reported in two places.
    """
    if not case.duplicate_key:
        return []
    same = Case.objects.filter(duplicate_key=case.duplicate_key).exclude(pk=case.pk)
    found = shown(same).order_by("-id")[:PAGE]
    return [Duplicate(other, actor.may(VIEW, scope=other.unit_path)) for other in found]
