"""Whether the report of a positive case can be true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from loket.workforce.rules.longest import LONGEST

from .windows import AFTER

MOST_WORDS = 2000
MOST_SIGNS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a report says, without whom it is about."""

    is_visitor: bool
    onset_on: date | None
    visitor: str = ""
    has_room: bool = False
    visited_from: datetime | None = None
    visited_until: datetime | None = None
    words: str = ""


def problems(told: Told, *, today: date, at: datetime) -> dict[str, list[str]]:
    """Return what is wrong with a report: name of the field to sentences."""
    found = {
        "onset_on": _onset(told.onset_on, today),
        "words": _words(told.words),
        **(_visit(told, today, at) if told.is_visitor else {}),
    }
    return {name: [sentence] for name, sentence in found.items() if sentence}


def _onset(onset_on: date | None, today: date) -> str:
    if onset_on is None:
        return _("Say on which day the first symptoms came, or the specimen was taken.")
    if onset_on > today:
        return _("This day has not come yet.")
    if onset_on < today - AFTER:
        return _(
            "This is more than %(days)s days ago: nobody is infected by it any more, and "
            "nothing is closed for it."
        ) % {"days": AFTER.days}
    return ""


def _words(words: str) -> str:
    if len(words) > MOST_WORDS:
        return _("Write at most %(most)s characters.") % {"most": MOST_WORDS}
    return ""


def _visit(told: Told, today: date, at: datetime) -> dict[str, str]:
    found = {"visitor": "", "room": "", "visited_from": "", "visited_until": ""}
    if not told.visitor.strip():
        found["visitor"] = _("Say how the team can recognise the visitor.")
    elif len(told.visitor) > MOST_SIGNS:
        found["visitor"] = _("Write at most %(most)s characters.") % {"most": MOST_SIGNS}
    if not told.has_room:
        found["room"] = _("Say in which room the visitor was.")
    found["visited_from"] = _came(told.visited_from, today, at)
    found["visited_until"] = _went(told, at)
    return found


def _came(moment: datetime | None, today: date, at: datetime) -> str:
    if moment is None:
        return _("Say from when the visitor was there.")
    if moment > at:
        return _("This moment has not come yet.")
    if moment.date() < today - AFTER:
        return _("The visit was more than %(days)s days ago.") % {"days": AFTER.days}
    return ""


def _went(told: Told, at: datetime) -> str:
    since, until = told.visited_from, told.visited_until
    if until is None:
        return _("Say until when the visitor was there.")
    if until > at:
        return _("This moment has not come yet.")
    if since and until <= since:
        return _("The visitor must have left after coming.")
    if since and until - since > LONGEST:
        return _("A visit cannot have lasted so long.")
    return ""
