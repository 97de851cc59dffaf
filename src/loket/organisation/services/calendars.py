"""Holidays, joint leave, and the days on which a unit does otherwise.

The nation's years come from the ``holidays`` library, which follows the joint decree of
three ministers (*SKB 3 Menteri*), or by hand from the decree itself. What was entered by
hand stays when the library is read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loket.kernel.access import ANYWHERE, Actor, require
from loket.kernel.errors import Invalid, NotFound
from loket.kernel.events import announce
from loket.organisation import queries
from loket.organisation.access import MANAGE
from loket.organisation.events import CalendarChanged, HolidaysImported
from loket.organisation.models import CalendarDay, Unit
from loket.organisation.rules.calendar import CalendarMissing

NATION = "calendar:ID"
LIBRARY = "holidays "
"""How the source of a row from the library begins; its version follows."""
DECREED = (CalendarDay.Kind.PUBLIC_HOLIDAY, CalendarDay.Kind.JOINT_LEAVE)
BY_HAND = (CalendarDay.Kind.LOCAL_HOLIDAY, CalendarDay.Kind.WORKING_DAY)
SPELLING = {"Pegangti": "Pengganti"}


@dataclass(frozen=True, slots=True)
class DecreedDay:
    """A public holiday or a day of joint leave, as a decree lists it."""

    on: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The years that were read, and those left alone because a decree was entered by hand."""

    years: tuple[int, ...]
    left_alone: tuple[int, ...]


def import_holidays(*, years: Iterable[int], actor: Actor, at: datetime) -> Imported:
    """Put the nation's holidays and joint leave of some years on record, all or none.

    :raises NotAllowed: if the actor may not change the nation's calendar.
    :raises CalendarMissing: if the library does not know the joint leave of a year.
    """
    require(actor, MANAGE, scope=ANYWHERE)
    listed, source = _library(sorted(set(years)))
    with transaction.atomic():
        rows = CalendarDay.objects.filter(unit=None, kind=CalendarDay.Kind.JOINT_LEAVE)
        by_hand = {row.on.year for row in rows.exclude(source__startswith=LIBRARY)}
        done = [year for year in listed if year not in by_hand]
        days = {day for year in done for day in listed[year]}
        mine = Q(source__startswith=LIBRARY)
        _replace(done, days, within=mine, source=source, actor=actor, at=at)
    return Imported(years=tuple(done), left_alone=tuple(sorted(by_hand & set(listed))))


def set_year(
    *, year: int, days: Iterable[DecreedDay], source: str, actor: Actor, at: datetime
) -> None:
    """Put a decree on record: all public holidays and joint leave of the nation in a year.

    :raises NotAllowed: if the actor may not change the nation's calendar.
    :raises Invalid: if a day is of another year or kind, or there is no joint leave.
    """
    require(actor, MANAGE, scope=ANYWHERE)
    wanted = set(days)
    if any(day.on.year != year or day.kind not in DECREED for day in wanted):
        raise Invalid(_("A decree lists public holidays and joint leave of one year."))
    if len({(day.on, day.kind) for day in wanted}) != len(wanted):
        raise Invalid(_("A decree lists each day once."))
    if not any(day.kind == CalendarDay.Kind.JOINT_LEAVE for day in wanted):
        raise CalendarMissing(year)
    with transaction.atomic():
        _replace([year], wanted, within=Q(), source=source, actor=actor, at=at)


def set_day(
    *,
    on: date,
    kind: str,
    name: str,
    source: str,
    unit: Unit | None = None,
    actor: Actor,
    at: datetime,
) -> CalendarDay:
    """Make a day a holiday or a working day, for a unit and all below it or for the nation.

    :raises NotAllowed: if the actor may not change this calendar.
    :raises Invalid: if the kind, the name or the source is missing.
    :raises CalendarMissing: if joint leave is added to a year whose decree is not on record.
    """
    require(actor, MANAGE, scope=unit.path if unit else ANYWHERE)
    if kind not in CalendarDay.Kind.values or not name.strip() or not source.strip():
        raise Invalid(_("A day needs a kind, a name, and the decision behind it."))
    if kind == CalendarDay.Kind.JOINT_LEAVE and not unit:
        # One day alone would make the whole year look as if it were on record.
        queries.calendar(None, [on.year]).is_working_day(on)
    with transaction.atomic():
        here = CalendarDay.objects.filter(on=on, unit=unit)
        before = _words(here)
        here.filter(kind__in=BY_HAND).exclude(kind=kind).delete()
        day, _created = CalendarDay.objects.update_or_create(
            on=on, unit=unit, kind=kind, defaults={"name": name.strip(), "source": source}
        )
        _announce_change(unit, on, before, _words(here.all()), source, actor=actor, at=at)
    return day


def clear_day(
    *, on: date, source: str, unit: Unit | None = None, actor: Actor, at: datetime
) -> None:
    """Take back what was set by hand for a day, of a unit or of the nation.

    :raises NotAllowed: if the actor may not change this calendar.
    :raises NotFound: if nothing was set by hand.
    """
    require(actor, MANAGE, scope=unit.path if unit else ANYWHERE)
    with transaction.atomic():
        here = CalendarDay.objects.filter(on=on, unit=unit)
        before = _words(here)
        gone, _per_table = here.exclude(source__startswith=LIBRARY).delete()
        if not gone:
            sentence = _("Nothing was set by hand for %(day)s.")
            raise NotFound(sentence % {"day": f"{on:%d-%m-%Y}"})
        _announce_change(unit, on, before, _words(here.all()), source, actor=actor, at=at)


def _library(years: Iterable[int]) -> tuple[dict[int, set[DecreedDay]], str]:
    """Return what the library knows of some years, and how to name it as a source."""
    import holidays  # noqa: PLC0415 -- slow import

    listed = {}
    for year in years:
        days = set()
        for kind, category in zip(DECREED, ("public", "government"), strict=True):
            found = holidays.country_holidays(
                "ID", years=year, categories=(category,), language="id"
            )
            days |= {DecreedDay(on, kind, _spelled(name)) for on, name in found.items()}
        if not any(day.kind == CalendarDay.Kind.JOINT_LEAVE for day in days):
            raise CalendarMissing(year)
        listed[year] = days
    return listed, f"{LIBRARY}{version('holidays')} (SKB 3 Menteri)"


def _spelled(name: str) -> str:
    for wrong, right in SPELLING.items():
        name = name.replace(wrong, right)
    return name


def _replace(
    years: list[int],
    wanted: set[DecreedDay],
    *,
    within: Q,
    source: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Make the decreed days of some years be those wanted; announce if any differs."""
    rows = CalendarDay.objects.filter(unit=None, kind__in=DECREED, on__year__in=years)
    known = {DecreedDay(row.on, row.kind, row.name): row.pk for row in rows.filter(within)}
    others = {(row.on, row.kind) for row in rows.exclude(pk__in=known.values())}
    removed = set(known) - wanted
    added = {day for day in wanted - set(known) if (day.on, day.kind) not in others}
    CalendarDay.objects.filter(pk__in=[known[day] for day in removed]).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(on=day.on, kind=day.kind, name=day.name, source=source) for day in added
    )
    if added or removed:
        announce(
            HolidaysImported(
                actor=actor,
                at=at,
                subject=NATION,
                years=tuple(years),
                added=tuple(sorted(f"{day.on} {day.kind} {day.name}" for day in added)),
                removed=tuple(sorted(f"{day.on} {day.kind} {day.name}" for day in removed)),
                source=source,
            )
        )


def _words(days: Iterable[CalendarDay]) -> str:
    return ", ".join(sorted(f"{day.kind} {day.name}" for day in days))


def _announce_change(
    unit: Unit | None,
    on: date,
    before: str,
    after: str,
    source: str,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    if before != after:
        announce(
            CalendarChanged(
                actor=actor,
                at=at,
                subject=f"unit:{unit.code}" if unit else NATION,
                on=on.isoformat(),
                before=before,
                after=after,
                source=source,
            )
        )
