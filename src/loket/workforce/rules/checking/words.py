"""Broken rules as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.dateformat import format as written_date
from django.utils.translation import gettext as _

from loket.workforce.rules import naming

from .broken import Broken

UNSAID = "unsaid"
"""In place of a kind of absence, to those who do not plan."""


def sentences(
    broken: Iterable[Broken],
    *,
    names: Mapping[str, str],
    kinds: Mapping[tuple[str, date], str] | None = None,
    counters: Mapping[str, str] | None = None,
    rooms: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return one sentence for each broken rule.

    ``kinds`` says of a member and a day ``home``, ``leave`` or ``travel``, or leaves it unsaid.
    """
    return tuple(
        _sentence(one, names, kinds or {}, counters or {}, rooms or {}) for one in broken
    )


def _sentence(
    one: Broken,
    names: Mapping[str, str],
    kinds: Mapping[tuple[str, date], str],
    counters: Mapping[str, str],
    rooms: Mapping[str, str],
) -> str:
    facts = {
        "who": naming.people(names.get(member, member) for member in one.members),
        "counter": counters.get(one.counter, one.counter),
        "shift": one.shift,
        "room": rooms.get(one.room, one.room),
        "found": one.found,
        "allowed": one.allowed,
    }
    kind = kinds.get((one.members[0], one.on), "home") if one.members else "home"
    wording = _ABSENT[kind] if one.rule == "away" else _WORDS[one.rule]
    what = wording() % facts
    if one.shift and one.rule in {"counter", "full", "most_at_once", "room"}:
        what = f"{what} ({one.shift})"
    said = _("%(day)s: %(what)s") % {"day": written_date(one.on, "l j F Y"), "what": what}
    cited = f" ({'; '.join(one.cited)})" if one.cited else ""
    return f"{said}{cited}."


_ABSENT: dict[str, Callable[[], str]] = {
    "home": lambda: _("%(who)s must not be in the office"),
    "leave": lambda: _("%(who)s is on leave"),
    "travel": lambda: _("%(who)s is on official travel"),
    UNSAID: lambda: _("%(who)s cannot come"),
}

_WORDS: dict[str, Callable[[], str]] = {
    "day": lambda: _("this is no working day of the roster, but %(who)s would come"),
    "frozen": lambda: _(
        "this day is past; the turns of %(who)s differ from what was published"
    ),
    "member": lambda: _("%(who)s is not of this unit’s staff"),
    "shift": lambda: _("there is no shift “%(shift)s”, to which %(who)s is put"),
    "place": lambda: _("%(counter)s needs nobody, but %(who)s is put there"),
    "twice": lambda: _("%(who)s has %(found)s turns, one is allowed"),
    "skill": lambda: _("%(who)s is not qualified for %(counter)s"),
    "by_hand": lambda: _("for %(who)s something else was decided by hand"),
    "full": lambda: _("%(counter)s needs %(allowed)s, but %(found)s are put there: %(who)s"),
    "most": lambda: _("at most %(allowed)s may come, but %(found)s would: %(who)s"),
    "most_at_once": lambda: _(
        "at most %(allowed)s may be there at once, but %(found)s would be: %(who)s"
    ),
    "room": lambda: _(
        "at most %(allowed)s may be in %(room)s at once, but %(found)s would be: %(who)s"
    ),
    "pinned": lambda: _("%(who)s must be in the office by their post"),
    "counter": lambda: _("%(counter)s needs %(allowed)s, but has %(found)s"),
    "least": lambda: _("at least %(allowed)s must be in the office, but %(found)s would be"),
    "lock": lambda: _("%(who)s was put on this day by hand, but is not there"),
}
