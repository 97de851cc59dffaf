"""Who is on the staff of a unit, and who is whose superior."""

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
_FIRST = (Position.Basis.DELEGATED, Position.Basis.ACTING, Position.Basis.DEFINITIVE)
"""Who stands in for days answers before who acts for months, and both before the holder."""


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


def superiors(account: Account, *, on: date) -> list[Account]:
    """Return who may act as somebody's direct superior, who should first.

    That is who heads their unit; of a head, or where nobody heads it, the nearest unit above
    that has a head. Nobody is their own superior. Three queries at most.
    """
    places = homes(account, on=on)
    heading = set(
        _current(on)
        .filter(account=account, role=Position.Role.HEAD)
        .values_list("unit__code", flat=True)
    )
    above = {place.unit.code: _way_up(place.unit.path, heading) for place in places}
    heads = _heads({code for way in above.values() for code in way}, account, on=on)
    found: dict[int, Account] = {}
    for way in above.values():
        nearest = next((heads[code] for code in way if code in heads), [])
        found.update((head.account_id, head.account) for head in nearest)
    return list(found.values())


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


def _heads(codes: set[str], account: Account, *, on: date) -> dict[str, list[Position]]:
    held = _current(on).filter(
        role=Position.Role.HEAD, unit__code__in=codes, account__is_active=True
    )
    found: dict[str, list[Position]] = {}
    for head in held.exclude(account=account).select_related("account", "unit").order_by("id"):
        found.setdefault(head.unit.code, []).append(head)
    for several in found.values():
        several.sort(key=lambda head: _FIRST.index(Position.Basis(head.basis)))
    return found


def _way_up(path: str, heading: set[str]) -> list[str]:
    """Return codes from a unit to the top; of a head, from above what they head."""
    codes = path.strip("/").split("/")[::-1]
    return codes[1:] if codes[0] in heading else codes


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
