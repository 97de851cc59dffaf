"""What a change of the law does, gathered inside its transaction.

Packages above add what they did themselves, in their ``handlers``::

    @impact.reports("cases")
    def moved_cases(edition: int, at: datetime) -> dict[str, Any]: ...

A dotted name such as ``people.applicants`` fills a part of another section. What is too
long to be shown is listed row by row, and kept beside the impact::

    @impact.lists("cases")
    def every_moved_case(edition: int) -> Iterator[MovedCase]: ...
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder

from loket.policies import queries
from loket.policies.queries.heads import touched
from loket.policies.rules.lists import MovedCase, packed
from loket.policies.rules.resolving import Book

from . import weighing

if TYPE_CHECKING:
    from .carrying import Step

Reader = Callable[[int, datetime], dict[str, Any]]

Lister = Callable[[int], Iterator[MovedCase]]

_readers: dict[str, Reader] = {}
_listers: dict[str, Lister] = {}


def reports(section: str) -> Callable[[Reader], Reader]:
    """Register who reports a section of the impact of a change, by its edition."""

    def register(reader: Reader) -> Reader:
        _readers[section] = reader
        return reader

    return register


def lists(name: str) -> Callable[[Lister], Lister]:
    """Register who lists all that a change did to something, by its edition."""

    def register(lister: Lister) -> Lister:
        _listers[name] = lister
        return lister

    return register


def listed(name: str, *, number: int) -> bytes | None:
    """Return a list of what a change did, packed; within its transaction, after its handlers.

    None if there is nothing to list.
    """
    lister = _listers.get(name)
    rows = lister(number) if lister else iter(())
    first = next(rows, None)
    return None if first is None else packed(chain([first], rows))


def gather(step: Step, before: Book, *, number: int, at: datetime) -> dict[str, Any]:
    """Return what a change did, as JSON; within its transaction, after its handlers."""
    found: dict[str, Any] = {
        "circular": step.label,
        "kind": step.kind,
        "edition": number,
        "starts_at": step.starts_at,
        "ends_at": step.ends_at,
        "retroactive": step.starts_at < at,
    }
    span = weighing.window(
        before, queries.book(), starts_at=step.starts_at, ends_at=step.shows_until
    )
    units = touched(span.after, subject=step.subject, within=step.scopes)
    found["offices"] = weighing.offices(span)
    found["services"] = weighing.services(span)
    found["people"] = weighing.people(units, at=at)
    found["findings"] = weighing.findings(span)
    for section, reader in sorted(_readers.items()):
        _place(found, section, reader(number, at))
    # As it will be read from the database: a comparison must not see tuples and lists.
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


def _place(found: dict[str, Any], section: str, reported: dict[str, Any]) -> None:
    *way, last = section.split(".")
    for step in way:
        found = found.setdefault(step, {})
    found.setdefault(last, {}).update(reported)
