"""Who works in the office of Pejaten Barat, how they are employed, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from loket.demo import cast, roles
from loket.demo.roles import Part
from loket.organisation.models import Room, Unit
from loket.people import services as people
from loket.people.models import Account
from loket.workforce import services as workforce
from loket.workforce.models import Counter
from loket.workforce.services.staff.posts import CounterForm

UNIT = f"{roles.HOME}-DUKCAPIL"
BORN = date(1997, 5, 1)
"""Of whoever is hired by contract: no NIP tells it."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the team. Who has no NIP is hired by contract."""

    username: str
    name: str
    title: str
    nip: str
    skills: tuple[str, ...]
    phone: str


TEAM = (
    Colleague("dewi", "Dewi Anggraini", "", "198203142006042001", ("signing", "counter"),
              "+6281100000011"),
    Colleague("budi", "Budi Santoso", "", "199007212015031002", ("counter", "biometric"),
              "+6281100000012"),
    Colleague("rina", "Rina Marlina", "", "199211052019032003", ("counter", "biometric"),
              "+6281100000013"),
    Colleague("joko", "Joko Susilo", "Petugas Loket", "198805172011011004", ("counter",),
              "+6281100000014"),
    Colleague("wati", "Wati Nurhayati", "Petugas Loket", "199502282020122005",
              ("counter", "archive"), "+6281100000015"),
    Colleague("agung", "Agung Nugroho", "Operator Perekaman", "199309192022211006",
              ("biometric",), "+6281100000016"),
    Colleague("lina", "Lina Oktaviani", "Petugas Loket", "199610102019032007", ("counter",),
              "+6281100000017"),
    Colleague("hendro", "Hendro Wibowo", "Pengelola Arsip", "197508081998031008",
              ("archive",), "+6281100000018"),
    Colleague("maya", "Maya Puspita", "Petugas Loket", "199801152022212009",
              ("counter", "archive"), "+6281100000019"),
    Colleague("rizal", "Rizal Fahmi", "Operator Perekaman", "", ("biometric", "counter"),
              "+6281100000020"),
    Colleague("bayu", "Bayu Pratama", "Tenaga Layanan", "", ("counter",), "+6281100000021"),
    Colleague("sinta", "Sinta Maharani", "Tenaga Arsip", "", ("archive",), "+6281100000022"),
)  # fmt: skip
"""Everybody whom Dewi plans for, herself among them. Invented, like their numbers."""

COUNTERS = (
    ("LOKET", "Loket pelayanan", "counter", 2, 5, True),
    ("REKAM", "Perekaman KTP-el", "biometric", 1, 3, True),
    ("ARSIP", "Ruang arsip", "archive", 1, 1, False),
)


def employ(*, at: datetime) -> dict[str, Account]:
    """Put the team on record with skills and desks; who is there already stays."""
    room = Room.objects.get(code=f"R-{UNIT}-1")
    found: dict[str, Account] = {}
    for one in TEAM:
        part = Part(
            username=one.username, name=one.name, unit=UNIT, role="staff", title=one.title
        )
        account = cast.employ(part, password=None, at=at)
        actor = cast.SYSTEM
        people.set_employment(
            account=account,
            kind=kind_of(one),
            nip=one.nip,
            born_on=None if one.nip else BORN,
            phone=one.phone,
            actor=actor,
            at=at,
        )
        workforce.set_skills(account=account, skills=one.skills, actor=actor, at=at)
        workforce.set_desks(account=account, rooms=[room], on=at.date(), actor=actor, at=at)
        found[one.username] = account
    return found


def kind_of(one: Colleague) -> str:
    """Return how somebody is employed: staff on an agreement have 21 where others a month."""
    if not one.nip:
        return "pjlp"
    return "pppk" if one.nip[12:14] == "21" else "pns"


def open_counters(unit: Unit, *, at: datetime) -> None:
    """Say which counters must be staffed, and with whom."""
    room = Room.objects.get(code=f"R-{UNIT}-1")
    for code, title, skill, number, weight, is_public in COUNTERS:
        if Counter.objects.filter(unit=unit, code=code).exists():
            continue
        form = CounterForm(
            title=title,
            room=room,
            skill=skill,
            people=number,
            weight=weight,
            is_public=is_public,
        )
        workforce.open_counter(
            unit=unit,
            code=code,
            form=form,
            starts_on=cast.SINCE,
            actor=cast.SYSTEM,
            at=at,
        )
