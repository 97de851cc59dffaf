"""What Ayu asked for before the story begins: a family card in place of a lost one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from loket.cases import queries as cases
from loket.demo import cast, roles, samples

from .families import Family, Person, members
from .hours import Hours
from .plots import Plot
from .wishes import Wish

NUMBER = -1
WORKING_DAYS_AGO = 31


def is_on_record() -> bool:
    """Say whether her case is there."""
    system = cases.visible_to(cast.SYSTEM)
    return system.filter(contact__email=roles.RESIDENT_EMAIL).exists()


def plot(hours: Hours, until: datetime) -> Plot:
    """Return how her husband’s family card was lost and issued anew."""
    household = family()
    return Plot(
        number=NUMBER,
        ending="mine",
        is_recent=True,
        filed_at=hours.before(until, WORKING_DAYS_AGO) + timedelta(hours=12, minutes=17),
        family=household,
        wish=Wish(
            service="KK-LOST",
            answers={
                "address": household.address,
                "role": "member",
                "applicant": {"name": household.mother.name, "nik": household.mother.nik},
                "cause": "lost",
                "head_name": household.father.name,
                "head_nik": household.father.nik,
                "has_foreigner": False,
                "members": members(household),
            },
            papers={"police_letter": ("police_letter", "police"), "id_card": ("head", "ktp")},
            office={"kk_number": household.kk},
        ),
    )


def family() -> Family:
    """Return her family, as the sample papers show it."""
    story = samples.STORY
    husband, wife = story["father"], story["mother"]
    return Family(
        village=roles.HOME,
        group="javanese",
        father=Person(
            name=husband["name"],
            sex="male",
            born=date(1994, 11, 2),
            born_in="Jakarta",
            nik=husband["nik"],
            father="Suryo Nugroho",
            mother="Sumarni",
        ),
        mother=Person(
            name=wife["name"],
            sex="female",
            born=date(1996, 5, 9),
            born_in="Bogor",
            nik=wife["nik"],
            father="Dadang Kurnia",
            mother="Euis Komalasari",
        ),
        children=(),
        married=date(2022, 8, 20),
        kk=story["kk_number"],
        address={"region": roles.HOME, **story["address"]},
    )
