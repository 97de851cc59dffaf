"""Rosters that are best and proven so: ``plan``; ``certificates`` says what proves them."""

from loket.workforce.rules.planning.planner import plan

__all__ = ["plan"]
