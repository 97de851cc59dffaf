"""Draws the papers that invented people upload: readable, and marked as specimens."""

from .drawing import Look, draw
from .kinds import KINDS, facts_of

__all__ = ["KINDS", "Look", "draw", "facts_of"]
