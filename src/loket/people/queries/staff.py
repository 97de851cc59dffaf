"""Who is on the staff of a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from loket.people.models import Account, Position
from loket.people.rules.refs import ref_of

STAFF_ROLES = (Position.Role.STAFF, Position.Role.OFFICER, Position.Role.HEAD)
"""Who holds one of these definitively in a unit is on its staff."""
MANY = 500
"""More units than this are sifted here: a database takes only so many parameters."""
_LEVELS = tuple(Position.Level.values)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the staff of a unit, by their highest post there."""

    account_id: int
    name: str
    unit: str
    path: str
    """Of the unit."""
    role: str
    title: str
    level: str
    """Structural level; ``""`` if the post has none."""
    born_on: date | None

    @property
    def key(self) -> str:
        """Ref of the account, as planners and events name them."""
        return ref_of(self.account_id)


def staff_of(units: str | Collection[str] | None, *, on: date) -> list[Member]:
    """Return the staff of a unit, of several, or of all on a day, by unit and account.

    Acting and delegated positions move nobody. One row for each person and unit. One query.
    """
    wanted = [units] if isinstance(units, str) else units
    found: dict[tuple[str, int], Member] = {}
    for row in _members(wanted, on=on):
        if wanted is not None and row.unit not in wanted:
            continue
        known = found.get((row.unit, row.account_id))
        if known is None or _rank(row) < _rank(known):
            found[row.unit, row.account_id] = row
    return [found[key] for key in sorted(found)]


def homes(account: Account, *, on: date) -> list[Position]:
    """Return the positions by which somebody is on the staff of units; else all they hold."""
    held = list(_current(on).filter(account=account).select_related("unit").order_by("id"))
    staff = [place for place in held if is_home(place)]
    return staff or held


def home_paths(account: Account, *, on: date) -> list[str]:
    """Return the paths of the units to which somebody belongs on a day."""
    return list(dict.fromkeys(place.unit.path for place in homes(account, on=on)))


def home_seats(*, on: date) -> QuerySet[Position]:
    """Return the positions by which people belong to units on a day, as :func:`homes` says."""
    held = _current(on)
    staff = held.filter(role__in=STAFF_ROLES, basis=Position.Basis.DEFINITIVE)
    theirs = staff.filter(account=OuterRef("account"))
    seats = Q(role__in=STAFF_ROLES, basis=Position.Basis.DEFINITIVE) | ~Exists(theirs)
    return held.filter(seats)


def belonging_to(paths: Collection[str], *, on: date) -> QuerySet[Account]:
    """Return who belongs to units at or below some paths on a day, as :func:`homes` says."""
    if not paths:
        return Account.objects.none()
    below = reduce(or_, (Q(unit__path__startswith=path) for path in paths))
    held = _current(on).filter(account=OuterRef("pk"))
    staff = held.filter(role__in=STAFF_ROLES, basis=Position.Basis.DEFINITIVE)
    return Account.objects.filter(
        Exists(staff.filter(below)) | (~Exists(staff) & Exists(held.filter(below)))
    )


def staff_posts(paths: Collection[str], *, on: date) -> QuerySet[Position]:
    """Return the posts on the staff of units at or below some paths, by name.

    Acting and delegated ones too: the list says who does what.
    """
    if not paths:
        return Position.objects.none()
    below = reduce(or_, (Q(unit__path__startswith=path) for path in paths))
    held = _current(on).filter(below, role__in=STAFF_ROLES, account__is_active=True)
    return held.select_related("account__employment", "unit").order_by(
        "account__full_name", "id"
    )


def _members(units: Collection[str] | None, *, on: date) -> Iterable[Member]:
    held = _current(on).filter(
        role__in=STAFF_ROLES, basis=Position.Basis.DEFINITIVE, account__is_active=True
    )
    if units is not None and len(units) <= MANY:
        held = held.filter(unit__code__in=units)
    rows = held.order_by("id").values_list(
        "account_id", "account__full_name", "unit__code", "unit__path", "role", "title",
        "level", "account__employment__born_on",
    )  # fmt: skip
    return (Member(*row) for row in rows.iterator())


def _rank(row: Member) -> tuple[int, int]:
    """Order posts of one person in one unit, the highest first."""
    level = _LEVELS.index(row.level) if row.level in _LEVELS else len(_LEVELS)
    return level, -STAFF_ROLES.index(Position.Role(row.role))


def is_home(place: Position) -> bool:
    """Say whether a position makes its holder one of the unit's staff."""
    return place.role in STAFF_ROLES and place.basis == Position.Basis.DEFINITIVE


def _current(on: date) -> QuerySet[Position]:
    still = Q(ends_on=None) | Q(ends_on__gt=on)
    return Position.objects.filter(still, starts_on__lte=on)
