"""A small Jakarta, and circulars and closures for it in few words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from loket.organisation.rules.calendar import Calendar, Day
from loket.policies.rules import ending
from loket.policies.rules.facts import (
    CircularFact,
    ClosureFact,
    ProvisionFact,
    RoomFact,
    UnitFact,
    ZoneFact,
    week,
)
from loket.policies.rules.format import Amendment, AnyProvision, Reference, Scope
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import InForce, Part

JAKARTA = ZoneInfo("Asia/Jakarta")
WEEK = week({str(day): [["07:30", "16:00"]] for day in range(5)})
PROVISION: TypeAdapter[AnyProvision] = TypeAdapter(AnyProvision)

PROVINCE, CITY, DISTRICT, VILLAGE = "31", "31.71", "31.71.01", "31.71.01.1001"
NEIGHBOUR, SOUTH = "31.71.01.1002", "31.74"
COUNTER = "31.71.01.1001-DUKCAPIL"
ROOM, ARCHIVE = "R-31.71-1", "R-31.71-2"


def _unit(path: str, kind: str, *, place: str = "", floor: str = "") -> UnitFact:
    code = path.strip("/").split("/")[-1]
    return UnitFact(
        code=code,
        path=path,
        name=code,
        kind=kind,
        function="civil_registry" if "DUKCAPIL" in code else "government",
        region=code.partition("-")[0],
        place=place,
        floor=floor,
        hours=() if kind == "agency" else WEEK,
    )


UNITS = (
    _unit("/31/", "province", place="B-31"),
    _unit("/31/31.71/", "city", place="B-31.71", floor="1"),
    _unit("/31/31.71/31.71.01/", "district", place="B-31.71.01", floor="1"),
    _unit("/31/31.71/31.71.01/31.71.01.1001/", "village", place="B-1001", floor="1"),
    _unit("/31/31.71/31.71.01/31.71.01.1002/", "village", place="B-1002", floor="1"),
    _unit("/31/31.74/", "city", place="B-31.74", floor="1"),
    _unit("/31/31-DUKCAPIL/", "agency"),
    _unit("/31/31-DUKCAPIL/31.71-DUKCAPIL/", "branch", place="B-31.71", floor="3"),
    _unit(
        "/31/31-DUKCAPIL/31.71-DUKCAPIL/31.71.01.1001-DUKCAPIL/",
        "service_point",
        place="B-1001",
        floor="1",
    ),
)
ROOMS = (
    RoomFact(ROOM, CITY, "B-31.71", "1", 60),
    RoomFact(ARCHIVE, CITY, "B-31.71", "2", 10),
    RoomFact("R-1001", VILLAGE, "B-1001", "1", 20),
)
HOLIDAYS = Calendar({date(2020, 3, 25): Day("Nyepi")}, frozenset({2020}))


def at(text: str) -> datetime:
    """Return a moment by Jakarta's clocks: ``2020-03-20`` or ``2020-03-20 10:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def maybe(text: str | None) -> datetime | None:
    return at(text) if text else None


def provision(kind: str, since: str = "", until: str | None = None, **said: Any) -> Any:
    """Return a provision, with its own period if ``since`` is given."""
    scope = said.pop("scope", {})
    article = said.pop("article", "1")
    typed = PROVISION.validate_python(
        {"kind": kind, "article": article, "scope": scope, **said}
    )
    return typed, since, until


def circular(
    number: str,
    *provisions: Any,
    since: str,
    until: str | None = None,
    issuer: str = "Gubernur",
    on: str = "2020-03-16",
    amends: Iterable[tuple[CircularFact, dict[str, Any]]] = (),
    revokes: Iterable[CircularFact] = (),
    revoked_from: str | None = None,
) -> CircularFact:
    starts_at, ends_at = at(since), maybe(until)
    return CircularFact(
        subject=f"circular:{number}",
        issuer=issuer,
        number=number,
        date=date.fromisoformat(on),
        starts_at=starts_at,
        ends_at=ends_at,
        provisions=tuple(
            ProvisionFact(typed, at(own), maybe(end), has_own_period=True)
            if own
            else ProvisionFact(typed, starts_at, ends_at)
            for typed, own, end in provisions
        ),
        amends=tuple(Amendment(**_name(other), **what) for other, what in amends),
        revokes=tuple(Reference(**_name(other)) for other in revokes),
        revoked_from=maybe(revoked_from),
    )


def closure(
    since: str,
    *,
    earliest: str,
    reopened: str | None = None,
    stays_open: Iterable[dict[str, Any]] = (),
    code: str = "C1",
    reason: str = "positive_case",
    **scope: Any,
) -> ClosureFact:
    return ClosureFact(
        subject=f"closure:{code}",
        label=f"closure {code}",
        reason=reason,
        basis="Pergub 88/2020 art. 9(2)f",
        scope=Scope(**scope),
        starts_at=at(since),
        earliest_at=at(earliest),
        reopened_at=maybe(reopened),
        stays_open=tuple(Scope(**inside) for inside in stays_open),
    )


def zone(region: str, value: str, since: str, until: str | None = None) -> ZoneFact:
    return ZoneFact(region, "covid_zone", value, at(since), maybe(until))


def book(*facts: CircularFact | ClosureFact, zones: Iterable[ZoneFact] = ()) -> Book:
    return Book.build(
        effects=ending.effects(
            circulars=[fact for fact in facts if isinstance(fact, CircularFact)],
            closures=[fact for fact in facts if isinstance(fact, ClosureFact)],
            zone=JAKARTA,
        ),
        units=UNITS,
        rooms=ROOMS,
        zones=zones,
        calendars={"": HOLIDAYS},
    )


def ask(
    law: Book, moment: str, unit: str = VILLAGE, *, service: str = "", room: str = ""
) -> InForce:
    return law.in_force(unit, service=service, room=room, at=at(moment))


def state(
    law: Book, moment: str, unit: str = VILLAGE, *, service: str = "", room: str = ""
) -> str:
    return ask(law, moment, unit, service=service, room=room).counters.state.value


def cited(part: Part[Any]) -> list[str]:
    """Return the numbers of the circulars, or the labels of the closures, behind a part."""
    return [because.number or because.label for because in part.because]


def clocks(hours: Iterable[Any]) -> list[str]:
    return [str(period) for period in hours]


def _name(fact: CircularFact) -> dict[str, Any]:
    return {"issuer": fact.issuer, "number": fact.number, "date": fact.date}
