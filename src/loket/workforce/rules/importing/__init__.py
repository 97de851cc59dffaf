"""What a staff file would change: its rows against who is on record."""

from .comparing import Comparison
from .values import SKILL_WORDS, Known, Outcome, Person, Plan, Post, Result, Step

__all__ = [
    "SKILL_WORDS",
    "Comparison",
    "Known",
    "Outcome",
    "Person",
    "Plan",
    "Post",
    "Result",
    "Step",
]
