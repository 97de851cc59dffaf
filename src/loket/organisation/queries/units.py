"""Questions about units and regions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound
from loket.organisation.models import Unit, UnitName

LEVELS = ("province", "city", "district", "village")
"""A region's level by the number of steps in its code."""


def in_being(on: date | None) -> Q:
    """Return the condition that a unit exists on a day, or else that it has not ended."""
    if on is None:
        return Q(valid_to=None)
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def unit(code: str) -> Unit:
    """Return a unit with its office, ended or not.

    :raises NotFound: if there never was one with this code.
    """
    found = Unit.objects.select_related("office").filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no unit “%(code)s”.") % {"code": code})
    return found


def units(
    *, kind: str | None = None, function: str | None = None, on: date | None = None
) -> QuerySet[Unit]:
    """Return units with their offices, by code."""
    wanted = {"kind": kind, "function": function}
    return (
        Unit.objects.select_related("office")
        .filter(in_being(on), **{name: value for name, value in wanted.items() if value})
        .order_by("code")
    )


def children(code: str, *, on: date | None = None) -> QuerySet[Unit]:
    """Return the units right below a unit, regions and agencies alike, by code."""
    return Unit.objects.filter(in_being(on), parent__code=code).order_by("code")


def regions(parent: str = "", *, on: date | None = None) -> QuerySet[Unit]:
    """Return the regions right below a region, by name, to choose from; or the provinces."""
    return Unit.objects.filter(
        in_being(on),
        function=Unit.Function.GOVERNMENT,
        **({"parent__code": parent} if parent else {"parent": None}),
    ).order_by("name", "code")


def region_name(code: str, *, on: date | None = None) -> str:
    """Return what a region is called, or was called on a day.

    :raises NotFound: if there never was a region with this code.
    """
    region = Unit.objects.filter(code=code, function=Unit.Function.GOVERNMENT).first()
    if region is None:
        raise NotFound(_("There is no region “%(code)s”.") % {"code": code})
    if on is None:
        return region.name
    then = UnitName.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), unit=region, valid_from__lte=on
    ).first()
    return then.name if then else region.name


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of regions, and of all they are part of, in one query."""
    wanted = {step for code in codes for step in way_up(code)}
    regions = Unit.objects.filter(code__in=wanted, function=Unit.Function.GOVERNMENT)
    return dict(regions.values_list("code", "name"))


def is_region(code: str, *, kind: str | None = None, on: date | None = None) -> bool:
    """Say whether this is the code of a region, of a kind and on a day if given."""
    return Unit.objects.filter(
        in_being(on),
        code=code,
        function=Unit.Function.GOVERNMENT,
        **({"kind": kind} if kind else {}),
    ).exists()


def serving(*, region: str, function: str, level: str, on: date | None = None) -> Unit:
    """Return the unit that serves a region at a level, or the nearest one above that level.

    :raises NotFound: if no unit of this function serves the region.
    """
    steps = LEVELS.index(level) + 1
    served = ".".join(region.split(".")[:steps])
    found = {
        unit.region: unit
        for unit in Unit.objects.select_related("office").filter(
            in_being(on), function=function, region__in=way_up(served)
        )
    }
    for code in way_up(served):
        if code in found:
            return found[code]
    raise NotFound(
        _("No office serves this area yet. Choose another address, or ask your kelurahan.")
    )


def way_up(region: str) -> list[str]:
    """Return a region's code and those above it, the nearest first."""
    steps = region.split(".")[: len(LEVELS)]
    return [".".join(steps[:length]) for length in range(len(steps), 0, -1)]


def by_path(paths: Iterable[str]) -> list[Unit]:
    """Return the units with these paths and their offices, the highest first.

    An empty path is the top.
    """
    top = Q(parent=None) if "" in (wanted := set(paths)) else Q(pk__in=[])
    found = Unit.objects.select_related("office").filter(Q(path__in=wanted) | top)
    return list(found.order_by("path"))
