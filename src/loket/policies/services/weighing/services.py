"""Which services are given no more, or asked for in other ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.catalogue import queries as catalogue
from loket.kernel.texts import LANGUAGES
from loket.organisation import queries as organisation
from loket.policies.queries.words import channel_name
from loket.policies.rules.values import InForce

from .spans import Span


@dataclass(frozen=True)
class _Change:
    """How one service at one unit differs from a moment on."""

    since: datetime
    was_suspended: bool
    is_suspended: bool
    channels_were: tuple[str, ...]
    channels: tuple[str, ...]
    because: tuple[str, ...]
    """Labels of what decided it."""


def services(span: Span) -> list[dict[str, Any]]:
    """Return the changes of published services, equal changes of several together."""
    published = {version.code: version.service for version in catalogue.published()}
    found: dict[_Change, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for group in span.groups():
        for code, service in published.items():
            # Units that are alike may have different functions, if no rule tells them apart.
            givers = [u for u in group if span.after.units[u].function == service.function]
            for change in _changes(span, givers[0], code) if givers else ():
                found[change][code].update(givers)
    rows = []
    for change, touched in found.items():
        titles = {
            language: ", ".join(
                sorted(published[code].title.in_language(language) for code in touched)
            )
            for language in LANGUAGES
        }
        rows.append(_row(change, titles, touched))
    return sorted(rows, key=lambda row: (row["from"], row["services"], row["now"]["channels"]))


def _changes(span: Span, unit: str, service: str) -> Iterator[_Change]:
    """Yield where a service begins to differ, and where it does in another way."""
    last: _Change | None = None
    for moment in _moments(span, unit, service):
        was = span.before.in_force(unit, service=service, at=moment)
        now = span.after.in_force(unit, service=service, at=moment)
        change = _difference(was, now, moment)
        if change and not (last and _same(last, change)):
            yield change
        last = change


def _moments(span: Span, unit: str, service: str) -> list[datetime]:
    since, until = span.starts_at, span.ends_at
    inside = {
        moment
        for book in (span.before, span.after)
        for moment in book.boundaries(unit, service=service, since=since, until=until)
    }
    return sorted({span.starts_at, *inside})


def _difference(was: InForce, now: InForce, since: datetime) -> _Change | None:
    before, after = was.services, now.services
    same_channels = before.channels.value == after.channels.value
    if before.suspended.value == after.suspended.value and same_channels:
        return None
    part = after.channels if after.channels.because else after.suspended
    return _Change(
        since,
        before.suspended.value,
        after.suspended.value,
        before.channels.value,
        after.channels.value,
        tuple(reason.label for reason in part.because),
    )


def _same(one: _Change, other: _Change) -> bool:
    return list(vars(one).values())[1:] == list(vars(other).values())[1:]


def _row(
    change: _Change, titles: dict[str, str], touched: dict[str, set[str]]
) -> dict[str, Any]:
    units = set().union(*touched.values())
    return {
        "services": sorted(touched),
        "from": change.since.astimezone(organisation.zone(None)).isoformat(),
        "was": {"suspended": change.was_suspended, "channels": change.channels_were},
        "now": {"suspended": change.is_suspended, "channels": change.channels},
        "offices": len(units),
        "units": sorted(units),
        "because": change.because,
        "sentence": in_both(lambda language: _sentence(change, titles[language])),
    }


def in_both(say: Callable[[str], str]) -> dict[str, str]:
    """Return a sentence in each language, for a record that is read in both."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say(language)
    return said


def _sentence(change: _Change, services: str) -> str:
    if change.is_suspended and not change.was_suspended:
        return _("Not given any more: %(services)s.") % {"services": services}
    words = {"services": services, "channels": _list(change.channels)}
    if not change.channels:
        return _("No way is left to ask for: %(services)s.") % words
    if change.was_suspended:
        return _("Given again, by %(channels)s: %(services)s.") % words
    return _("By %(channels)s from then on: %(services)s.") % words


def _list(channels: tuple[str, ...]) -> str:
    return ", ".join(channel_name(channel) for channel in channels)
