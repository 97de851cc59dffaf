"""What is doubtful about the law as it stands, or as it would stand with a draft."""

from __future__ import annotations

from datetime import datetime, timedelta

from loket.catalogue import queries as catalogue
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Position
from loket.policies.models import Circular
from loket.policies.rules import conflicts
from loket.policies.rules.conflicts import Finding
from loket.policies.rules.resolving import Book

from . import books

AHEAD = timedelta(days=31)
"""How far ahead contradictions are looked for."""

Sign = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]


def findings(*, circular: Circular | None = None, at: datetime) -> list[Finding]:
    """Return contradictions, gaps and impossible caps, with their articles cited.

    Those of the law as it stands, for a month; or those that a draft would bring.
    """
    if circular is None:
        return of_book(books.book(), since=at, until=at + AHEAD)
    since = max(at, circular.starts_at)
    until = min(circular.ends_at or since + AHEAD, since + AHEAD)
    if until <= since:
        return []
    return brought(books.book(), books.drafted(circular), since=since, until=until)


def brought(before: Book, after: Book, *, since: datetime, until: datetime) -> list[Finding]:
    """Return what is doubtful in one book and was not in another."""
    known = {sign(found) for found in of_book(before, since=since, until=until)}
    later = of_book(after, since=since, until=until)
    return [found for found in later if sign(found) not in known]


def of_book(law: Book, *, since: datetime, until: datetime) -> list[Finding]:
    """Return what is doubtful in a book during a period."""
    given = {
        version.code: [
            unit.code
            for unit in law.units.values()
            if unit.function == version.service.function
        ]
        for version in catalogue.published()
    }
    heads = headcounts(at=since)
    return conflicts.all_of(law, headcounts=heads, services=given, since=since, until=until)


def sign(found: Finding) -> Sign:
    """Return what makes two findings the same: of what, by which articles."""
    cited = tuple((because.subject, because.article) for because in found.becauses)
    return found.kind, found.subjects, cited


def headcounts(*, at: datetime) -> dict[str, tuple[int, int]]:
    """Return the staff of each unit, and how many of them the law may keep in the office.

    Those are the structural posts; where no level is on record, who heads the unit.
    """
    found: dict[str, list[people.Member]] = {}
    for member in people.staff_of(None, on=organisation.today(None, at=at)):
        found.setdefault(member.unit, []).append(member)
    return {code: (len(staff), _pinned(staff)) for code, staff in found.items()}


def _pinned(staff: list[people.Member]) -> int:
    leveled = sum(1 for member in staff if member.level)
    return leveled or sum(1 for member in staff if member.role == Position.Role.HEAD)
