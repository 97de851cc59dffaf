"""The one answer, from a book that is read once for each edition of the law.

A book is kept in the process under the token of its edition. The token is drawn at random
with every change, within the transaction of the change: what was rolled back can never be
asked for again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from loket.kernel.errors import Conflict, Invalid
from loket.policies.models import Circular, Edition
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import InForce

from . import facts

KEPT = 2
"""The law as it stands, and as it stood or would stand."""

TRIES = 5

SNAPSHOT = {
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "sqlite": "BEGIN DEFERRED",
}
"""What begins a transaction of which every statement sees the same moment."""

_books: OrderedDict[str, Book] = OrderedDict()
_guard = threading.Lock()
_reading = threading.Lock()


def book(token: str | None = None) -> Book:
    """Return the law as it stands for this transaction. One query, if it was read before.

    ``token`` is that of the edition, if it is known because the law is held: no query then.

    :raises Conflict: if it keeps changing while a transaction of PostgreSQL reads it.
    """
    token = _token() if token is None else token
    if (found := _kept(token)) is not None:
        return found
    # One thread reads, the others wait: reading takes a while and they need the same.
    with _reading:
        for _try in range(TRIES):
            if (found := _kept(token)) is not None:
                return found
            fresh = _read()
            # Another change may have been committed while the tables were read one by one.
            again = _token()
            if again == token:
                return _keep(token, fresh)
            token = again
        with _standing_still():
            return _keep(_token(), _read())


def in_force(
    *,
    unit: str,
    service: str = "",
    room: str = "",
    at: datetime,
    book: Book | None = None,
) -> InForce:
    """Return what holds for a unit, a service and a room at a moment, and why.

    :raises NotFound: if there is no such unit or room.
    :raises Invalid: if the room is neither of the unit, nor of one below it, nor in its
        building.
    """
    law = current() if book is None else book
    if room and unit in law.units and room in law.rooms and not law.has_room(unit, room):
        sentence = _(
            "%(room)s is a room of %(owner)s: it is neither in the building of %(unit)s nor of "
            "a unit below it. Ask about %(code)s and that room."
        )
        owner = law.units[law.rooms[room].unit]
        told = {"room": room, "owner": owner.name, "unit": law.units[unit].name}
        raise Invalid(sentence % (told | {"code": owner.code}))
    return law.in_force(unit, service=service, room=room, at=at)


def current() -> Book:
    """Return the law as it stands."""
    return book()


def drafted(circular: Circular) -> Book:
    """Return the law as it would stand with a draft; for warnings, nothing is written."""
    return book().with_effects(facts.effects(circular))


def edition() -> int:
    """Return the number of the law as it stands."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def _read() -> Book:
    units = facts.units()
    return Book.build(
        effects=facts.effects(),
        units=units,
        rooms=facts.rooms(),
        zones=facts.zones(),
        calendars=facts.calendars(units),
    )


@contextmanager
def _standing_still() -> Iterator[None]:
    """Let every statement see the same moment, however often the law changes meanwhile.

    Nobody waits for it: not by ``atomic``, which takes the only write lock of SQLite.

    :raises Conflict: in a transaction that sees with each statement what others committed:
        it can neither begin again nor wait for them, whose locks may wait for its own.
    """
    if connection.in_atomic_block:
        raise Conflict(_("The rules are changing at this very moment. Try again in a minute."))
    with connection.cursor() as cursor:
        cursor.execute(SNAPSHOT[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _token() -> str:
    return Edition.objects.filter(pk=1).values_list("token", flat=True).first() or ""


def _kept(token: str) -> Book | None:
    with _guard:
        if token in _books:
            _books.move_to_end(token)
            return _books[token]
    return None


def _keep(token: str, fresh: Book) -> Book:
    if not token:
        # Nothing ever changed: too little to be worth keeping, and nothing to keep it by.
        return fresh
    with _guard:
        _books[token] = fresh
        while len(_books) > KEPT:
            _books.popitem(last=False)
    return fresh
