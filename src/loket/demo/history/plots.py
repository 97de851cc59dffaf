"""Which applications there are, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from loket.demo import roles

from . import wishes
from .dice import dice, weighted
from .families import Family, invent
from .hours import Hours
from .wishes import Wish

DAYS = 120
"""How far the history reaches back."""

ENDINGS = {
    "issued": 73, "mended": 9, "returned": 5, "refused": 4, "withdrawn": 2, "corrected": 1,
    "revoked": 0.6, "sent_back": 1.5,
}  # fmt: skip
"""How applications go: most at once, one in seven is returned, a few are refused."""

RECENT = 8
"""Days within which an application may still be open, more or less."""

AT_HOME = 0.33
"""The share of Pejaten Barat, so that there is much to see in one office."""

ONLINE = {"mended", "withdrawn", "mine"}
"""What only somebody with an account of their own can do."""

STAGED = (
    *[("fresh", s) for s in ("BIRTH", "KTP-LOST", "KIA-NEW", "BIRTH", "KK-ADD", "DEATH")],
    *[("late", s) for s in ("BIRTH", "KK-LOST")],
    *[("twin", "BIRTH"), ("twin", "BIRTH")],
    *[("to_sign", s) for s in ("BIRTH", "KK-ADD", "DEATH", "KK-LOST", "BIRTH", "KK-ADD")],
    *[("returned_now", "BIRTH"), ("to_print", "KTP-LOST"), ("ready", "KIA-NEW")],
    *[("to_record", "KTP-NEW"), ("corrected", "BIRTH"), ("revoked", "KK-LOST")],
)
"""What waits at Pejaten Barat when the demo opens, whatever chance does elsewhere."""

WORKING_DAYS_AGO = {
    "fresh": 1, "late": 4, "twin": 2, "to_sign": 3, "returned_now": 4, "to_print": 3,
    "ready": 5, "to_record": 6, "corrected": 9, "revoked": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One application: who sends it, when, and how it goes."""

    number: int
    ending: str
    filed_at: datetime
    family: Family
    wish: Wish
    is_recent: bool
    """Whether somebody may still have to read its papers."""

    @property
    def is_online(self) -> bool:
        """Say whether a resident with an account sends it."""
        return self.ending in ONLINE

    @property
    def is_staged(self) -> bool:
        """Say whether this one must be where it is when the demo opens."""
        return self.ending in WORKING_DAYS_AGO

    @property
    def email(self) -> str:
        """Return the address of whoever sends it: it names the application for good."""
        if self.ending == "mine":
            return roles.RESIDENT_EMAIL
        name = "".join(
            s for s in self.family.mother.name.lower() if s.isascii() and s.isalpha()
        )
        return f"{name}.{self.number}@warga.example"

    @property
    def phone(self) -> str:
        """Return a telephone number that nobody has, or nothing."""
        return f"+62811000000{self.number % 90 + 10}" if self.number % 3 else ""


def plots(
    *, seed: int, numbers: Iterable[int], hours: Hours, until: datetime
) -> Iterator[Plot]:
    """Return the applications with these numbers; each is the same for the same seed."""
    for number in numbers:
        if number < len(STAGED):
            yield staged(seed, number, hours, until)
        else:
            yield chanced(seed, number, hours, until)


def staged(seed: int, number: int, hours: Hours, until: datetime) -> Plot:
    """Return one of the applications that wait when the demo opens."""
    ending, service = STAGED[number]
    chance = dice(seed, number, "plot")
    earliest = hours.before(until, WORKING_DAYS_AGO[ending])
    filed_at = earliest + timedelta(minutes=chance.randint(20, 480))
    source = number - 1 if STAGED[number - 1][0] == ending == "twin" else number
    if source != number:
        filed_at = earliest + timedelta(hours=11)
    return Plot(
        number=number,
        ending=ending,
        filed_at=filed_at,
        is_recent=True,
        **asked(seed, source, roles.HOME, service, filed_at.date()),
    )


def chanced(seed: int, number: int, hours: Hours, until: datetime) -> Plot:
    """Return one of the many applications that make up the history."""
    chance = dice(seed, number, "plot")
    days_ago = chance.randint(1, DAYS)
    day = (until.astimezone(hours.zone) - timedelta(days=days_ago)).date()
    elsewhere = chance.choice(roles.VILLAGES[1:])
    village = roles.HOME if chance.random() < AT_HOME else elsewhere
    return Plot(
        number=number,
        ending=weighted(chance, ENDINGS),
        filed_at=hours.written(day, chance),
        is_recent=days_ago <= RECENT,
        **asked(seed, number, village, weighted(chance, wishes.SHARES), day),
    )


def asked(seed: int, source: int, village: str, service: str, on: date) -> dict[str, Any]:
    """Return a family and what it asks for; ``source`` names whose application it really is."""
    family = invent(seed=seed, number=source, village=village, on=on)
    chance = dice(seed, source, "wish")
    return {
        "family": family,
        "wish": wishes.wish(service, family, chance=chance, on=on, number=source),
    }
