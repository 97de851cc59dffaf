"""Questions about services. What is published is public: no query here needs an actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound
from loket.kernel.texts import Text

from .models import ServiceVersion
from .rules import parse
from .rules import search as finding
from .rules.life_events import LIFE_EVENTS


@dataclass(frozen=True)
class LifeEvent:
    """What happened in a life, with the services that it calls for."""

    name: str
    title: Text
    services: tuple[ServiceVersion, ...]


def published() -> list[ServiceVersion]:
    """Return the published version of every service, by code. One small query.

    Definitions are read from the database once per process and digest.
    """
    rows = ServiceVersion.objects.filter(state=ServiceVersion.State.PUBLISHED)
    versions = list(rows.defer("definition").order_by("code"))
    _warm(versions)
    return versions


def get(code: str) -> ServiceVersion:
    """Return the published version of a service.

    :raises NotFound: if the service is not published.
    """
    rows = ServiceVersion.objects.filter(code=code, state=ServiceVersion.State.PUBLISHED)
    found = rows.defer("definition").first()
    if found is None:
        raise NotFound(_("There is no service “%(code)s”.") % {"code": code})
    return found


def version(code: str, number: int) -> ServiceVersion:
    """Return one version of a service, in whatever state.

    :raises NotFound: if there is no such version.
    """
    found = ServiceVersion.objects.filter(code=code, version=number).first()
    if found is None:
        raise NotFound(
            _("There is no version %(number)s of service “%(code)s”.")
            % {"number": number, "code": code}
        )
    return found


def versions(code: str = "") -> list[ServiceVersion]:
    """Return all versions, of one service or of all, the newest of each first."""
    rows = ServiceVersion.objects.filter(code=code) if code else ServiceVersion.objects.all()
    return list(rows.defer("definition").order_by("code", "-version"))


def search(text: str, language: str) -> list[ServiceVersion]:
    """Return the published services that the words may mean, the likeliest first."""
    by_code = {found.code: found for found in published()}
    ranked = finding.rank((v.service for v in by_code.values()), text, language)
    return [by_code[service.code] for service in ranked]


def by_life_event() -> list[LifeEvent]:
    """Return the life events that published services belong to, in the order of pages."""
    current = published()
    events = (
        LifeEvent(name, title, tuple(v for v in current if name in v.service.life_events))
        for name, title in LIFE_EVENTS.items()
    )
    return [event for event in events if event.services]


def _warm(found: Iterable[ServiceVersion]) -> None:
    """Fetch in one query the definitions that this process has not parsed yet."""
    cold = [v.pk for v in found if parse.cached(v.digest) is None]
    if cold:
        rows = ServiceVersion.objects.filter(pk__in=cold).values_list("digest", "definition")
        for digest, definition in rows:
            parse.trusted(digest, definition)
