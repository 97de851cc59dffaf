"""Shares of people: how they are written, and how they become heads."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

_PERCENT = re.compile(r"^\s*(\d{1,3}(?:[.,]\d+)?)\s*%\s*$", re.ASCII)


def read_share(written: object) -> object:
    """Return a share as a fraction of one: ``25%`` and ``0.25`` both mean a quarter.

    A bare ``25`` is left as it is, and so refused for being above one.
    """
    if isinstance(written, str):
        if found := _PERCENT.match(written):
            return Decimal(found[1].replace(",", ".")) / 100
        try:
            return Decimal(written)
        except InvalidOperation:
            return written
    if isinstance(written, float):
        return Decimal(str(written))
    return written


def at_most(share: Decimal, people: int) -> int:
    """Return how many of ``people`` a maximum share lets in: rounded down, but at least one.

    A counter with three people under a cap of 25 % keeps one of them. A share of 0 is
    nobody.
    """
    return max(1, math.floor(share * people)) if share and people else 0


def at_least(share: Decimal, people: int) -> int:
    """Return how many of ``people`` a minimum share demands: rounded up."""
    return math.ceil(share * people)
