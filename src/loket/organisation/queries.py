"""Questions about units, regions and working days. All of this is public.

Calendars are not cached: one indexed query for some fifty rows costs less than a
millisecond, and every process sees a decree the moment it is on record.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound

from .models import CalendarDay, Office, Unit, UnitName
from .rules.calendar import Calendar, Day, local_day

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


def calendar(unit: Unit | None, years: Iterable[int]) -> Calendar:
    """Return the calendar of a unit, or of the nation, for some years. One query.

    What a unit decided goes before what a unit above it decided, and that before the
    nation; where both stand at one level, the day works. A year is covered if the nation's
    joint leave in it is on record.
    """
    wanted = sorted(set(years))
    rows = sorted(
        CalendarDay.objects.filter(
            Q(unit=None) | Q(unit__path__in=_paths_above(unit)),
            on__gte=date(wanted[0], 1, 1),
            on__lte=date(wanted[-1], 12, 31),
        ).values_list("on", "kind", "name", "unit__path"),
        key=lambda row: (len(row[3] or ""), _weight(row[1])),
    )
    kinds = CalendarDay.Kind
    return Calendar(
        days={
            on: Day(name, is_working=kind == kinds.WORKING_DAY) for on, kind, name, _ in rows
        },
        covered_years=frozenset(
            on.year for on, kind, _, path in rows if kind == kinds.JOINT_LEAVE and not path
        ),
    )


def zone(unit: Unit | None) -> ZoneInfo:
    """Return the time zone of a unit's office; no query if the office was fetched with it."""
    office: Office | None = getattr(unit, "office", None)
    return ZoneInfo(office.time_zone if office else settings.OFFICE_TIME_ZONE)


def today(unit: Unit | None, *, at: datetime) -> date:
    """Return the day that a moment belongs to at a unit's office."""
    return local_day(at, zone(unit))


def way_up(region: str) -> list[str]:
    """Return a region's code and those above it, the nearest first."""
    steps = region.split(".")[: len(LEVELS)]
    return [".".join(steps[:length]) for length in range(len(steps), 0, -1)]


def _paths_above(unit: Unit | None) -> list[str]:
    steps = unit.path.strip("/").split("/") if unit else []
    return ["/" + "/".join(steps[:length]) + "/" for length in range(1, len(steps) + 1)]


def _weight(kind: str) -> int:
    """Return which of two rows of one day and one level holds: the greater."""
    order = ("joint_leave", "local_holiday", "public_holiday", "working_day")
    return order.index(kind)


def by_path(paths: Iterable[str]) -> list[Unit]:
    """Return the units with these paths, the highest first; an empty path is the top."""
    top = Q(parent=None) if "" in (wanted := set(paths)) else Q(pk__in=[])
    return list(Unit.objects.filter(Q(path__in=wanted) | top).order_by("path"))
