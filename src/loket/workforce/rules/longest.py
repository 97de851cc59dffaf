"""How long somebody can be at work."""

from __future__ import annotations

from datetime import timedelta

LONGEST = timedelta(hours=16)
"""Longer than any shift, shorter than a day: who never said that they left has left by then."""
