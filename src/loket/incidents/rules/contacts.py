"""A contact that the team is told of: whether it can be true, and what all times come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _

from loket.kernel.texts import HIDDEN
from loket.workforce.rules.longest import LONGEST
from loket.workforce.rules.tracing import ContactFound, Occasion

from .reports import MOST_SIGNS
from .windows import Window

TOLD = "told"
"""The source of a time that the team was told of."""
NO_ROOM = 0
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody told of a contact, without whom they met."""

    is_visitor: bool
    visitor: str = ""
    reach: str = ""
    where: str = ""
    starts_at: datetime | None = None
    minutes: int | None = None


def problems(told: Told, *, window: Window, zone: tzinfo, at: datetime) -> dict[str, list[str]]:
    """Return what is wrong with what was told: name of the field to sentences."""
    found = {
        "visitor": _visitor(told) if told.is_visitor else "",
        "reach": _reach(told) if told.is_visitor else "",
        "starts_at": _starts(told.starts_at, window, zone, at),
        "minutes": _minutes(told, at),
        "where": _short(told.where) if told.where.strip() else _("Say where they met."),
    }
    return {name: [sentence] for name, sentence in found.items() if sentence}


def written(told: Told) -> dict[str, str]:
    """Return a time that was told as a contact keeps it."""
    if told.starts_at is None or told.minutes is None:
        return {}
    ends_at = told.starts_at + told.minutes * MINUTE
    return {
        "room": "",
        "where": told.where.strip(),
        "starts": told.starts_at.isoformat(),
        "ends": ends_at.isoformat(),
        "source": TOLD,
    }


def is_listed(new: Mapping[str, str], rows: Iterable[Mapping[str, str]]) -> bool:
    """Say whether a time was told already, or adds nothing to one that is listed."""
    starts_at, ends_at = _span(new)
    for since, until, source in ((*_span(row), row["source"]) for row in rows):
        if source == TOLD and since < ends_at and starts_at < until:
            return True
        if since <= starts_at and ends_at <= until:
            return True
    return False


def figures(account: int, rows: Iterable[Mapping[str, str]], *, zone: tzinfo) -> ContactFound:
    """Return what all times of a contact come to, by the days of an office."""
    occasions = (_occasion(row, zone) for row in rows)
    return ContactFound(account, tuple(sorted(occasions, key=lambda each: each.starts_at)))


def wrong_with(words: str) -> str:
    """Return what keeps words from being shown as they were written, or nothing."""
    if HIDDEN.search(words):
        return _("There is a control character here that nobody sees: leave it out.")
    return ""


def told_of(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the times that the team was told of."""
    return [row for row in rows if row["source"] == TOLD]


def in_order(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return times as they came."""
    return sorted(rows, key=lambda row: _span(row)[0])


def _occasion(row: Mapping[str, str], zone: tzinfo) -> Occasion:
    starts_at, ends_at = _span(row)
    on = starts_at.astimezone(zone).date()
    return Occasion(NO_ROOM, on, starts_at, ends_at, row["source"])


def _span(row: Mapping[str, str]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(row["starts"]), datetime.fromisoformat(row["ends"])


def _visitor(told: Told) -> str:
    if not told.visitor.strip():
        return _("Write the name or the queue number of the visitor.")
    return _short(told.visitor)


def _reach(told: Told) -> str:
    if not told.reach.strip():
        return _("Say how the team can reach the visitor.")
    return _short(told.reach)


def _short(words: str) -> str:
    if len(words) > MOST_SIGNS:
        return _("Write at most %(most)s characters.") % {"most": MOST_SIGNS}
    return wrong_with(words)


def _starts(moment: datetime | None, window: Window, zone: tzinfo, at: datetime) -> str:
    if moment is None:
        return _("Say on which day and at what time they met.")
    if moment > at:
        return _("This moment has not come yet.")
    on = moment.astimezone(zone).date()
    if on < window.since:
        return _(
            "Contacts count from %(day)s, two days before the first symptoms: nobody was "
            "infected before."
        ) % {"day": f"{window.since:%d-%m-%Y}"}
    if on >= window.until:
        return _("This is more than two weeks after the first symptoms: nobody is infected.")
    return ""


def _minutes(told: Told, at: datetime) -> str:
    if told.minutes is None or told.minutes < 1:
        return _("Write for how many minutes they were together.")
    if told.minutes > LONGEST // MINUTE:
        return _("They cannot have been together for so long.")
    starts_at = told.starts_at
    if starts_at and starts_at <= at < starts_at + told.minutes * MINUTE:
        return _("Together with the time above, this lies in the future.")
    return ""
