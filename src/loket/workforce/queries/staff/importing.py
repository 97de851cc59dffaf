"""What a staff file would do, asked of who is on record today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from loket.kernel.access import Actor, require
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.people.rules import imports, sheets
from loket.people.rules.imports import Entry, Line
from loket.people.rules.refs import number_of
from loket.workforce.access import IMPORT
from loket.workforce.rules import importing

from . import posts

PIECE = 400
"""A database takes only so many parameters at once."""


def read_staff_file(data: bytes) -> list[Line]:
    """Return the rows of a staff file, each as it was meant or with what is wrong.

    :raises Invalid: if the file as a whole cannot be read.
    """
    return imports.read(sheets.read(data), skills=importing.SKILL_WORDS)


def import_preview(lines: Iterable[Line], *, actor: Actor, at: datetime) -> importing.Plan:
    """Return row by row what bringing the file in would do, or why it cannot be done.

    :raises NotAllowed: if the actor may import staff nowhere.
    """
    rows = list(lines)
    if not actor.scopes(IMPORT):
        require(actor, IMPORT, scope="")
    today = organisation.today(None, at=at)
    entries = [line.entry for line in rows if line.entry]
    comparison = importing.Comparison(
        _known(entries, on=today),
        may=lambda path: actor.may(IMPORT, scope=path),
        importer=number_of(actor.ref) or None,
        on=today,
    )
    return comparison.plan(rows)


def _known(entries: list[Entry], *, on: date) -> importing.Known:
    accounts = {account.pk: account for account in _named(entries)}
    numbers = sorted(accounts)
    places = _positions(numbers, on=on)
    skills = _gathered(numbers, posts.skills_of)
    desks = _gathered(numbers, lambda piece: posts.desks_of(piece, on=on))
    rooms = {code for entry in entries for code in entry.rooms}
    return importing.Known(
        units={
            code: (path, name)
            for code, path, name in Unit.objects.filter(valid_to=None)
            .order_by("code")
            .values_list("code", "path", "name")
        },
        rooms=frozenset(Room.objects.values_list("code", flat=True)) if rooms else frozenset(),
        people=tuple(
            _person(
                accounts[number],
                places.get(number, []),
                skills.get(number, frozenset()),
                tuple(desk.room.code for desk in desks.get(number, [])),
                on=on,
            )
            for number in numbers
        ),
        usernames=frozenset(
            name.casefold()
            for name in Account.objects.filter(kind=Account.Kind.STAFF).values_list(
                "username", flat=True
            )
        ),
    )


def _named(entries: list[Entry]) -> Iterator[Account]:
    """Yield the accounts that the rows may mean; those of residents by name only."""
    for piece in _pieces(entries):
        nips = {entry.nip for entry in piece} - {""}
        names = {entry.username for entry in piece} - {""}
        yield from _accounts(Q(employment__nip__in=nips) | Q(username__in=names))
    mails = {entry.email for entry in entries} - {""}
    staff = Account.objects.filter(kind=Account.Kind.STAFF).exclude(email="")
    known = staff.values_list("pk", "email") if mails else ()
    for piece in _pieces([pk for pk, email in known if email.casefold() in mails]):
        yield from _accounts(Q(pk__in=piece))


def _accounts(wanted: Q) -> QuerySet[Account]:
    return Account.objects.filter(wanted).select_related("employment").order_by("pk")


def _person(
    account: Account,
    held: list[Position],
    skills: frozenset[str],
    rooms: tuple[str, ...],
    *,
    on: date,
) -> importing.Person:
    now = [place for place in held if place.starts_on <= on]
    homes = [place for place in now if people.is_home(place)] or now
    employment = getattr(account, "employment", None)
    return importing.Person(
        number=account.pk,
        username=account.username,
        name=account.full_name,
        email=account.email,
        is_usable=account.is_active and account.kind == Account.Kind.STAFF,
        employment={
            name: getattr(employment, name)
            for name in ("kind", "nip", "nrk", "born_on", "phone")
        }
        if employment
        else {},
        paths=tuple(dict.fromkeys(place.unit.path for place in homes)),
        posts=tuple(_post(place) for place in held),
        skills=skills,
        rooms=rooms,
    )


def _post(place: Position) -> importing.Post:
    return importing.Post(
        number=place.pk,
        unit=place.unit.code,
        role=place.role,
        basis=place.basis,
        title=place.title,
        level=place.level,
        starts_on=place.starts_on,
        ends_on=place.ends_on,
    )


def _positions(numbers: list[int], *, on: date) -> dict[int, list[Position]]:
    """Return the posts that people hold or will hold, by account."""
    found: dict[int, list[Position]] = {}
    for piece in _pieces(numbers):
        rows = Position.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=on), account_id__in=piece
        ).select_related("unit")
        for place in rows.order_by("id"):
            found.setdefault(place.account_id, []).append(place)
    return found


def _gathered(numbers: list[int], ask: Any) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for piece in _pieces(numbers):
        found.update(ask(piece))
    return found


def _pieces(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), PIECE):
        yield rows[start : start + PIECE]
