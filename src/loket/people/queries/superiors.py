"""Who decides on whom: one rule, for everything that a superior decides.

Over whom somebody is superior follows from where they may decide, with one limit: nobody
decides on themselves, nor on who heads the unit by which they decide, the one in which they
work, or a unit above either. So a head, on whatever basis, is decided on from above, and two
heads of one unit never by each other. Where that leaves nobody, personnel decides.

Heads are few where rows are many: who heads what is read once, and what it means for the rows
of a unit and a person is worked out here. The database is then asked for plain keys.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people.models import Account, Position
from loket.people.rules.refs import number_of

from .accounts import holders
from .staff import STAFF_ROLES

HEAD = Position.Role.HEAD
NOBODY: frozenset[int] = frozenset()
NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Chain:
    """Who heads which units on a day, above and below some of them; people are account keys."""

    number: int
    """The one who decides."""
    heads: Mapping[str, frozenset[int]]
    """By path of the unit."""
    active: frozenset[int]
    """Those of the heads who can decide at all."""
    seats: Mapping[int, frozenset[str]]
    """Paths of the units on whose staff the heads are, and the one who decides."""
    posts: Mapping[int, tuple[int, str]]
    """Person and path of each position that any of the heads ever held, by key."""
    units: Mapping[int, str]
    """Paths of the units below; empty if nobody heads any of them."""

    def decided_by_me(
        self,
        heading: Collection[str],
        keeping: Collection[str] = (),
        *,
        account: str = "account",
    ) -> Q:
        """Return what tells the rows, of a unit and a person, on which they decide.

        ``heading`` are the paths of the units where they may decide, ``keeping`` those of
        which they keep the records: there they decide on who has no superior. ``account``
        names the person.
        """
        mine = self.seats.get(self.number, frozenset())
        over_me = self._heading(*mine)
        found = NOTHING
        for path in heading:
            above = over_me | self._heading(path)
            found |= Q(unit__path__startswith=path) & ~Q(**{f"{account}__in": above})
        headed = {way for way, ones in self.heads.items() if self.number in ones}
        beside_me = self._at(mine | headed)
        for path in keeping:
            free = self._unled(path, lambda _way: True, account=account)
            found |= free & ~Q(**{f"{account}__in": beside_me})
        return found & ~Q(**{account: self.number})

    def answering_to(self, unit: Unit, *, account: str = "account") -> Q:
        """Return what tells the rows of a unit and below on whom nobody nearer decides.

        Its staff, those of units below that nobody heads, and the heads right below all these.
        """

        def is_nearer(way: str) -> bool:
            return way != unit.path and way.startswith(unit.path)

        if not any(is_nearer(way) for way in self.heads):
            # By key: no index of SQLite serves the beginning of a path.
            below = Unit.objects.filter(path__startswith=unit.path)
            return Q(unit__in=below.values("pk"))
        return self._unled(unit.path, is_nearer, account=account)

    def _unled(self, path: str, counts: Callable[[str], bool], *, account: str) -> Q:
        """Return what tells the rows of a unit and below without a superior in units that count."""
        free: list[int] = []
        unled: dict[str, frozenset[int]] = {}
        for key, below in self.units.items():
            if not below.startswith(path):
                continue
            held = [
                (way, one) for way in _way_up(below) if counts(way) for one in self._able(way)
            ]
            if held:
                unled[below] = frozenset.intersection(*(self._above(*each) for each in held))
            else:
                free.append(key)
        posts = {
            key: way for key, (one, way) in self.posts.items() if one in unled.get(way, NOBODY)
        }
        if not posts:
            return Q(unit__in=free)
        theirs = Position.objects.filter(
            pk__in=list(posts), account=OuterRef(account), unit=OuterRef("unit")
        )
        # With both kinds of units named first, an index leads to their rows.
        ways = set(posts.values())
        led = [key for key, way in self.units.items() if way in ways]
        return Q(unit__in=[*free, *led]) & (Q(unit__in=free) | Q(Exists(theirs)))

    def _above(self, way: str, head: int) -> frozenset[int]:
        """Return those on whom a head of a unit cannot decide: the head, and who is above."""
        return self._heading(way, *self.seats.get(head, ())) | {head}

    def _heading(self, *paths: str) -> frozenset[int]:
        """Return who heads any of some units, or one above them."""
        return self._at({way for path in paths for way in _way_up(path)})

    def _at(self, ways: Collection[str]) -> frozenset[int]:
        """Return who heads exactly any of some units."""
        return NOBODY.union(*(self.heads.get(way, NOBODY) for way in ways))

    def _able(self, way: str) -> frozenset[int]:
        return self.heads.get(way, NOBODY) & self.active


def chain(
    actor: Actor, *, keeping: Collection[str] = (), unit: Unit | None = None, on: date
) -> Chain:
    """Return what decides over whom an actor is superior on a day.

    ``keeping`` as for :meth:`Chain.decided_by_me`, ``unit`` as for
    :meth:`Chain.answering_to`. Two queries; four where heads below matter, six if any of
    them works elsewhere.
    """
    number = number_of(actor.ref)
    below = [*keeping, *([unit.path] if unit else [])]
    held = _current(on).filter(account=number).select_related("unit")
    seats = {number: {row.unit.path for row in held if _is_seat(row, on=on)}}
    scopes = {scope for _name, scope in actor.grants}
    ways = {way for path in {*below, *scopes, *seats[number]} for way in _way_up(path)}
    heads, active = _heads(Q(unit__path__in=ways) | _under(below, path="unit__path"), on=on)
    posts: dict[int, tuple[int, str]] = {}
    units: dict[int, str] = {}
    is_led_below = any(way.startswith(unit.path) and way != unit.path for way in heads if unit)
    if keeping or is_led_below:
        posts = _held(set().union(*heads.values()), seats, on=on)
        over = {way for paths in seats.values() for path in paths for way in _way_up(path)}
        over -= {*ways, *heads}
        if over:  # Somebody heads one unit and works in quite another.
            others = _heads(Q(unit__path__in=over), on=on)[0]
            heads |= others
            posts |= _held(set().union(*others.values()), seats, on=on)
        units = dict(Unit.objects.filter(_under(below, path="path")).values_list("pk", "path"))
    return Chain(
        number=number,
        heads={way: frozenset(ones) for way, ones in heads.items()},
        active=frozenset(active),
        seats={one: frozenset(paths) for one, paths in seats.items()},
        posts=posts,
        units=units,
    )


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


def deciders(account: Account, *, on: date) -> list[Position]:
    """Return by which posts people decide on somebody of a unit, the nearest alone, by name.

    Whoever heads the unit to which the person belongs, or else the nearest above, of those who
    may by the rule. Empty where personnel decides. At most three queries.
    """
    held = list(_current(on).filter(account=account).select_related("unit"))
    headed = {row.unit.path for row in held if row.role == HEAD}
    homes = {row.unit.path for row in held if _is_seat(row, on=on)}
    homes = homes or {row.unit.path for row in held}
    ways = {way for path in homes for way in _way_up(path)}
    heads = holders([HEAD], on=on).filter(unit__path__in=ways).exclude(account=account)
    posts = list(heads)
    seats: dict[int, set[str]] = {}
    _held({post.account_id for post in posts}, seats, on=on)

    def is_able(post: Position) -> bool:
        over = {post.unit.path, *seats.get(post.account_id, ())}
        return not headed.intersection(way for path in over for way in _way_up(path))

    able = [post for post in posts if is_able(post)]
    found: dict[int, Position] = {}
    for home in sorted(homes):
        over = [post for post in able if home.startswith(post.unit.path)]
        nearest = max((len(post.unit.path) for post in over), default=0)
        for post in over:
            if len(post.unit.path) == nearest:
                found.setdefault(post.account_id, post)
    return list(found.values())


def _heads(where: Q, *, on: date) -> tuple[dict[str, set[int]], set[int]]:
    """Return who heads what, and those of them who are active."""
    heads: dict[str, set[int]] = {}
    active: set[int] = set()
    held = _current(on).filter(where, role=HEAD)
    for path, one, is_active in held.values_list("unit__path", "account", "account__is_active"):
        heads.setdefault(path, set()).add(one)
        if is_active:
            active.add(one)
    return heads, active


def _held(
    people: Collection[int], seats: dict[int, set[str]], *, on: date
) -> dict[int, tuple[int, str]]:
    """Return the positions that people ever held, and add where they have seats on a day."""
    posts = {}
    for row in Position.objects.filter(account__in=people).select_related("unit"):
        posts[row.pk] = row.account_id, row.unit.path
        if _is_seat(row, on=on):
            seats.setdefault(row.account_id, set()).add(row.unit.path)
    return posts


def _under(paths: Collection[str], *, path: str) -> Q:
    """Return what tells units, or what belongs to them, at or below some paths."""
    return reduce(or_, (Q(**{f"{path}__startswith": each}) for each in paths), NOTHING)


def _way_up(path: str) -> list[str]:
    """Return a path and those of the units above it."""
    parts = path.strip("/").split("/") if path else []
    return [f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1)]


def _is_seat(row: Position, *, on: date) -> bool:
    """Say whether a position puts somebody on the staff of its unit on a day."""
    is_current = row.starts_on <= on and (row.ends_on is None or row.ends_on > on)
    is_definitive = row.basis == Position.Basis.DEFINITIVE
    return is_current and is_definitive and row.role in STAFF_ROLES


def _current(on: date) -> QuerySet[Position]:
    still = Q(ends_on=None) | Q(ends_on__gt=on)
    return Position.objects.filter(still, starts_on__lte=on)
