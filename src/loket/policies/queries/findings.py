"""What is doubtful about the law as it stands, or as it would stand with a draft."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from loket.policies.models import Circular
from loket.policies.rules import resolving

from . import books

AHEAD = timedelta(days=31)
"""How far ahead contradictions are looked for."""


def findings(*, circular: Circular | None = None, at: datetime) -> list[Any]:
    """Return contradictions, gaps and impossible caps with their articles cited.

    Those of the law as it stands; with a draft, those that the draft would bring.
    """
    if circular is None:
        return of_book(books.book(), since=at, until=at + AHEAD)
    since = max(at, circular.starts_at)
    until = min(circular.ends_at or since + AHEAD, since + AHEAD)
    before = of_book(books.book(), since=since, until=until)
    after = of_book(books.drafted(circular), since=since, until=until)
    return [finding for finding in after if finding not in before]


def of_book(law: resolving.Book, *, since: datetime, until: datetime) -> list[Any]:
    """Return what is doubtful in a book during a period."""
    return []
