"""The team of one office: who they are, when they come, what they did."""

from .people import UNIT
from .story import Shown, arise

__all__ = ["UNIT", "Shown", "arise"]
