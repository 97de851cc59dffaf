"""Leases: one officer at a time works on a case, and nobody blocks it for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LEASE = timedelta(minutes=30)
"""Long enough to read an application with its documents and a telephone call; short
enough that a case left open at the end of a day is free again before the next."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds a case, and until when."""

    holder: int | None
    until: datetime | None

    def is_live(self, at: datetime) -> bool:
        """Say whether somebody holds the case at a moment."""
        return self.holder is not None and self.until is not None and self.until > at

    def is_of(self, account: int, at: datetime) -> bool:
        """Say whether this account holds the case at a moment."""
        return self.is_live(at) and self.holder == account

    def bars(self, account: int, at: datetime) -> bool:
        """Say whether somebody else holds the case at a moment."""
        return self.is_live(at) and self.holder != account
