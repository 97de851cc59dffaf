"""Units as the law has them, read from a file that people can read too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import ANYWHERE, Actor, require
from loket.kernel.errors import Conflict
from loket.kernel.events import announce
from loket.organisation import queries
from loket.organisation.access import MANAGE
from loket.organisation.events import UnitsLoaded
from loket.organisation.models import Unit, UnitName
from loket.organisation.rules.format import parse
from loket.organisation.rules.government import PlannedName, PlannedUnit, plan
from loket.organisation.rules.places import Point, read_points

from .opening import open_offices

JAKARTA = Path(__file__).resolve().parents[1] / "data" / "jakarta.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many units came, and the codes of those that are different now."""

    created: int
    changed: tuple[str, ...]


def load_government(*, data: Path, actor: Actor, at: datetime) -> Loaded:
    """Bring units and their names in line with a file, and open missing offices; twice is once.

    Units that the file does not name stay, and so do addresses, hours, buildings and rooms.

    :raises NotAllowed: if the actor may not change units.
    :raises Invalid: if the file cannot be understood.
    :raises Conflict: if a unit is on record in another place of the tree.
    """
    require(actor, MANAGE, scope=ANYWHERE)
    government = parse(data.read_text(encoding="utf-8"))
    planned = plan(government, _points(data, government.places.coordinates))
    today = queries.today(None, at=at)
    with transaction.atomic():
        units = {unit.code: unit for unit in Unit.objects.select_for_update()}
        new = [wanted for wanted in planned if wanted.code not in units]
        changed = _change(planned, units, today=today)
        _create(new, units, today=today)
        changed |= _name(planned, units, known=set(units) - {wanted.code for wanted in new})
        changed |= open_offices(planned, units) - {wanted.code for wanted in new}
        loaded = Loaded(created=len(new), changed=tuple(sorted(changed)))
        if loaded.created or loaded.changed:
            announce(
                UnitsLoaded(
                    actor=actor,
                    at=at,
                    subject=f"unit:{planned[0].code}",
                    file=data.name,
                    created=loaded.created,
                    changed=loaded.changed,
                )
            )
    return loaded


def _points(data: Path, name: str | None) -> dict[str, Point]:
    """Return the points of the file of coordinates beside a file, if it names one."""
    return read_points((data.parent / name).read_text(encoding="utf-8")) if name else {}


def _create(new: Iterable[PlannedUnit], units: dict[str, Unit], *, today: date) -> None:
    """Create units level by level, for a unit needs the key of the one above it."""
    by_depth = sorted(new, key=lambda wanted: wanted.path.count("/"))
    for _depth, level in groupby(by_depth, key=lambda wanted: wanted.path.count("/")):
        created = Unit.objects.bulk_create(
            Unit(
                code=wanted.code,
                name=wanted.name_on(today),
                kind=wanted.kind,
                function=wanted.function,
                parent=units[wanted.parent] if wanted.parent else None,
                path=wanted.path,
                region=wanted.region,
                valid_from=wanted.valid_from,
                valid_to=wanted.valid_to,
            )
            for wanted in level
        )
        units.update((unit.code, unit) for unit in created)


def _change(planned: Iterable[PlannedUnit], units: dict[str, Unit], *, today: date) -> set[str]:
    changed = set()
    for wanted in planned:
        unit = units.get(wanted.code)
        if unit is None:
            continue
        place = (wanted.path, wanted.kind, wanted.function)
        if (unit.path, unit.kind, unit.function) != place:
            raise Conflict(
                _("The unit “%(code)s” is on record in another place of the tree.")
                % {"code": unit.code}
            )
        state = (wanted.name_on(today), wanted.valid_from, wanted.valid_to)
        if (unit.name, unit.valid_from, unit.valid_to) != state:
            unit.name, unit.valid_from, unit.valid_to = state
            unit.save(update_fields=["name", "valid_from", "valid_to"])
            changed.add(unit.code)
    return changed


def _name(
    planned: Iterable[PlannedUnit], units: dict[str, Unit], *, known: set[str]
) -> set[str]:
    """Put the names of each unit on record; return the units known before that differ."""
    on_record: dict[str, dict[int, PlannedName]] = {}
    for row in UnitName.objects.select_related("unit"):
        name = PlannedName(row.name, row.valid_from, row.valid_to, row.source)
        on_record.setdefault(row.unit.code, {})[row.pk] = name
    new, stale, changed = [], [], set()
    for wanted in planned:
        rows = on_record.get(wanted.code, {})
        missing = set(wanted.names) - set(rows.values())
        outdated = [key for key, name in rows.items() if name not in wanted.names]
        new += [_named(units[wanted.code], name) for name in wanted.names if name in missing]
        stale += outdated
        if wanted.code in known and (missing or outdated):
            changed.add(wanted.code)
    UnitName.objects.filter(pk__in=stale).delete()
    UnitName.objects.bulk_create(new)
    return changed


def _named(unit: Unit, name: PlannedName) -> UnitName:
    return UnitName(
        unit=unit,
        name=name.name,
        valid_from=name.valid_from,
        valid_to=name.valid_to,
        source=name.source,
    )
