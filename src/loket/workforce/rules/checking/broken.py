"""A rule that a roster breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Rule = Literal[
    "day",
    "frozen",
    "member",
    "shift",
    "place",
    "twice",
    "away",
    "skill",
    "by_hand",
    "full",
    "most",
    "most_at_once",
    "room",
    "pinned",
    "counter",
    "least",
    "lock",
]

LACKING = frozenset({"pinned", "counter", "least", "lock"})
"""What a roster lacks. It may be that no roster has it; the others are never needed."""

PERSONAL = frozenset(
    {"member", "shift", "place", "twice", "away", "skill", "by_hand", "pinned", "lock"}
)
"""Rules that each member breaks for themselves."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Which rule is broken, on which day, by whom, and which article stands behind it."""

    on: date
    rule: Rule
    members: tuple[str, ...] = ()
    shift: str = ""
    counter: str = ""
    room: str = ""
    found: int = 0
    allowed: int = 0
    """What may be at most; of ``counter`` and ``least``, what must be at least."""
    cited: tuple[str, ...] = ()

    @property
    def is_lacking(self) -> bool:
        return self.rule in LACKING
