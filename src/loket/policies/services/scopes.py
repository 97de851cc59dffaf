"""Which units a circular or a closure is for, as paths, and whether somebody may do it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from loket.kernel.access import Actor, Permission, require
from loket.kernel.errors import Invalid
from loket.organisation.models import Office, Room, Unit
from loket.policies.models import Circular
from loket.policies.rules import format as form


def require_all(actor: Actor, permission: Permission, paths: Iterable[str]) -> None:
    """Stop unless the actor may do this for every one of these units.

    :raises NotAllowed: if not.
    """
    for path in paths:
        require(actor, permission, scope=path)


def paths_of(circular: form.Circular) -> list[str]:
    """Return the paths of the units that a circular is for; the tops, if it is for all."""
    scopes = [provision.scope for provision in circular.provisions]
    codes = {code for scope in scopes for code in scope.units}
    found = dict(Unit.objects.filter(code__in=codes).values_list("code", "path"))
    paths = set(found.values())
    if any(not scope.units for scope in scopes):
        paths |= set(tops())
    for other in (*circular.amends, *circular.revokes):
        # Whoever ends the rules of others needs the right to make such rules.
        same = {"issuer": other.issuer, "number": other.number, "date": other.date}
        rows = Circular.objects.filter(**same, state=Circular.State.ENACTED)
        paths.update(*rows.values_list("scopes", flat=True))
    return outermost(paths or tops())


def tops() -> list[str]:
    """Return the paths of the units that nothing is above."""
    return list(
        Unit.objects.filter(parent=None).order_by("path").values_list("path", flat=True)
    )


def outermost(paths: Iterable[str]) -> list[str]:
    """Return the paths that lie within no other of them, in order."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not (kept and path.startswith(kept[-1])):
            kept.append(path)
    return kept


def closed_units(closure: form.ClosureForm) -> list[Unit]:
    """Return the units that a closure shuts, in whole or in part, the highest first.

    :raises Invalid: if it shuts nothing at all.
    """
    wanted = Q(pk__in=[])
    if closure.units:
        wanted |= Q(code__in=closure.units)
    if closure.room:
        wanted |= Q(pk__in=Room.objects.filter(code=closure.room).values("unit_id"))
    elif closure.place:
        where = {"place__code": closure.place}
        if closure.floor:
            where["floor"] = closure.floor
        offices = Office.objects.filter(**where).values("unit_id")
        rooms = Room.objects.filter(**where).values("unit_id")
        wanted |= Q(pk__in=offices) | Q(pk__in=rooms)
    units = list(Unit.objects.filter(wanted).select_related("office").order_by("path"))
    if not units:
        sentence = _("Nothing is closed by this: name a unit, a building, a floor or a room.")
        raise Invalid(sentence, fields={"units": [sentence]})
    return units


def in_charge(units: Iterable[Unit]) -> str:
    """Return the path of the lowest unit that all of these are under."""
    steps = [unit.path.strip("/").split("/") for unit in units]
    shared = []
    for level in zip(*steps, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return f"/{'/'.join(shared)}/" if shared else ""
