"""What a closure shuts and why, as the desk calls it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.organisation import queries as organisation
from loket.organisation.models import Place, Room, Unit
from loket.policies import queries
from loket.policies.models import Closure
from loket.policies.rules.closing import REASONS, Reason

DAY = timedelta(days=1)
MOST_NAMED = 3


@dataclass(frozen=True)
class Shut:
    """What one closure shuts."""

    label: str
    units: tuple[Unit, ...]


def shut(closures: Iterable[Closure]) -> dict[str, Shut]:
    """Return what each closure shuts, by its code; in at most three queries."""
    rows = list(closures)
    paths = {path for row in rows for path in row.scopes}
    units = {unit.path: unit for unit in organisation.by_path(paths)} if paths else {}
    rooms = named(Room, {row.scope.get("room", "") for row in rows})
    places = named(Place, {row.scope.get("place", "") for row in rows})
    found = {}
    for row in rows:
        ours = tuple(units[path] for path in row.scopes if path in units)
        found[row.code] = Shut(label(row.scope, ours, places, rooms), ours)
    return found


def named(model: type[Room | Place], codes: set[str]) -> dict[str, str]:
    """Return what rooms or buildings are called."""
    wanted = codes - {""}
    rows = model.objects.filter(code__in=wanted).values_list("code", "name") if wanted else ()
    return dict(rows)


def label(
    scope: dict[str, Any],
    units: tuple[Unit, ...],
    places: dict[str, str],
    rooms: dict[str, str],
) -> str:
    """Return what is shut, in words."""
    if room := str(scope.get("room", "")):
        where = f" · {units[0].name}" if units else ""
        return rooms.get(room, room) + where
    if place := str(scope.get("place", "")):
        building = places.get(place, place)
        if floor := scope.get("floor"):
            return _("%(building)s, floor %(floor)s") % {"building": building, "floor": floor}
        return building
    names = ", ".join(unit.name for unit in units[:MOST_NAMED])
    more = len(units) - MOST_NAMED
    if more <= 0:
        return names
    return ngettext(
        "%(names)s and %(more)s other unit", "%(names)s and %(more)s other units", more
    ) % {"names": names, "more": more}


def reasons() -> list[tuple[str, str, str]]:
    """Return why one may close, each with what it demands, to choose from."""
    return [(code, str(rule.label), demands(rule)) for code, rule in REASONS.items()]


def demands(rule: Reason) -> str:
    """Return in one sentence the minimum and the records that a reason demands."""
    days = rule.minimum // DAY
    told = []
    if days:
        told.append(
            ngettext("At least %(days)s day.", "At least %(days)s days.", days) % {"days": days}
        )
        if rule.counting == "day":
            told.append(_("The first day counts whole."))
    if rule.requires:
        needed = ", ".join(str(queries.RECORDS[kind]) for kind in rule.requires)
        told.append(
            _("Before it reopens, this must be recorded: %(needed)s.") % {"needed": needed}
        )
    else:
        told.append(_("It may reopen at any time."))
    if rule.source:
        told.append(f"({rule.source})")
    return " ".join(told)


def reason_label(code: str) -> str:
    """Return why something is shut."""
    return str(REASONS[code].label) if code in REASONS else code
