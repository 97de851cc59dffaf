"""A unit with staff, counters and rooms, and the law that keeps most of them at home."""

from __future__ import annotations

from datetime import date, datetime

from loket.kernel.access import Actor
from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from loket.people.models import Account, Employment, Position
from loket.policies import services as policies
from loket.policies.rules import format as form
from loket.workforce.models import Absence, Counter, Desk, Skill

from . import organisation

BEGAN = date(2025, 1, 1)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, 9 + n) for n in range(5))
NEXT_MONDAY = date(2026, 3, 16)
NAMES = ("Ani", "Bayu", "Cahya", "Dian", "Endah", "Fajar", "Galih", "Hesti", "Indra", "Joko")


def member(
    unit: Unit,
    name: str,
    *skills: str,
    role: str = "staff",
    title: str = "Pelaksana",
    level: str = "",
    born_on: date | None = None,
    starts_on: date = BEGAN,
    ends_on: date | None = None,
) -> Account:
    """Employ somebody in a unit."""
    username = f"{name.lower()}-{Account.objects.count()}"
    account = Account.objects.create(
        username=username,
        full_name=name,
        kind=Account.Kind.STAFF,
        email=f"{username}@pemprov.example",
        language="en",
    )
    Position.objects.create(
        account=account, unit=unit, role=role, title=title, level=level,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    Employment.objects.create(
        account=account, kind="pjlp", born_on=born_on, phone="+6281100000001"
    )
    for skill in skills:
        Skill.objects.create(account=account, name=skill)
    return account


def actor(account: Account, *, at: datetime) -> Actor:
    return people.actor_for(account, at=at)


def staff(unit: Unit, number: int, *skills: str) -> list[Account]:
    """Employ several people who can do the same."""
    return [member(unit, NAMES[n % len(NAMES)], *skills) for n in range(number)]


def head(unit: Unit) -> Account:
    """Employ who plans the unit."""
    return member(unit, "Dewi", role="head", title="Kepala Satpel", level="IV.a")


def office(unit: Unit) -> Room:
    """Open the unit's office, with one room for twenty, and put the holidays on record."""
    place = Place.objects.create(code=f"G-{unit.code}", name="Gedung", address="Jl. Melati")
    made = organisation.office(unit)
    made.place = place
    made.save(update_fields=["place"])
    organisation.holidays(2026, 2027)
    return room(unit, "R1")


def room(unit: Unit, name: str, *, capacity: int = 20) -> Room:
    place = unit.office.place
    return Room.objects.create(
        code=f"{unit.code}-{name}", name=name, place=place, unit=unit, floor="1",
        capacity=capacity,
    )  # fmt: skip


def counter(unit: Unit, code: str, **more: object) -> Counter:
    """Open a counter, from long ago."""
    given = {"title": f"Loket {code}", "starts_on": BEGAN, **more}
    return Counter.objects.create(unit=unit, code=code, **given)


def desk(account: Account, room: Room) -> Desk:
    return Desk.objects.create(account=account, room=room, is_main=True, starts_on=BEGAN)


def away(account: Account, starts_on: date, ends_on: date, kind: str = "home") -> Absence:
    """Grant an absence without telling anybody."""
    return Absence.objects.create(
        account=account, kind=kind, starts_on=starts_on, ends_on=ends_on, state="granted",
        asked_at=organisation.AT, asked_by="tests",
    )  # fmt: skip


def law(*provisions: dict[str, object], number: str = "9/SE/2026", **changes: object) -> None:
    """Put a circular on record that holds for everybody from 2 March until 30 April 2026."""
    circular = form.Circular.model_validate(
        {
            "format": 1,
            "issuer": "Gubernur DKI Jakarta",
            "number": number,
            "date": date(2026, 3, 2),
            "title": {"id": "Sistem kerja", "en": "System of work"},
            "effective": {"from": date(2026, 3, 2), "through": date(2026, 4, 30)},
            "provisions": [{"article": str(n), **p} for n, p in enumerate(provisions, 1)],
            **changes,
        }
    )
    author, decides = Actor.system("author"), Actor.system("decides")
    at = organisation.AT
    row = policies.draft(circular=circular, actor=author, at=at)
    made = policies.simulate(circular=row, actor=author, at=at)
    policies.enact(
        circular=row,
        simulation=made,
        retroactive_reason="Begins today.",
        actor=decides,
        at=at,
    )


QUARTER = {"kind": "attendance", "max_share": "25%"}
HALF = {"kind": "attendance", "max_share": "50%"}
