"""Who decides on whom: one rule, for everything that a superior decides.

Over whom somebody is superior follows from where they may decide, with one limit: nobody
decides on themselves, nor on who heads the unit by which they decide, the one in which they
work, or a unit above either. So a head, on whatever basis, is decided on from above, and two
heads of one unit never by each other. Where that leaves nobody, personnel decides.

All here tell rows that have a unit and a person, named by ``account``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from loket.organisation.models import Unit
from loket.people.models import Account, Position

from .accounts import holders
from .staff import STAFF_ROLES

HEAD = Position.Role.HEAD


def decided_by(
    number: int,
    *,
    heading: Collection[str],
    keeping: Collection[str] = (),
    on: date,
    account: str = "account",
) -> Q:
    """Return what tells the rows on which an account decides on a day.

    ``heading`` are the paths of the units where it may decide, ``keeping`` those of which it
    keeps the records: there it decides on who has no superior.
    """
    headed = _current(on).filter(role=HEAD, account=OuterRef(account))
    seats = _seats(on).filter(account=number)
    over_seat = Exists(seats.filter(unit__path__startswith=OuterRef("unit__path")))
    at_seat = Exists(seats.filter(unit=OuterRef("unit")))
    free = Unit.objects.filter(~Exists(_of(_heads(on), "path")))
    found = Q(pk__in=())
    for path in heading:
        above = headed.filter(Q(unit__path__in=_way_up(path)) | over_seat)
        found |= Q(~Exists(above), unit__path__startswith=path)
    for path in keeping:
        mine = Exists(headed.filter(at_seat))
        within = Q(unit__path__startswith=path) & Q(~mine)
        found |= within & _unless(free, _superiors(on, account), on=on, account=account)
    return found & ~Q(**{account: number})


def answering_to(unit: Unit, *, on: date, account: str = "account") -> Q:
    """Return what tells the rows of a unit and below on whom nobody nearer decides.

    Its staff, those of units below that nobody heads, and the heads right below all these.
    """
    below = Unit.objects.filter(path__startswith=unit.path)
    between = _of(_heads(on), "path").filter(unit__path__startswith=unit.path)
    own = below.filter(~Exists(between.exclude(unit=unit)))
    within = Q(unit__in=below.values("pk"))
    return within & _unless(own, _superiors(on, account, below=unit), on=on, account=account)


def nearest_heads(
    path: str, *, on: date, besides: Collection[int] = frozenset()
) -> list[Account]:
    """Return who heads a unit, or else the nearest above that anybody heads, by name.

    A unit that one of ``besides`` heads is passed over: whoever is above it decides.
    One query.
    """
    found: dict[str, dict[int, Account]] = {}
    for held in holders([HEAD], on=on).filter(unit__path__in=_way_up(path)):
        found.setdefault(held.unit.path, {})[held.account_id] = held.account
    for way in sorted(found, key=len, reverse=True):
        if not found[way].keys() & set(besides):
            return list(found[way].values())
    return []


def _unless(units: QuerySet[Unit], superiors: Exists, *, on: date, account: str) -> Q:
    """Return what tells the rows of some units, and of heads those without superiors.

    Whether somebody is superior costs much to ask, and is asked of heads alone.
    """
    is_head = Exists(_current(on).filter(role=HEAD, account=OuterRef(account)))
    staff = Q(~is_head) & Q(unit__in=units.values("pk"))
    return staff | (Q(is_head) & Q(~superiors))


def _superiors(on: date, account: str, *, below: Unit | None = None) -> Exists:
    """Return whether anybody is superior of the person of a row, as :func:`decided_by` says.

    With a unit: whether anybody is who heads one below it.
    """
    theirs = _current(on).filter(role=HEAD)
    above = _of(theirs, "unit__path").filter(account=OuterRef(OuterRef(account)))
    over_seat = _of(theirs, "unit__path").filter(account=OuterRef(OuterRef(OuterRef(account))))
    seats = _seats(on).filter(Exists(over_seat), account=OuterRef("account"))
    others = _of(_heads(on), "unit__path").filter(~Q(account=OuterRef(account)))
    if below is not None:
        others = others.filter(unit__path__startswith=below.path).exclude(unit=below)
    return Exists(others.filter(~Exists(above), ~Exists(seats)))


def _of(held: QuerySet[Position], way: str) -> QuerySet[Position]:
    """Return positions in the unit of the row outside, or in one above it."""
    outside = ExpressionWrapper(OuterRef(way), output_field=CharField())
    return held.alias(way=outside).filter(way__startswith=F("unit__path"))


def _way_up(path: str) -> list[str]:
    """Return a path and those of the units above it."""
    parts = path.strip("/").split("/") if path else []
    return [f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1)]


def _heads(on: date) -> QuerySet[Position]:
    return _current(on).filter(role=HEAD, account__is_active=True)


def _seats(on: date) -> QuerySet[Position]:
    return _current(on).filter(role__in=STAFF_ROLES, basis=Position.Basis.DEFINITIVE)


def _current(on: date) -> QuerySet[Position]:
    still = Q(ends_on=None) | Q(ends_on__gt=on)
    return Position.objects.filter(still, starts_on__lte=on)
