"""Families: father, mother, children, and the numbers and the home that go with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from . import names
from .dice import dice

INVENTED = 9000
"""Serials from here on: real ones are given out from 0001 and rarely come so far."""

STREETS = (
    "Jalan Kemuning", "Jalan Cempaka", "Gang Melati", "Jalan Kenanga", "Jalan Haji Saidi",
    "Jalan Pejaten Raya", "Gang Masjid", "Jalan Delima", "Jalan Salak", "Gang Mangga",
    "Jalan Warung Sila", "Jalan Taman Bunga", "Gang Buntu", "Jalan Swadaya",
)  # fmt: skip
WORK = {
    "male": ("Karyawan swasta", "Pedagang", "Pengemudi ojek", "Guru", "Buruh harian lepas"),
    "female": ("Mengurus rumah tangga", "Perawat", "Karyawan swasta", "Guru", "Pedagang"),
}
SCHOOLS = ("upper_secondary", "bachelor", "diploma_3", "lower_secondary", "upper_secondary")
BLOOD = ("a", "b", "ab", "o")
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented."""

    name: str
    sex: str
    born: date
    born_in: str
    nik: str
    father: str
    mother: str


@dataclass(frozen=True, slots=True)
class Family:
    """A household with its family card."""

    village: str
    group: str
    father: Person
    mother: Person
    children: tuple[Person, ...]
    married: date
    kk: str
    address: dict[str, str]


def invent(*, seed: int, number: int, village: str, on: date) -> Family:
    """Return the family behind one application, the same for the same seed and number."""
    chance = dice(seed, number, "family")
    group = names.people(chance)
    clan = names.clan_of(chance, group)
    married = on - timedelta(days=chance.randint(400, 6500))
    father, mother = (
        _adult(chance, group, sex, clan=clan if sex == "male" else "", married=married)
        for sex in ("male", "female")
    )
    father, mother = (_registered(who, village, number) for who in (father, mother))
    births = sorted(
        married + timedelta(days=chance.randint(290, max((on - married).days - 60, 300)))
        for _ in range(chance.choice((1, 1, 2, 2, 3)))
    )
    children = tuple(
        _child(chance, clan, born, father=father, mother=mother, number=number * 7 + place)
        for place, born in enumerate(births)
        if born < on - timedelta(days=70)
    )
    return Family(
        village=village,
        group=group,
        father=father,
        mother=mother,
        children=children,
        married=married,
        kk=_district(village) + f"{married:%d%m%y}" + _serial(number),
        address={
            "region": village,
            "street": f"{chance.choice(STREETS)} Nomor {chance.randint(1, 99)}",
            "rt": f"{chance.randint(1, 14):03}",
            "rw": f"{chance.randint(1, 9):03}",
        },
    )


def newborn(chance: Random, family: Family, *, born: date, number: int) -> Person:
    """Return a child of the family that was just born and has no NIK in any paper yet."""
    clan = family.father.name.split()[-1] if names.CUSTOMS[family.group].clan else ""
    return _child(
        chance, clan, born, father=family.father, mother=family.mother, number=number * 7 + 5
    )


def teenager(chance: Random, family: Family, *, on: date, number: int) -> Person:
    """Return a child of the family that turned seventeen some weeks ago."""
    born = on - timedelta(days=round(17 * YEAR) + chance.randint(5, 90))
    return _child(
        chance, "", born, father=family.father, mother=family.mother, number=number * 7 + 6
    )


def elder(chance: Random, family: Family, *, on: date, number: int) -> Person:
    """Return the grandparent who lived with the family."""
    sex = chance.choice(("male", "female"))
    born = on - timedelta(days=round(chance.uniform(58, 89) * YEAR))
    return Person(
        name=names.adult(chance, family.group, sex),
        sex=sex,
        born=born,
        born_in=chance.choice(names.CUSTOMS[family.group].born_in),
        nik=nik(family.village, born, sex, number),
        father=names.adult(chance, family.group, "male"),
        mother=names.adult(chance, family.group, "female"),
    )


def member(person: Person, relation: str, family: Family) -> dict[str, Any]:
    """Return a row of the family card."""
    chance = dice(person.nik)
    grown = relation in {"head", "wife", "husband", "parent"}
    return {
        "name": person.name,
        "relation": relation,
        "sex": person.sex,
        "birth_place": person.born_in,
        "birth_date": person.born.isoformat(),
        "nik": person.nik,
        "religion": names.CUSTOMS[family.group].religion,
        "education": chance.choice(SCHOOLS) if grown else "not_in_school",
        "occupation": chance.choice(WORK[person.sex]) if grown else "Belum bekerja",
        "marital_status": "married" if grown else "single",
        "blood_type": chance.choice(BLOOD),
        "nationality": "wni",
        "father_name": person.father,
        "mother_name": person.mother,
    }


def members(family: Family, *more: Person) -> list[dict[str, Any]]:
    """Return the whole family card: father, mother, children."""
    rows = [member(family.father, "head", family), member(family.mother, "wife", family)]
    return rows + [member(child, "child", family) for child in (*family.children, *more)]


def nik(village: str, born: date, sex: str, number: int) -> str:
    """Return a well-formed NIK that nobody has: its serial lies far above real ones."""
    day = born.day + (40 if sex == "female" else 0)
    return f"{_district(village)}{day:02}{born:%m%y}{_serial(number)}"


def _serial(number: int) -> str:
    return str(INVENTED + number % 999 + 1)


def _district(village: str) -> str:
    return village[:8].replace(".", "")


def _registered(person: Person, village: str, number: int) -> Person:
    """Return somebody with the NIK that goes with their sex and birth."""
    return replace(person, nik=nik(village, person.born, person.sex, number))


def _adult(chance: Random, group: str, sex: str, *, clan: str, married: date) -> Person:
    return Person(
        name=names.adult(chance, group, sex, clan),
        sex=sex,
        born=married - timedelta(days=round(chance.uniform(20, 33) * YEAR)),
        born_in=chance.choice(names.CUSTOMS[group].born_in),
        nik="",
        father=names.adult(chance, group, "male", clan),
        mother=names.adult(chance, group, "female"),
    )


def _child(
    chance: Random, clan: str, born: date, *, father: Person, mother: Person, number: int
) -> Person:
    sex = chance.choice(("male", "female"))
    person = Person(
        name=names.child(chance, sex, clan),
        sex=sex,
        born=born,
        born_in="Jakarta",
        nik="",
        father=father.name,
        mother=mother.name,
    )
    return replace(person, nik=father.nik[:6] + nik("", born, sex, number))
