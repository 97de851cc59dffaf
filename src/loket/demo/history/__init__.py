"""Four months in the life of the invented government, lived through its own services."""

from .telling import Told, begins, fill

__all__ = ["Told", "begins", "fill"]
