"""Rows as the facts that the rules are told; a handful of queries for all there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch
from pydantic import TypeAdapter

from loket.kernel.texts import Text
from loket.organisation import queries as organisation
from loket.organisation.models import CalendarDay
from loket.organisation.rules.calendar import Calendar
from loket.policies.models import Circular, Closure, Provision, Zone
from loket.policies.rules import ending, facts
from loket.policies.rules import format as form

from .forms import typed_provision

YEARS_AHEAD = 2
"""Years after the last one on record for which holidays are asked."""

_AMENDS = TypeAdapter(tuple[form.Amendment, ...])
_REVOKES = TypeAdapter(tuple[form.Reference, ...])


def units() -> list[facts.UnitFact]:
    """Return every unit with its office."""
    return [
        facts.UnitFact(
            code=row.code,
            path=row.path,
            name=row.name,
            kind=row.kind,
            function=row.function,
            region=row.region,
            place=row.place,
            floor=row.floor,
            hours=facts.week(row.hours),
            zone_name=row.zone_name or settings.OFFICE_TIME_ZONE,
        )
        for row in organisation.directory()
    ]


def rooms() -> list[facts.RoomFact]:
    """Return every room."""
    return [
        facts.RoomFact(
            code=row.code,
            unit=row.unit,
            place=row.place,
            floor=row.floor,
            capacity=row.capacity,
            name=row.name,
        )
        for row in organisation.rooms()
    ]


def zones() -> list[facts.ZoneFact]:
    """Return every zone that was declared."""
    rows = Zone.objects.select_related("unit").order_by("id")
    return [
        facts.ZoneFact(row.unit.region, row.scheme, row.value, row.starts_at, row.ends_at)
        for row in rows
    ]


def calendars(known: Iterable[facts.UnitFact]) -> dict[str, Calendar]:
    """Return the calendar of each unit, for all years on record; the nation's under ``""``."""
    days = CalendarDay.objects.order_by("on").values_list("on", flat=True)
    first, last = days.first(), days.last()
    years = range(first.year, last.year + YEARS_AHEAD) if first and last else [date.min.year]
    found = organisation.calendars(years)
    return {"": found.national, **{unit.code: found.of(unit.path) for unit in known}}


def effects(extra: Circular | None = None) -> list[facts.Effect]:
    """Return what enacted circulars and closures bring, and a draft if one is given."""
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    rows = list(enacted())
    if extra is not None:
        rows.append(extra)
    return list(
        ending.effects(
            circulars=[circular_fact(row) for row in rows],
            closures=[closure_fact(row) for row in Closure.objects.order_by("id")],
            zone=zone,
        )
    )


def enacted() -> Iterable[Circular]:
    """Return the circulars that are law or were, with their provisions."""
    ordered = Prefetch("provisions", Provision.objects.order_by("place"))
    rows = Circular.objects.filter(state=Circular.State.ENACTED)
    return rows.prefetch_related(ordered).order_by("id")


def circular_fact(row: Circular) -> facts.CircularFact:
    """Return a circular as it was written."""
    return facts.CircularFact(
        subject=row.subject,
        issuer=row.issuer,
        number=row.number,
        date=row.date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        provisions=tuple(
            facts.ProvisionFact(
                provision=typed_provision(provision),
                starts_at=provision.starts_at,
                ends_at=provision.ends_at,
                has_own_period=provision.has_own_period,
            )
            for provision in row.provisions.all()
        ),
        amends=_AMENDS.validate_python(row.amends),
        revokes=_REVOKES.validate_python(row.revokes),
        revoked_from=row.revoked_from,
    )


def closure_fact(row: Closure) -> facts.ClosureFact:
    """Return a closure."""
    return facts.ClosureFact(
        subject=row.subject,
        label=str(row),
        reason=row.reason,
        basis=row.basis,
        scope=form.Scope.model_validate(row.scope),
        starts_at=row.starts_at,
        earliest_at=row.earliest_at,
        reopened_at=row.reopened_at,
        stays_open=tuple(form.Scope.model_validate(scope) for scope in row.stays_open),
        words=Text(id=row.words_id, en=row.words_en) if row.words_id else None,
    )


def effective_ends() -> dict[str, datetime | None]:
    """Return when each enacted circular ends or ended, by code, whoever decided it.

    Its own end, another circular's that extended, cut or revoked it, or its revocation.
    """
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    rows = [circular_fact(row) for row in enacted()]
    found = ending.ends(circulars=rows, zone=zone)
    return {subject.partition(":")[2]: end for subject, end in found.items()}
