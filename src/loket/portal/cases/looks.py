"""Who opened one's files. What one person opened in one go is one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from loket.cases import queries
from loket.cases.queries import Look
from loket.people import queries as people
from loket.portal.requests import PortalRequest, resident_only
from loket.ui import reply

IN_ONE_GO = timedelta(minutes=30)


@dataclass
class Visit:
    """Looks of one person at one application, for one reason."""

    last: Look
    since: datetime
    what: dict[str, None] = field(default_factory=dict)
    """What was opened, in order, each once."""


@resident_only
@require_safe
def looks(request: PortalRequest) -> HttpResponse:
    """Show which members of staff opened one's applications, and why."""
    resident = people.resident_of(request.actor)
    visits = list(gathered(queries.lookers(resident=resident)))
    return reply.page(request, "portal/cases/looks.html", {"visits": visits})


def gathered(found: list[Look]) -> Iterator[Visit]:
    """Yield visits from looks, both with the last one first."""
    visit: Visit | None = None
    for look in found:
        if visit is None or not belongs(look, visit):
            if visit:
                yield visit
            visit = Visit(look, look.at)
        visit.since = look.at
        if look.what:
            visit.what = {look.what: None, **visit.what}
    if visit:
        yield visit


def belongs(look: Look, visit: Visit) -> bool:
    """Say whether an earlier look is part of the same visit."""
    last = visit.last
    same = (look.who, look.case, look.reason) == (last.who, last.case, last.reason)
    return same and look.words in ("", last.words) and visit.since - look.at <= IN_ONE_GO
