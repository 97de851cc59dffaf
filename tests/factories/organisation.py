"""Units, offices and calendars for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from loket.kernel.access import Actor
from loket.organisation import services as organisation
from loket.organisation.models import Office, Unit
from loket.organisation.rules.calendar import Calendar, Day

LONG_AGO = date(1999, 8, 31)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def system() -> Actor:
    return Actor.system("tests")


def government() -> organisation.Loaded:
    """Load all of Jakarta: 318 regions and 369 units of agencies, all with offices."""
    return organisation.load_government(data=organisation.JAKARTA, actor=system(), at=AT)


def holidays(*years: int) -> organisation.Imported:
    """Put the nation's calendars of some years on record; without years, 2026 and 2027."""
    return organisation.import_holidays(years=years or (2026, 2027), actor=system(), at=AT)


def leave_around(at: datetime) -> None:
    """Put a day of joint leave on record for the year of a moment and the next.

    No library knows the joint leave of every year in which the tests may be run.
    """
    for year in (at.year, at.year + 1):
        leave = organisation.DecreedDay(date(year, 12, 26), "joint_leave", "Cuti bersama")
        organisation.set_year(
            year=year, days=[leave], source="SKB 3 Menteri", actor=system(), at=at
        )


def unit(
    code: str,
    *,
    parent: Unit | None = None,
    kind: str = Unit.Kind.VILLAGE,
    function: str = Unit.Function.GOVERNMENT,
    name: str = "",
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
) -> Unit:
    """Create one unit below another."""
    return Unit.objects.create(
        code=code,
        name=name or f"Unit {code}",
        kind=kind,
        function=function,
        parent=parent,
        path=f"{parent.path if parent else '/'}{code}/",
        region=code.partition("-")[0],
        valid_from=valid_from,
        valid_to=valid_to,
    )


def office(unit: Unit, *, time_zone: str = "Asia/Jakarta") -> Office:
    """Open an office for a unit, Mondays to Fridays."""
    return Office.objects.create(
        unit=unit,
        address="Jl. Melati No. 1",
        time_zone=time_zone,
        hours={str(day): [["07:30", "16:00"]] for day in range(5)},
    )


def calendar(*years: int, **days: str) -> Calendar:
    """Make a calendar without a database: ``calendar(2026, d2026_03_19="Nyepi")``."""
    return Calendar(
        days={
            date(*(int(part) for part in key[1:].split("_"))): Day(name)
            for key, name in days.items()
        },
        covered_years=frozenset(years),
    )
