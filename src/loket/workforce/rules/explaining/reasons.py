"""What an explanation consists of. Names, titles and the kind of an absence are added later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """Something that must be so on a day."""

    kind: Literal["least", "pinned", "lock", "counter"]
    people: int
    counter: str = ""
    shift: str = ""
    member: str = ""
    """Who must be in: ``pinned`` and ``lock``."""


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """Something that may not be exceeded on a day."""

    kind: Literal["most", "most_at_once", "room"]
    people: int
    shifts: tuple[str, ...] = ()
    """Shifts that share it because they overlap; empty: the whole day."""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Demands that clash with each other, with the limits and with who may come.

    Irreducible: without any one of its demands or limits, the rest can be met.
    """

    on: date
    demands: tuple[Demand, ...]
    limits: tuple[Limit, ...]
    needed: tuple[int, ...]
    """What each limit would have to be, in their order."""
    missing: int
    """Without limits: how many more people who can do all of it would be enough."""
    able: tuple[str, ...]
    """Who can do the counters among the demands and may come."""
    away: tuple[str, ...]
    """Who could do them but must not be in the office."""
    kept_out: tuple[str, ...]
    """Who could do them but was kept out of the office by hand."""
    cited: tuple[str, ...]
    """Articles behind it."""


@dataclass(frozen=True, slots=True, order=True)
class Help:
    """One change after which the reason is gone."""

    kind: Literal["limit", "train", "admit", "people"]
    limit: Limit | None = None
    people: int = 0
    """What the limit would have to be; or how many more people it takes."""
    member: str = ""
    """Who would learn it; or would be let in again who was kept out by hand."""
    skill: str = ""
