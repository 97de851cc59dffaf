"""What changed in a roster since somebody opened it."""

from __future__ import annotations

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from loket.journal import queries as journal
from loket.ui import periods
from loket.workforce.models import Roster

from . import spots
from .spots import Spot

NAMES = ("roster.planned", "roster.changed", "roster.published", "roster.discarded")
MOST = 5


def since(roster: Roster, revision: int) -> list[str]:
    """Return who changed a roster since a revision, and when, the last first."""
    steps = min(max(roster.revision - revision, 1), MOST)
    told = {
        "roster.planned": _("%(name)s planned it anew at %(time)s."),
        "roster.changed": _("%(name)s changed it at %(time)s."),
        "roster.published": _("%(name)s published it at %(time)s."),
        "roster.discarded": _("%(name)s discarded it at %(time)s."),
    }
    entries = list(journal.about_any([roster.subject], names=NAMES)[:steps])
    return [
        told[entry.name]
        % {
            "name": entry.actor_name,
            "time": written(periods.local(entry.at), "H.i"),
        }
        for entry in entries
    ]


def told(here: Spot, seen: str, *, said: str, revision: int) -> list[str]:
    """Return what changed since the page of a cell was opened, this cell's own change last."""
    lines = since(here.loaded.roster, revision) or [said]
    if seen and seen != here.seen:
        lines.append(
            _("On this day stood “%(before)s”, now it is “%(now)s”.")
            % {"before": label(here, seen), "now": label(here, here.seen)}
        )
    else:
        lines.append(_("What stands on this day did not change."))
    return lines


def label(here: Spot, seen: str) -> str:
    """Return what stood in a cell, as the form calls it."""
    where, _bar, shift = seen.partition("|")
    called = {value: text for value, text, _hint in spots.wheres(here)}
    text = called.get(where) or here.loaded.facts.counters.get(where, where)
    return f"{text}, {shift}" if shift else text
