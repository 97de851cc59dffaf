"""What families ask for: complete answers to every service, as they would give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from .dice import weighted
from .families import Family, Person, elder, members, newborn, teenager


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One application, before anybody files it."""

    service: str
    answers: dict[str, Any]
    papers: Mapping[str, tuple[str, str]]
    """By document question: which accepted paper it is, and what the picture shows."""
    office: dict[str, Any] = field(default_factory=dict)
    """What the officer fills in when verifying."""


SHARES = {
    "BIRTH": 24, "KTP-LOST": 20, "KK-ADD": 14, "KIA-NEW": 13, "KTP-NEW": 10, "KK-LOST": 8,
    "DEATH": 7, "MOVE-OUT": 4,
}  # fmt: skip
"""About how often each is asked for at a kelurahan."""

KK = ("family_card", "kk")
POLICE = ("police_letter", "police")


def wish(service: str, family: Family, *, chance: Random, on: date, number: int) -> Wish:
    """Return what this family sends when it asks for this service on a day."""
    made = MAKERS[service](family, chance, on, number)
    return Wish(
        service=service,
        answers={"address": dict(family.address), **made.answers},
        papers=made.papers,
        office=made.office,
    )


def birth(family: Family, chance: Random, on: date, number: int) -> Wish:
    late = chance.random() < 0.06  # noqa: PLR2004 -- few come after the 60 days
    born = on - timedelta(days=chance.randint(64, 200) if late else chance.randint(2, 30))
    child = newborn(chance, family, born=born, number=number)
    recorded = weighted(chance, {"recorded": 90, "unrecorded": 6, "none": 4})
    answers: dict[str, Any] = {
        "role": chance.choice(("mother", "father") if recorded != "none" else ("mother",)),
        "child_name": child.name,
        "child_sex": child.sex,
        "child_birth_date": born.isoformat(),
        "birth_time": f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
        "birth_place": "Jakarta",
        "birth_facility": "hospital",
        "attendant": chance.choice(("doctor", "midwife")),
        "birth_kind": "single",
        "birth_order": len(family.children) + 1,
        "birth_weight": chance.randrange(2500, 3900, 50),
        "birth_length": chance.randint(46, 52),
        "mother": parent(family.mother),
        "marriage": recorded,
        "kk_number": family.kk,
        "witnesses": [
            {"name": who.name, "nik": who.nik}
            for who in (elder(chance, family, on=on, number=n) for n in (number, number + 1))
        ],
    }
    papers = {"birth_proof": ("birth_letter", "birth_letter"), "family_card": KK}
    if recorded != "none":
        answers["father"] = parent(family.father)
        proof = "marriage_book" if recorded == "recorded" else "statement"
        papers["marriage_proof"] = (proof, proof)
    if recorded == "recorded":
        answers["marriage_date"] = family.married.isoformat()
    return Wish(
        service="BIRTH",
        answers=answers,
        papers=papers,
        office={"kk_matches": "same", "child_nik": child.nik},
    )


def parent(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "citizenship": "indonesian",
        "birth_date": person.born.isoformat(),
        "nik": person.nik,
    }


def death(family: Family, chance: Random, on: date, number: int) -> Wish:
    dead = elder(chance, family, on=on, number=number)
    return Wish(
        service="DEATH",
        answers={
            "role": "child",
            "applicant": {"name": family.father.name, "nik": family.father.nik},
            "circumstances": "ordinary",
            "death_date": (on - timedelta(days=chance.randint(1, 20))).isoformat(),
            "death_time": f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
            "death_place": "Jakarta",
            "death_cause": "illness",
            "deceased_name": dead.name,
            "deceased_sex": dead.sex,
            "deceased_nationality": "wni",
            "is_resident": True,
            "deceased_birth_date": dead.born.isoformat(),
            "deceased_birth_place": dead.born_in,
            "deceased_nik": dead.nik,
            "birth_order": chance.randint(1, 6),
            "father_name": dead.father,
            "mother_name": dead.mother,
        },
        papers={"death_proof": ("doctor_letter", "death_letter"), "deceased_id": KK},
    )


def kia_new(family: Family, chance: Random, on: date, number: int) -> Wish:
    born = on - timedelta(days=chance.randint(400, 5000))
    child = newborn(chance, family, born=born, number=number)
    asks = chance.choice(("mother", "father"))
    who = family.mother if asks == "mother" else family.father
    five = date(born.year + 5, born.month, min(born.day, 28))
    papers = {
        "birth_certificate": ("birth_certificate", "certificate"),
        "family_card": KK,
        "parents_ids": ("both_parents", "ktp"),
    }
    if on >= five - timedelta(days=3):
        papers["photo"] = ("photo", "portrait")
    return Wish(
        service="KIA-NEW",
        answers={
            "role": asks,
            "applicant": {"name": who.name, "nik": who.nik},
            "child_name": child.name,
            "child_sex": child.sex,
            "child_birth_date": born.isoformat(),
            "child_birth_place": "Jakarta",
            "child_nik": child.nik,
        },
        papers=papers,
    )


def kk_add(family: Family, chance: Random, on: date, number: int) -> Wish:
    joined = on - timedelta(days=chance.randint(5, 50))
    child = newborn(chance, family, born=joined, number=number)
    return Wish(
        service="KK-ADD",
        answers={
            "role": "head",
            "reason": "born",
            "joined_on": joined.isoformat(),
            "kk_number": family.kk,
            "head_name": family.father.name,
            "members": members(family, child),
        },
        papers={"family_card": KK, "proof": ("birth_certificate", "certificate")},
    )


def kk_lost(family: Family, chance: Random, on: date, number: int) -> Wish:
    del on, number
    cause = chance.choice(("lost", "lost", "damaged"))
    lost = {"police_letter": POLICE}
    damaged = {"damaged_card": ("damaged_card", "kk")}
    return Wish(
        service="KK-LOST",
        answers={
            "role": "head",
            "cause": cause,
            "head_name": family.father.name,
            "head_nik": family.father.nik,
            "has_foreigner": False,
            "members": members(family),
        },
        papers={**(lost if cause == "lost" else damaged), "id_card": ("head", "ktp")},
        office={"kk_number": family.kk},
    )


def ktp_lost(family: Family, chance: Random, on: date, number: int) -> Wish:
    del on, number
    who = chance.choice((family.father, family.mother))
    return Wish(
        service="KTP-LOST",
        answers={
            "role": "self",
            "cause": "lost",
            "same_data": True,
            "holder_name": who.name,
            "holder_sex": who.sex,
            "holder_birth_date": who.born.isoformat(),
            "holder_nik": who.nik,
        },
        papers={"police_letter": POLICE, "family_card": KK},
    )


def ktp_new(family: Family, chance: Random, on: date, number: int) -> Wish:
    who = teenager(chance, family, on=on, number=number)
    return Wish(
        service="KTP-NEW",
        answers={
            "role": "self",
            "holder_name": who.name,
            "holder_sex": who.sex,
            "holder_birth_date": who.born.isoformat(),
            "ever_married": False,
            "holder_nik": who.nik,
            "already_recorded": False,
        },
        papers={"family_card": KK},
    )


TOWNS = (
    ("Jawa Barat", "Kota Bogor", "Bogor Tengah", "Paledang"),
    ("Jawa Tengah", "Kota Semarang", "Banyumanik", "Srondol Kulon"),
    ("Banten", "Kota Tangerang Selatan", "Serpong", "Ciater"),
    ("DI Yogyakarta", "Kabupaten Sleman", "Depok", "Caturtunggal"),
)


def move_out(family: Family, chance: Random, on: date, number: int) -> Wish:
    del number
    province, city, district, village = chance.choice(TOWNS)
    rows = members(family)
    return Wish(
        service="MOVE-OUT",
        answers={
            "role": "head",
            "applicant": {"name": family.father.name, "nik": family.father.nik},
            "destination_kind": "outside",
            "kk_number": family.kk,
            "head_name": family.father.name,
            "destination": {
                "province": province,
                "city": city,
                "district": district,
                "village": village,
                "street": f"Jalan Pahlawan Nomor {chance.randint(1, 80)}",
                "rt": "002",
                "rw": "006",
            },
            "reason": chance.choice(("work", "education", "family", "housing")),
            "move_on": (on + timedelta(days=chance.randint(7, 40))).isoformat(),
            "move_kind": "whole_family",
            "moving_card": "same",
            "movers": [{n: row[n] for n in ("name", "nik", "relation")} for row in rows],
        },
        papers={"family_card": KK},
    )


MAKERS: dict[str, Callable[[Family, Random, date, int], Wish]] = {
    "BIRTH": birth, "DEATH": death, "KIA-NEW": kia_new, "KK-ADD": kk_add,
    "KK-LOST": kk_lost, "KTP-LOST": ktp_lost, "KTP-NEW": ktp_new, "MOVE-OUT": move_out,
}  # fmt: skip
